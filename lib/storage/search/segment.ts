import type { ChatId } from '../../model/ids.ts';
import { textOf } from '../block-lines.ts';
import { idOfKey, orderKey } from '../order-key.ts';
import type { WordsRow } from '../schema.ts';

/** A row of words as it is searched: in order of time. */
export interface Segment extends Pick<WordsRow, 'seq' | 'starts' | 'at' | 'about'> {
  /** Made of its bytes when it is first looked at: a search that finds enough in the newest never looks at the others. */
  readonly text: string;
  count: number;
  /** When the last one was written, milliseconds since 1970. */
  newestAt: number;
  chats: readonly { no: number; chatId: ChatId }[];
  /** Folded. */
  names: readonly string[];
  keyOf(line: number): string;
}

export function openSegment({ seq, text, starts, at, about, keys, keyWidth, chats, names }: WordsRow): Segment {
  let bytes: WordsRow['text'] | null = text;
  let letters = '';
  return {
    seq,
    get text() {
      if (bytes) letters = textOf(bytes);
      bytes = null;
      return letters;
    },
    starts,
    at,
    about,
    count: at.length,
    newestAt: at.at(-1) ?? 0,
    chats: chats.split('\n').map((line) => {
      const blank = line.indexOf(' ');
      return { no: Number(line.slice(0, blank)), chatId: line.slice(blank + 1) as ChatId };
    }),
    names: names.split('\n'),
    keyOf: (line) => orderKey(idOfKey(keys.slice(line * keyWidth, (line + 1) * keyWidth))),
  };
}

export const chatOf = ({ chats, about }: Segment, line: number) => chats[about[line * 3]!]!;
export const nameOf = ({ names, about }: Segment, line: number) => names[about[line * 3 + 1]!]!;
export const flagsOf = ({ about }: Segment, line: number) => about[line * 3 + 2]!;

/** Where a line ends in the text. */
export function endOf({ starts, text, count }: Segment, line: number): number {
  return line + 1 < count ? starts[line + 1]! - 1 : text.length;
}

/** The first of these sorted numbers that is not less; their count where all are. */
export function firstFrom(sorted: { readonly length: number; [i: number]: number }, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
