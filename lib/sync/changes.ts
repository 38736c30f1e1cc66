import type { Message } from '../model/message.ts';
import { later } from '../storage/chats.ts';
import type { Batch } from '../storage/messages.ts';
import { orderKey } from '../storage/order-key.ts';
import type { ChatRow, Gap } from '../storage/schema.ts';

/** A span of time by `modifiedAt`, without its ends. ISO times; null: now. */
export interface Span {
  after: string;
  until: string | null;
}

/** A watermark is asked for again from so much earlier, since a write may come to light after a later one. */
const OVERLAP_MS = 5_000;

/**
 * What of a chat is not known: what changed since the watermark, or, where a read was cut off, what that one left open.
 * That one first, so that there is one hole at most.
 */
export function unknownSpan({ watermark, gap }: Pick<ChatRow, 'watermark' | 'gap'>): Span {
  const after = watermark ? shifted(watermark, -OVERLAP_MS) : YEAR_ONE;
  // One millisecond later than the last one known: another of the same instant must not be passed over.
  return { after, until: gap ? shifted(gap.below, 1) : null };
}

/**
 * What a page of such a span proves, `more` of it being still to come. Pages come last changed first: only the last one
 * moves the watermark, and that to what the first one began with, since what changed while they were read came in above.
 */
export function provenBy(
  row: Pick<ChatRow, 'gap'>,
  page: readonly Message[],
  more: boolean,
): Pick<Batch, 'watermark' | 'gap'> {
  const upTo = row.gap?.upTo ?? newestChange(page);
  if (!more) return { watermark: upTo, ...(row.gap ? { gap: null } : {}) };
  const below = oldestChange(page) ?? row.gap?.below;
  // A page without messages that is not the last proves nothing.
  if (!upTo || !below) return {};
  return { gap: { upTo, below, edge: edgeOf(row.gap, page, below) } };
}

/** What a read downwards proves. An empty chat proves nothing that lasts: it may fill while nobody reads. */
export function edge(messages: readonly Message[], more: boolean): { oldest: Message | null; complete: boolean } {
  const oldest = messages.reduce<Message | null>(
    (old, m) => (!old || orderKey(m.id) < orderKey(old.id) ? m : old),
    null,
  );
  return { oldest, complete: !more && !!oldest };
}

/** What was written since the chat was last read, as far as it counts for people: an edited old one does not. */
export function isNew(message: Message, known: Pick<ChatRow, 'oldest'>): boolean {
  const from = known.oldest ? orderKey(known.oldest.id) : '';
  return orderKey(message.id) > from && !message.event && !message.deletedAt;
}

export function newestChange(messages: readonly Message[]): string | null {
  return messages.reduce<string | null>((newest, m) => later(newest, m.modifiedAt), null);
}

function oldestChange(messages: readonly Message[]): string | null {
  return messages.reduce<string | null>(
    (oldest, { modifiedAt: at }) => (oldest && Date.parse(oldest) <= Date.parse(at) ? oldest : at),
    null,
  );
}

/** Whatever was written after `below` has changed after it as well, and was read. */
function edgeOf(gap: Gap | undefined, page: readonly Message[], below: string): Gap['edge'] {
  let edge = gap?.edge ?? null;
  for (const { id, createdAt } of page)
    if (Date.parse(createdAt) > Date.parse(below) && (!edge || orderKey(id) < orderKey(edge.id)))
      edge = { id, createdAt };
  return edge;
}

/** A read that began before the chat's first message. */
const YEAR_ONE = '0001-01-01T00:00:00Z';

function shifted(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}
