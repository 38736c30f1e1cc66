import type { Account } from '../auth/account.ts';
import { getChat, renameChat } from '../graph/chats.ts';
import { topicFor } from '../model/chat.ts';
import { AppFailure } from '../model/errors.ts';
import type { SavedRecord } from '../model/record.ts';
import { loadChatSettings } from '../settings/chats.ts';
import type { ChatRow, LinkRow } from '../storage/schema.ts';
import { speakerDoubt } from './speaker.ts';
import type { Worker } from './worker.ts';

/** After a refusal, or while Microsoft asks for a pause. */
const REST_MS = 60_000;
const lastTried = new Map<string, number>();

/**
 * The chat's name follows the record's title and name, where the person set it so, in chats that this account made or
 * confirmed. A name that somebody gave the chat in Teams stays: only one that was the record's own is replaced.
 *
 * No job is needed: what is to be done is read from record and chat each time. The name about to be given is written
 * down first, so that a worker which dies over the answer knows it again as its own; of two people who do this at once
 * both give the same name.
 * @param row the chat as last seen; Microsoft is asked again only where its name is to change.
 */
export async function followTitle(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  link: LinkRow,
  row: ChatRow,
): Promise<void> {
  const wanted = topicFor(record.title, record.ref.name);
  const { chats, links } = worker.store;
  const ours = link.ourTopics ?? [];
  const remember = (ourTopics: string[]) => links.change(account.id, link.recordKey, { ourTopics });
  if (row.topic === wanted) {
    if (ours.length !== 1 || ours[0] !== wanted) await remember([wanted]);
    return;
  }
  if (row.kind !== 'group' || !row.topic || !ours.includes(row.topic)) return;
  if (link.confirmedBy === 'marker' || !(await loadChatSettings()).followTitle) return;
  if (!(await worker.auth.granted()).has('Chat.ReadWrite')) return;
  if (await speakerDoubt(worker, account, record.ref.origin, record.erpUser)) return;
  const key = `${account.id} ${link.chatId}`;
  const now = worker.clock.now();
  if (now - (lastTried.get(key) ?? Number.NEGATIVE_INFINITY) < REST_MS) return;
  lastTried.set(key, now);
  try {
    const chat = await getChat(worker.graph, link.chatId);
    if (chat.topic === wanted || (chat.topic && ours.includes(chat.topic))) {
      if (chat.topic !== wanted) {
        await remember([chat.topic!, wanted]);
        await renameChat(worker.graph, link.chatId, wanted);
      }
      await remember([wanted]);
      await chats.save(account.id, { ...chat, topic: wanted });
    } else await chats.save(account.id, chat);
    lastTried.delete(key);
    worker.changes.tell({ kind: 'view' });
  } catch (caught) {
    // The name is no reason to disturb anybody: the next look tries again.
    if (!(caught instanceof AppFailure)) throw caught;
  }
}
