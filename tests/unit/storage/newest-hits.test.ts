import { expect, test } from 'vitest';
import { asAccountId, asChatId, asMessageId } from '../../../lib/model/ids.ts';
import type { Table } from '../../../lib/storage/database.ts';
import { orderKey } from '../../../lib/storage/order-key.ts';
import type { WordsRow } from '../../../lib/storage/schema.ts';
import { newestHits, type Place } from '../../../lib/storage/search/newest-hits.ts';
import { holds, type Scan, scanFor } from '../../../lib/storage/search/scan.ts';
import { openSegment, type Segment } from '../../../lib/storage/search/segment.ts';
import { GONE, putWords, type WordItem } from '../../../lib/storage/search/words.ts';
import { parseQuery } from '../../../lib/util/search-query.ts';
import { random } from './fixtures.ts';

const CHATS = ['19:a', '19:b', '19:c'].map(asChatId);
const WORDS = ['the', 'the', 'the', 'pump', 'pumpkin', 'im pump', '納品書', 'rare'];
const QUERIES = ['the', 'pump', '"pump"', 'rare', 'the rare', 'pump the -rare', 'im', '"the pump"', '納品', 'nowhere'];
const MORE = ['', ' from:ann', ' has:link', ' after:2026-11-22', ' before:2026-11-23'];
const DAY = Date.UTC(2026, 10, 22);

/** What is scanned is what reading every message would find, in its order. */
test.each([1, 2, 3])('finds what reading all of it finds (seed %i)', async (seed) => {
  const roll = random(seed);
  const one = <T>(of: readonly T[]) => of[Math.floor(roll() * of.length)]!;
  const items = Array.from({ length: 3000 }, (_, i): WordItem => {
    const no = Math.floor(roll() * 3);
    const gone = roll() < 0.02;
    const said = Array.from({ length: 1 + Math.floor(roll() * 6) }, () =>
      one(roll() < 0.03 ? WORDS : WORDS.slice(0, 7)),
    );
    return {
      no,
      chatId: CHATS[no]!,
      key: orderKey(asMessageId(String(i + 1))),
      // Many of one time.
      at: DAY + Math.floor(roll() * 500) * 300_000,
      flags: gone ? GONE : roll() < 0.1 ? 1 : 0,
      name: one(['ann', 'bob', 'joann']),
      text: gone ? '' : said.join(' '),
    };
  });
  for (const size of [3000, 700, 90]) {
    const segments = await segmentsOf(items, size);
    for (const text of QUERIES) {
      const chats = roll() < 0.3 ? new Set([one(CHATS)]) : null;
      const scan = scanFor(parseQuery(text + one(MORE), DAY), chats);
      const below = roll() < 0.5 ? one(items) : null;
      const found = newestHits(segments, scan, below, 50);
      expect(found.map(({ key }) => key)).toEqual(plain(items, scan, below, 50));
    }
  }
});

test('one who pages meets each of the many that were written at once', async () => {
  const items = Array.from({ length: 400 }, (_, i): WordItem => {
    const key = orderKey(asMessageId(String((i * 37) % 400)));
    return { no: 1, chatId: CHATS[0]!, key, at: DAY, flags: 0, name: 'ann', text: 'pump' };
  });
  const segments = await segmentsOf(items, 400);
  const seen: string[] = [];
  for (let below: Place | null = null; ; ) {
    const hits = newestHits(segments, scanFor(parseQuery('pump', DAY), null), below, 7);
    if (!hits.length) break;
    seen.push(...hits.map(({ key }) => key));
    below = hits.at(-1)!;
  }
  expect(seen).toEqual(
    items
      .map(({ key }) => key)
      .sort()
      .reverse(),
  );
});

async function segmentsOf(items: readonly WordItem[], size: number): Promise<Segment[]> {
  const rows: WordsRow[] = [];
  const table = { put: async (row: WordsRow) => void rows.push(row) } as Partial<Table<WordsRow>> as Table<WordsRow>;
  for (let at = 0; at < items.length; at += size) await putWords(table, asAccountId('a.b'), items.slice(at, at + size));
  return rows.map(openSegment).sort((a, b) => b.newestAt - a.newestAt);
}

function plain(items: readonly WordItem[], scan: Scan, below: Place | null, count: number): string[] {
  const order = (a: Place, b: Place) => b.at - a.at || (a.key < b.key ? 1 : a.key > b.key ? -1 : b.no - a.no);
  return items
    .filter((item) => holds(item, scan) && (scan.chatIds?.has(item.chatId) ?? true))
    .filter((item) => !below || order(below, item) < 0)
    .sort(order)
    .slice(0, count)
    .map(({ key }) => key);
}
