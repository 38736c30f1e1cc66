import type { Account } from '../auth/account.ts';
import { getChat } from '../graph/chats.ts';
import { bearsMarker, type Chat } from '../model/chat.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { recordKey, type SavedRecord } from '../model/record.ts';
import type { LinkRow } from '../storage/schema.ts';
import type { Worker } from './worker.ts';

/** How far the id in a record's chat field is to be trusted, as this account sees it. */
export type Trust =
  | { kind: 'confirmed'; link: LinkRow }
  /** Nobody vouched for it: shown, but nothing is sent, added or marked read. */
  | { kind: 'unconfirmed'; chat: Chat }
  | { kind: 'closed'; chatId: ChatId; failure: AppFailure };

/**
 * An id found in a record is only a claim by whoever wrote it. It is believed when this account made the chat for this
 * very document, when the person said so, or when the chat's topic bears the record's marker.
 */
export async function trust(worker: Worker, account: Account, record: SavedRecord, chatId: ChatId): Promise<Trust> {
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
    if (!vouched && !bearsMarker(chat.topic, record.ref.name)) return { kind: 'unconfirmed', chat };
    return { kind: 'confirmed', link: await link(worker, account, record, chat, 'marker') };
  } catch (caught) {
    if (caught instanceof AppFailure && CLOSED.has(caught.error.code))
      return { kind: 'closed', chatId, failure: caught };
    throw caught;
  }
}

const CLOSED = new Set(['not-a-member', 'not-found', 'refused-by-microsoft']);

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
