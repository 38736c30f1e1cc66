import type { UserId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { orderKey } from '../storage/blocks.ts';
import type { Store } from '../storage/open.ts';
import type { OutboxRow } from '../storage/schema.ts';
import { foldText } from '../util/fold-text.ts';
import type { MessageApi } from './message-api.ts';

/** This machine's clock may differ so much from Microsoft's. */
const SKEW_MS = 5 * 60_000;

/**
 * Looks in the chat for the server's copy of a message whose sending had no answer. Graph has no idempotency key, so it
 * is known by sender, time and text. Null: not there (yet).
 */
export async function readBack(
  { store, api }: { store: Store; api: MessageApi },
  row: OutboxRow,
  me: UserId,
): Promise<Message | null> {
  const messages = await api.listChangedSince(row.chatId, new Date(earliest(row)).toISOString());
  return findCopy(messages, row, me, await store.outbox.settledBy(row.account, row.chatId));
}

/**
 * The oldest message that can be this row's copy: mine, younger than what was known before the first attempt, not the
 * copy of another row, and the same text. Of two rows with one text, written one after the other, each finds its own.
 */
export function findCopy(
  messages: readonly Message[],
  row: OutboxRow,
  me: UserId,
  taken: ReadonlySet<string>,
): Message | null {
  const text = foldText(row.html);
  // A message without text (a picture alone) is like any other such: never taken for ours.
  if (!text) return null;
  const mayBe = messages.filter(
    (m) =>
      m.from?.userId === me &&
      !m.event &&
      !taken.has(m.id) &&
      (!row.newestKnown || orderKey(m.id) > orderKey(row.newestKnown)) &&
      Date.parse(m.createdAt) >= earliest(row) &&
      foldText(m.html) === text,
  );
  return mayBe.sort((a, b) => (orderKey(a.id) < orderKey(b.id) ? -1 : 1))[0] ?? null;
}

function earliest(row: OutboxRow): number {
  return (row.startedAt ?? row.writtenAt) - SKEW_MS;
}
