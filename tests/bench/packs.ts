import { asAccountId, type ChatId } from '../../lib/model/ids.ts';
import type { WordsRow } from '../../lib/storage/schema.ts';
import { newestHits } from '../../lib/storage/search/newest-hits.ts';
import { scanFor } from '../../lib/storage/search/scan.ts';
import { openSegment, type Segment } from '../../lib/storage/search/segment.ts';
import { PACK, putWords, type WordItem, wordsOf } from '../../lib/storage/search/words.ts';
import { parseQuery, type SearchQuery } from '../../lib/util/search-query.ts';
import { type Conversation, corpus } from './corpus.ts';
import { COMMON } from './words.ts';

/** Messages as search sees them, in the order in which pages of 50 come from Graph: newest first, chat beside chat. */
export function ingested(conversations: readonly Conversation[]): WordItem[] {
  const waiting = conversations.map(({ chatId, messages }, no) => ({ chatId, no, newest: messages.toReversed() }));
  const items: WordItem[] = [];
  for (let at = 0; waiting.some(({ newest }) => at < newest.length); at += 50)
    for (const { chatId, no, newest } of waiting) items.push(...wordsOf({ no, chatId }, newest.slice(at, at + 50)));
  return items;
}

export const company = (count: number, chats: number) => ingested(corpus({ count, chats, seed: 20_261_122 }));

/** As tidied words lie: `ordered` by time over all packs, else as they came in. */
export async function packsOf(items: readonly WordItem[], ordered: boolean): Promise<Segment[]> {
  const sorted = ordered ? items.toSorted((a, b) => a.at - b.at) : items;
  const rows: WordsRow[] = [];
  const words = { put: async (row: WordsRow) => void rows.push(row) } as unknown as Parameters<typeof putWords>[0];
  for (let at = 0; at < sorted.length; at += PACK) await putWords(words, BENCH, sorted.slice(at, at + PACK));
  const segments = rows.map(openSegment);
  // Ready for any search: their texts are made when they are first looked at.
  if (!segments.every(({ text }) => text)) throw new Error('A pack has no text.');
  return segments.sort((a, b) => b.newestAt - a.newestAt);
}

export const BENCH = asAccountId('bench.tenant');

export interface Asked {
  query: SearchQuery;
  chatIds: ReadonlySet<ChatId> | null;
}

/** 45 queries in nine classes: common, rare, two words, beginnings, phrases, scripts without blanks, chat, sender, dates. */
export function asked(items: readonly WordItem[]): Asked[] {
  const said = items.filter(({ text }) => text.length > 60);
  const some = (i: number) => said[Math.floor((said.length * (i + 1)) / 7)]!;
  const wordsOfText = (text: string) => text.split(' ').filter((word) => /^\p{L}{4,}$/u.test(word));
  const rare = (i: number) => wordsOfText(some(i).text).toSorted((a, b) => b.length - a.length)[0] ?? 'nowhere';
  const [en, de, fr] = [COMMON.en.split(' '), COMMON.de.split(' '), COMMON.fr.split(' ')];
  const [zh, ja] = [COMMON.zh.split(' '), COMMON.ja.split(' ')];
  const texts: string[] = [];
  for (let i = 0; i < 5; i++)
    texts.push(
      [en[0], en[12], de[0], de[23], fr[3]][i]!,
      rare(i),
      [`${en[4]} ${en[57]}`, 'delivery invoice', `${de[3]} lieferung`, 'order pump', 'facture client'][i]!,
      ['deliv', 'liefer', 'proj', 'rech', 'quali'][i]!,
      `"${some(i).text.slice(0, 18).trim()}"`,
      [zh[8], zh[12], ja[8], ja[20], zh[20]][i]!,
      [en[20], 'price', de[8], 'lieferung', 'status'][i]!,
      [`${en[1]} from:anna`, 'delivery from:brian', `${de[1]} from:anna`, 'from:jose', `${fr[0]} from:elodie`][i]!,
      ['the after:2026-01', 'pump before:2025-06', 'und on:2026-03', 'delivery after:2026-06', 'order on:2025'][i]!,
    );
  return texts.map((text, i) => ({
    query: parseQuery(text, Date.UTC(2026, 10, 21)),
    chatIds: i % 9 === 6 ? new Set([some(i % 5).chatId]) : null,
  }));
}

/** What a person waits for: the newest 50 for each of these. @returns how many were found */
export function searchAll(segments: readonly Segment[], all: readonly Asked[]): number {
  let found = 0;
  for (const { query, chatIds } of all) found += newestHits(segments, scanFor(query, chatIds), null, 50).length;
  return found;
}

/** The least there is to do: each query's longest word, everywhere it stands. */
export function passAll(segments: readonly Segment[], all: readonly Asked[]): number {
  let found = 0;
  for (const { query } of all) {
    const [longest] = query.terms.toSorted((a, b) => b.text.length - a.text.length);
    const word = longest?.text ?? '\u0000';
    for (const { text } of segments)
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found++;
  }
  return found;
}
