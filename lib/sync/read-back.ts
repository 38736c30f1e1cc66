import type { UserId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { Store } from '../storage/open.ts';
import { orderKey } from '../storage/order-key.ts';
import type { SendRow } from '../storage/schema.ts';
import { foldText } from '../util/fold-text.ts';
import type { MessageApi } from './message-api.ts';
import { withFiles } from './with-files.ts';

/** This machine's clock may differ so much from Microsoft's. */
const SKEW_MS = 5 * 60_000;

/**
 * Looks in the chat for the server's copy of a message whose sending had no answer. Graph has no idempotency key, so it
 * is known by sender, time and text. Null: not there (yet).
 */
export async function readBack(
  { store, api }: { store: Store; api: MessageApi },
  row: SendRow,
  me: UserId,
): Promise<Message | null> {
  const messages = await api.listChangedSince(row.chatId, new Date(earliest(row)).toISOString(), row.channel);
  return findCopy(messages, row, me, await store.outbox.settledBy(row.account, row.chatId));
}

/**
 * The oldest message that can be this row's copy: mine, younger than what was known before the first attempt, not the
 * copy of another row, with the same text and the same things beside it. Of two rows with one text, written one after
 * the other, each finds its own.
 */
export function findCopy(
  messages: readonly Message[],
  row: SendRow,
  me: UserId,
  taken: ReadonlySet<string>,
): Message | null {
  const { html, attachments, images } = withFiles(row);
  const text = foldText(html);
  // A picture without a name is like any other such: never taken for ours. A card's id is its own, and no one else's.
  if (!text && !attachments.length) return null;
  const ids = attachments.map((attachment) => attachment.id);
  const mayBe = messages.filter(
    (m) =>
      m.from?.userId === me &&
      !m.event &&
      (m.thread ?? null) === (row.channel?.threadId ?? null) &&
      !taken.has(m.id) &&
      (!row.newestKnown || orderKey(m.id) > orderKey(row.newestKnown)) &&
      Date.parse(m.createdAt) >= earliest(row) &&
      foldText(m.html) === text &&
      picturesIn(m.html) === images.length &&
      hasBeside(m, row.replyTo ? [...ids, row.replyTo] : ids),
  );
  return mayBe.sort((a, b) => (orderKey(a.id) < orderKey(b.id) ? -1 : 1))[0] ?? null;
}

/** These attachments, and no other quote or file; a card may be what Teams made of a link. */
function hasBeside({ attachments }: Message, ids: readonly string[]): boolean {
  return (
    ids.every((id) => attachments.some((attachment) => attachment.id === id)) &&
    attachments.every(({ id = '', contentType }) => ids.includes(id) || contentType.startsWith(CARD))
  );
}

const CARD = 'application/vnd.microsoft.card.';

/** Hosted contents; the emoji of older clients are pictures, too, and count as text. */
function picturesIn(html: string): number {
  return html.match(/<img\b[^>]*\/hostedContents\//gi)?.length ?? 0;
}

function earliest(row: SendRow): number {
  return (row.startedAt ?? row.writtenAt) - SKEW_MS;
}
