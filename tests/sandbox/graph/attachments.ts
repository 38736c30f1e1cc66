import type { ChatRecord } from '../tenant/chat-records.ts';
import { messageById } from '../tenant/message-order.ts';
import { badRequest } from './graph-error.ts';
import { asObject, asString, checkProperties, type JsonObject } from './json-body.ts';

const PROPERTIES = ['id', 'contentType', 'contentUrl', 'content', 'name', 'thumbnailUrl', 'teamsAppId'];
const CARD = /^application\/vnd\.microsoft\.(com\.)?card\.[a-z]+$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An attachment as Graph gives it back: every property, null where nothing was said. */
export type Attachment = Record<(typeof PROPERTIES)[number], string | null>;

/**
 * An attachment that comes with a message (chatmessage-post.md, examples 3 and 4; resources/chatmessageattachment.md):
 * a card, whose content is JSON as text; a file that lies in SharePoint or OneDrive already; or a quote of a message of
 * the same chat, as Teams keeps it.
 */
export function readAttachment(value: unknown, chat?: ChatRecord): Attachment {
  const given = asObject(value, 'attachments');
  checkProperties(given, 'microsoft.graph.chatMessageAttachment', PROPERTIES);
  const attachment = Object.fromEntries(PROPERTIES.map((name) => [name, textOrNull(given, name)])) as Attachment;
  const { id, contentType } = attachment;
  if (!id) throw badRequest('Missing attachment id.');
  if (!contentType) throw badRequest(`Missing content type of the attachment '${id}'.`);
  if (CARD.test(contentType)) checkCard(attachment);
  else if (contentType === 'reference') checkReference(attachment);
  else if (contentType === 'messageReference') checkQuote(attachment, chat);
  else throw badRequest(`Invalid content type '${contentType}' of the attachment '${id}'.`);
  return attachment;
}

function checkCard({ id, content, contentType, contentUrl }: Attachment): void {
  if (contentUrl) throw badRequest(`The card '${id}' must not have a contentUrl: it and content exclude each other.`);
  const card = parsed(content, `card '${id}'`);
  if (contentType?.endsWith('.adaptive') && (card.type !== 'AdaptiveCard' || typeof card.version !== 'string')) {
    throw badRequest(`The card '${id}' is not an AdaptiveCard with a version.`);
  }
}

/** "The file must already be in SharePoint … Your attachment ID is the GUID in the eTag of the driveItem." */
function checkReference({ id, contentUrl, content }: Attachment): void {
  if (!GUID.test(id ?? ''))
    throw badRequest(`The attachment id '${id}' of a file is not the GUID of its driveItem's eTag.`);
  if (content) throw badRequest(`The file '${id}' must not have a content: it and contentUrl exclude each other.`);
  const url = URL.canParse(contentUrl ?? '') ? new URL(contentUrl ?? '') : undefined;
  if (url?.protocol !== 'https:' || !/\.sharepoint\.com$/i.test(url.hostname)) {
    throw badRequest(`The contentUrl '${contentUrl}' of the attachment '${id}' is not that of a file in SharePoint.`);
  }
}

function checkQuote({ id, content }: Attachment, chat: ChatRecord | undefined): void {
  if (parsed(content, `quote '${id}'`).messageId !== id) throw badRequest(`The quote '${id}' is of another message.`);
  if (!chat || !messageById(chat.messages, id ?? '')) throw badRequest(`The chat has no message '${id}' to quote.`);
}

function parsed(content: string | null | undefined, what: string): JsonObject {
  if (!content) throw badRequest(`Missing content of the ${what}.`);
  try {
    return asObject(JSON.parse(content), 'content');
  } catch {
    throw badRequest(`The content of the ${what} is not a JSON object.`);
  }
}

function textOrNull(given: JsonObject, name: string): string | null {
  const value = given[name];
  return value === undefined || value === null ? null : asString(value, `attachments/${name}`);
}
