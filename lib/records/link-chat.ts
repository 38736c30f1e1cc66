import type { Account } from '../auth/account.ts';
import { getChat } from '../graph/chats.ts';
import { bearsMarker, type Chat } from '../model/chat.ts';
import { AppFailure } from '../model/errors.ts';
import { type ChatId, foldEmail } from '../model/ids.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import type { RecordComment } from '../model/record-comment.ts';
import type { LinkRow } from '../storage/schema.ts';
import type { Worker } from './worker.ts';

/** How far an id that a record names is to be trusted, as this account sees it. */
export type Trust =
  | { kind: 'confirmed'; link: LinkRow }
  /** Nobody vouched for it: shown, but nothing is sent, added or marked read. */
  | { kind: 'unconfirmed'; chat: Chat }
  | { kind: 'closed'; chatId: ChatId; failure: AppFailure };

/**
 * An id found in a record is only a claim by whoever wrote it. It is believed when this account made the chat for this
 * very document, when the person said so, or when the chat's topic bears the record's marker.
 * @param comment that names it, where the field does not: whoever reads the record may write one, so that the chat's
 *   members have to be the record's people besides.
 */
export async function trust(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  chatId: ChatId,
  comment?: RecordComment,
): Promise<Trust> {
  const { links } = worker.store;
  const key = recordKey(record.ref);
  const known =
    (await links.get(account.id, key)) ??
    // A renamed record keeps its `creation`, and with it whatever was confirmed under its old name.
    (await links.ofChat(account.id, chatId)).find((l) => l.recordCreation === record.creation);
  if (known && known.chatId === chatId && known.recordCreation === record.creation) {
    const stands = known.recordKey === key && known.goneAt === undefined;
    return { kind: 'confirmed', link: stands ? known : await links.move(known, key) };
  }
  try {
    const chat = await getChat(worker.graph, chatId);
    // Seen again, it is trusted as before: that Microsoft refused it meanwhile says nothing of whose chat it is.
    const before = await links.closed(account.id, key);
    const vouched = before?.chatId === chatId && before.recordCreation === record.creation;
    const fits = !comment || areItsPeople(chat, record, account, comment);
    if (!vouched && !(fits && bearsMarker(chat.topic, record.ref.name))) return { kind: 'unconfirmed', chat };
    return { kind: 'confirmed', link: await link(worker, account, record, chat, 'marker') };
  } catch (caught) {
    if (caught instanceof AppFailure && CLOSED.has(caught.error.code))
      return { kind: 'closed', chatId, failure: caught };
    throw caught;
  }
}

const CLOSED = new Set(['not-a-member', 'not-found', 'refused-by-microsoft']);

/** Whether nobody is in the chat but the record's people, who wrote the comment, and the person looking. */
function areItsPeople(chat: Chat, record: SavedRecord, account: Account, { owner }: RecordComment): boolean {
  const known = new Set<string | null>(record.participants.map(({ email }) => email));
  for (const user of [record.owner, record.erpUser, owner]) known.add(foldEmail(user));
  known.delete(null);
  return chat.members.every((m) => m.userId === account.userId || known.has(foldEmail(m.email)));
}

/** Remember that this chat is the record's, and begin to keep its messages. */
export async function link(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  chat: Chat,
  confirmedBy: LinkRow['confirmedBy'],
): Promise<LinkRow> {
  const store = worker.store;
  await store.chats.save(account.id, chat);
  const row: LinkRow = {
    account: account.id,
    recordKey: recordKey(record.ref),
    chatId: chat.id,
    confirmedBy,
    recordCreation: record.creation,
    linkedAt: worker.clock.now(),
  };
  const vouched = await store.links.vouch(row);
  worker.changes.tell({ kind: 'marks' });
  return vouched;
}
