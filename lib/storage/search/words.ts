import type { AccountId, ChatId } from '../../model/ids.ts';
import type { Message } from '../../model/message.ts';
import { foldText } from '../../util/fold-text.ts';
import { foldSearch } from '../../util/search-fold.ts';
import type { Has } from '../../util/search-query.ts';
import { bytesOf } from '../block-lines.ts';
import type { Merged } from '../blocks.ts';
import type { Table } from '../database.ts';
import { orderKey } from '../order-key.ts';
import type { ChatRow, WordsRow } from '../schema.ts';

/** One message as search sees it. */
export interface WordItem {
  no: number;
  chatId: ChatId;
  key: string;
  /** When it was written, milliseconds since 1970. */
  at: number;
  flags: number;
  /** Who wrote it, folded; on one line. */
  name: string;
  /** Folded words on one line; empty for what is gone. */
  text: string;
}

/** What a message has, a bit each. */
export const FLAG: Record<Has, number> = { link: 1, file: 2, image: 4, mention: 8 };
/** Deleted, or an event: nothing to be found. It stands for the words that it had before. */
export const GONE = 16;

/** The most messages a row holds: their chats and people are told by numbers of 16 bits. */
export const PACK = 4096;

type Chat = Pick<ChatRow, 'no' | 'chatId'>;

/** The words of messages that were not stored before; none of what is gone. */
export function wordsOf(chat: Chat, added: readonly Message[]): WordItem[] {
  return added.filter((message) => !isGone(message)).map((message) => itemOf(chat, message));
}

/** The words of messages that were stored in another version, where they are others now: a reaction changes none. */
export function changedWords(chat: Chat, { replaced, were }: Pick<Merged, 'replaced' | 'were'>): WordItem[] {
  return replaced.flatMap((message, i) => {
    const [item, before] = [itemOf(chat, message), itemOf(chat, were[i]!)];
    return item.text === before.text && item.flags === before.flags && item.name === before.name ? [] : item;
  });
}

/** One row of all these, or as many as it takes; in order of time. Runs inside the caller's transaction. */
export async function putWords(
  words: Table<WordsRow>,
  account: AccountId,
  items: readonly WordItem[],
): Promise<WordsRow[]> {
  if (!items.length) return [];
  const sorted = items.toSorted((a, b) => a.at - b.at);
  const parts: WordItem[][] = [];
  for (let at = 0; at < sorted.length; at += PACK) parts.push(sorted.slice(at, at + PACK));
  const rows = parts.map((part) => rowOf(account, nextSeq(), part));
  for (const row of rows) await words.put(row);
  return rows;
}

let lastSeq = 0;

/** Later ones are greater as long as this worker lives, and different from all others. */
function nextSeq(): number {
  lastSeq = Math.max(lastSeq + 1, Date.now() * 1000);
  return lastSeq;
}

function rowOf(account: AccountId, seq: number, items: readonly WordItem[]): WordsRow {
  const count = items.length;
  const row = {
    starts: new Uint32Array(count),
    at: new Float64Array(count),
    about: new Uint16Array(count * 3),
  };
  const keyWidth = items.reduce((width, { key }) => Math.max(width, key.length), 0);
  const [chats, names] = [numbering(), numbering()];
  let start = 0;
  for (const [i, { no, chatId, key: _, at, flags, name, text }] of items.entries()) {
    row.starts[i] = start;
    row.at[i] = at;
    row.about[i * 3] = chats.of(`${no} ${chatId}`);
    row.about[i * 3 + 1] = names.of(name);
    row.about[i * 3 + 2] = flags;
    start += text.length + 1;
  }
  return {
    account,
    seq,
    ...row,
    text: bytesOf(items.map(({ text }) => text).join('\n')),
    keys: items.map(({ key }) => key.padStart(keyWidth, '0')).join(''),
    keyWidth,
    chats: chats.lines(),
    names: names.lines(),
  };
}

/** The same number for the same line, in the order in which they come. */
function numbering() {
  const numbers = new Map<string, number>();
  return {
    of(line: string): number {
      const known = numbers.get(line) ?? numbers.size;
      if (known === numbers.size) numbers.set(line, known);
      return known;
    },
    lines: () => [...numbers.keys()].join('\n'),
  };
}

/** A message as search sees it. */
export function itemOf({ no, chatId }: Chat, message: Message): WordItem {
  const { id, createdAt, from, html, attachments } = message;
  const gone = isGone(message);
  const said = gone ? '' : foldText(html);
  const files = gone ? [] : attachments.map(({ name }) => name).filter(Boolean);
  return {
    no,
    chatId,
    key: orderKey(id),
    at: Date.parse(createdAt),
    flags: gone ? GONE : flagsOf(message, said),
    name: foldName(from?.name ?? ''),
    text: oneLine(foldSearch(files.length ? [said, ...files].join(' ').trim() : said)),
  };
}

/** Deleted, or an event. */
function isGone({ deletedAt, event }: Message): boolean {
  return !!deletedAt || !!event;
}

/** Folding may have made blanks; most texts have none beside each other. */
function oneLine(text: string): string {
  return text.includes('  ') || text.includes('\n') ? text.replace(/\s+/g, ' ') : text;
}

/** The same few people write nearly everything. */
const names = new Map<string, string>();
function foldName(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const folded = foldSearch(name).replace(/\s+/g, ' ').trim();
  if (names.size > 1000) names.clear();
  names.set(name, folded);
  return folded;
}

function flagsOf({ html, attachments, mentions }: Message, said: string): number {
  // Most messages have none of what is looked for, and that is seen much faster.
  const link =
    (html.includes('=') && /<a\s[^>]*href=/i.test(html)) || (said.includes('://') && /https?:\/\//i.test(said));
  const file = attachments.some(({ contentType }) => contentType === 'reference');
  const image = (html.includes('<i') || html.includes('<I')) && /<img\b(?![^>]*itemtype="[^"]*emoji)/i.test(html);
  return (
    (link ? FLAG.link : 0) | (file ? FLAG.file : 0) | (image ? FLAG.image : 0) | (mentions.length ? FLAG.mention : 0)
  );
}
