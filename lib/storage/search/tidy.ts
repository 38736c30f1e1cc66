import type { AccountId } from '../../model/ids.ts';
import { keyOf, linesOf } from '../block-lines.ts';
import type { Database, Table } from '../database.ts';
import { idOfKey, orderKey } from '../order-key.ts';
import { find } from '../read-blocks.ts';
import type { ChatRow, MessageBlock, WordsRow } from '../schema.ts';
import { chatOf, endOf, flagsOf, nameOf, openSegment, type Segment } from './segment.ts';
import { GONE, itemOf, PACK, putWords, type WordItem } from './words.ts';

/**
 * Which rows should be packed together: all from a `seq` on, and whether these are all there are; null where none should.
 * @param least with fewer rows that are not full nothing is gained
 */
export function untidyFrom(segments: readonly Segment[], least: number): { from: number; all: boolean } | null {
  const loose = segments.filter(({ count }) => count < PACK);
  if (loose.length < Math.max(2, least)) return null;
  const lines = (of: readonly Segment[]) => of.reduce((sum, { count }) => sum + count, 0);
  const lowest = (of: readonly Segment[]) => of.reduce((low, { seq }) => Math.min(low, seq), Number.POSITIVE_INFINITY);
  const from = lowest(segments);
  // A few new ones are packed among themselves: to sort all for them would cost more than it gives.
  const all = lines(loose) * 4 >= lines(segments) || lowest(loose) === from;
  return { from: all ? from : lowest(loose), all };
}

/**
 * Packs an account's rows of words from a `seq` on, in order of time, each message once; in one transaction. Rows in the
 * order of time are searched in half of the time: the newest hits are in the first ones.
 * @returns the rows that stand in their place
 */
export function packWords(
  db: Database,
  account: AccountId,
  { from, all }: { from: number; all: boolean },
): Promise<WordsRow[]> {
  return db.write(['words', 'messages', 'chats'], async ({ words, messages, chats }) => {
    const rows = await words.list({ prefix: [account], from });
    if (!rows.length) return [];
    const isThere = await stored(await chats.list({ prefix: [account] }), messages);
    const items = (await onceEach(rows, messages)).filter(isThere);
    await words.clear({ prefix: [account], from });
    // What is gone stands for older words of it, as long as there may be some.
    return putWords(words, account, all ? items.filter(({ flags }) => !(flags & GONE)) : items);
  });
}

/** Whether a message is there as far as old ones were taken away: of those their words go, too. */
async function stored(chats: readonly ChatRow[], messages: Table<MessageBlock>): Promise<(item: WordItem) => boolean> {
  const cuts = new Map<number, { key: string; below: Set<string> }>();
  for (const { no, evicted } of chats) {
    if (!evicted) continue;
    const key = orderKey(evicted.id);
    const blocks = await messages.list({ prefix: [no], below: key });
    cuts.set(no, { key, below: new Set(blocks.flatMap((block) => linesOf(block).map(keyOf))) });
  }
  return ({ no, key }) => {
    const cut = cuts.get(no);
    return !cut || key >= cut.key || cut.below.has(key);
  };
}

/** Each message once. Where several rows have words of one, the message itself says which hold. */
async function onceEach(rows: readonly WordsRow[], messages: Table<MessageBlock>): Promise<WordItem[]> {
  const found = new Map<string, WordItem>();
  const several = new Map<string, WordItem>();
  for (const row of rows)
    for (const item of itemsOf(row)) {
      const name = `${item.no} ${item.key}`;
      if (found.has(name)) several.set(name, item);
      found.set(name, item);
    }
  for (const [name, item] of several) {
    const message = await find(messages, item.no, idOfKey(item.key));
    found.set(name, message ? itemOf(item, message) : { ...item, flags: GONE, text: '' });
  }
  return [...found.values()];
}

function itemsOf(row: WordsRow): WordItem[] {
  const segment = openSegment(row);
  return Array.from({ length: segment.count }, (_, line) => ({
    ...chatOf(segment, line),
    key: segment.keyOf(line),
    at: segment.at[line]!,
    flags: flagsOf(segment, line),
    name: nameOf(segment, line),
    text: segment.text.slice(segment.starts[line], endOf(segment, line)),
  }));
}
