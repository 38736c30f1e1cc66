import type { Message } from '../../model/message.ts';
import { foldText } from '../../util/fold-text.ts';
import { foldSearch } from '../../util/search-fold.ts';
import type { Has } from '../../util/search-query.ts';
import { orderKey } from '../blocks.ts';
import type { TextRow } from '../schema.ts';
import type { Shelf } from '../shelf.ts';

/** One message as search sees it. */
export interface TextItem {
  key: string;
  /** Order key, time (ms), what it has, and who wrote it, parted by tabs. */
  head: string;
  /** Folded words on one line; empty for what was deleted and for events. */
  line: string;
}

/**
 * The words of a chat's messages, up to 512 to a row: two long strings, which IndexedDB reads ten times as fast as so many
 * objects, and `indexOf` runs through at the speed of memory.
 */
export const TEXTS: Shelf<TextRow, TextItem> = {
  size: 512,
  keyOf: (item) => item.key,
  itemsOf(row) {
    const lines = row.text.split('\n');
    return row.heads.split('\n').map((head, i) => ({ key: keyOfHead(head), head, line: lines[i]! }));
  },
  rowOf: (no, firstKey, items) => ({
    no,
    firstKey,
    heads: items.map(({ head }) => head).join('\n'),
    text: items.map(({ line }) => line).join('\n'),
    newestAt: Math.max(...items.map(({ head }) => readHead(head).at)),
  }),
  wins: () => true,
};

/** Items of these messages in the order of their keys. */
export function textItems(messages: readonly Message[]): TextItem[] {
  const items = messages.map((message) => {
    const key = orderKey(message.id);
    const gone = !!message.deletedAt || !!message.event;
    const name = foldSearch(message.from?.name ?? '');
    const head = [key, Date.parse(message.createdAt), gone ? GONE : flagsOf(message), name.replace(/\s+/g, ' ')];
    return { key, head: head.join('\t'), line: gone ? '' : lineOf(message) };
  });
  return items.sort((a, b) => (a.key < b.key ? -1 : 1));
}

export interface Head {
  key: string;
  at: number;
  flags: string;
  from: string;
}

export function readHead(head: string): Head {
  const [key = '', at = '', flags = '', from = ''] = head.split('\t');
  return { key, at: Number(at), flags, from };
}

/** Deleted, or an event: nothing to be found. */
export const GONE = 'x';

/** The letter that stands for it in a head. */
export const FLAG: Record<Has, string> = { link: 'l', file: 'f', image: 'i', mention: 'm' };

function keyOfHead(head: string): string {
  return head.slice(0, head.indexOf('\t'));
}

function lineOf({ html, attachments }: Message): string {
  const files = attachments.map(({ name }) => name).filter(Boolean);
  return foldSearch([foldText(html), ...files].join(' '))
    .replace(/\s+/g, ' ')
    .trim();
}

function flagsOf({ html, attachments, mentions }: Message): string {
  return [
    /<a\s[^>]*href=/i.test(html) || /https?:\/\//i.test(foldText(html)) ? FLAG.link : '',
    attachments.some(({ contentType }) => contentType === 'reference') ? FLAG.file : '',
    /<img\b(?![^>]*itemtype="[^"]*emoji)/i.test(html) ? FLAG.image : '',
    mentions.length ? FLAG.mention : '',
  ].join('');
}
