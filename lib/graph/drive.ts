import * as v from 'valibot';
import { AppFailure } from '../model/errors.ts';
import type { UserId } from '../model/ids.ts';
import type { OutgoingAttachment } from '../model/message.ts';
import { CHAT_FILES_FOLDER, type DriveFile } from '../model/upload.ts';
import type { Graph } from './client.ts';
import { toDriveFile } from './drive-file.ts';
import { GraphRefusal } from './errors.ts';
import { parsed, query, segment } from './pages.ts';
import { checkUploadUrl, driveFull } from './upload.ts';

const FIELDS = 'id,name,size,createdDateTime,eTag,parentReference,file';

/** A file of the folder for what is sent in chats; null where there is none of that name. Docs: api/driveitem-get. */
export async function findChatFile(graph: Graph, name: string): Promise<DriveFile | null> {
  try {
    return toDriveFile(await graph.get(`${pathOf(name)}${query({ $select: FIELDS })}`));
  } catch (caught) {
    if (caught instanceof AppFailure && caught.error.code === 'not-found') return null;
    throw caught;
  }
}

/**
 * Begins an upload into that folder, which is made where it is missing; gives the address that takes the bytes. Begun
 * again it leaves nothing behind but an address that nobody uses. Docs: api/driveitem-createuploadsession.
 * @throws AppFailure `too-long` where the OneDrive is full
 */
export async function openUpload(graph: Graph, name: string): Promise<string> {
  const item = { '@microsoft.graph.conflictBehavior': 'rename', name };
  const read = (answer: unknown) => checkUploadUrl(parsed(Session, answer).uploadUrl);
  try {
    return await graph.post(`${pathOf(name)}:/createUploadSession`, { item }, read, { safe: true });
  } catch (caught) {
    throw caught instanceof GraphRefusal && (caught.status === 507 || /quota/i.test(caught.said))
      ? driveFull()
      : caught;
  }
}

/**
 * Lets these people open the file, without an e-mail. Asked for again it changes nothing. Docs: api/driveitem-invite.
 */
export async function shareFile(graph: Graph, itemId: string, people: readonly UserId[]): Promise<void> {
  const recipients = people.map((objectId) => ({ objectId }));
  const body = { recipients, roles: ['read'], requireSignIn: true, sendInvitation: false };
  await graph.post(`/me/drive/items/${segment(itemId)}/invite`, body, () => {}, { safe: true });
}

/**
 * What a message names the file by: "the GUID in the eTag of the driveItem", and "the webUrl of the driveItem's folder plus
 * the driveItem's name". Docs: api/chatmessage-post, example 4.
 */
export async function attachmentOf(graph: Graph, itemId: string): Promise<OutgoingAttachment> {
  const file = toDriveFile(await graph.get(`/me/drive/items/${segment(itemId)}${query({ $select: FIELDS })}`));
  const folder = await graph.get(`/me/drive/items/${segment(file.folderId)}${query({ $select: 'webUrl' })}`);
  const contentUrl = `${parsed(Folder, folder).webUrl.replace(/\/+$/, '')}/${encodeURIComponent(file.name)}`;
  return { id: file.guid, contentType: 'reference', name: file.name, contentUrl };
}

/** Gone already is gone. Docs: api/driveitem-delete. */
export async function removeFile(graph: Graph, itemId: string): Promise<void> {
  try {
    await graph.remove(`/me/drive/items/${segment(itemId)}`);
  } catch (caught) {
    if (!(caught instanceof AppFailure && caught.error.code === 'not-found')) throw caught;
  }
}

function pathOf(name: string): string {
  return `/me/drive/root:/${encodeURIComponent(CHAT_FILES_FOLDER)}/${encodeURIComponent(name)}`;
}

const Session = v.object({ uploadUrl: v.string() });
const Folder = v.object({ webUrl: v.pipe(v.string(), v.startsWith('https://')) });
