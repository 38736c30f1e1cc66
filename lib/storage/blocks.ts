import type { MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { bytesOf, keyOf, lineOf, linesOf, messageOf } from './block-lines.ts';
import type { Table } from './database.ts';
import { orderKey } from './order-key.ts';
import type { ChatRow, MessageBlock, Span } from './schema.ts';

export interface Merged {
  /** Not stored before. */
  added: Message[];
  /** Stored before in an older version. */
  replaced: Message[];
  /** Those older versions, in the same order. */
  were: Message[];
}

/** A page of Graph's: what is read downwards fills a block with each page, and nothing is written twice. */
const SIZE = 50;
/** So many small blocks may stand at a chat's end: what comes in is put behind them without a look at them. */
const MOST_LOOSE = 8;

/**
 * Puts messages of one chat into its blocks, each in its place; a stored one gives way only to a newer version. Blocks
 * that hold nothing new are not written. Runs inside the caller's transaction.
 * @returns with the chat's span as it is then
 */
export async function mergeIntoBlocks(
  table: Table<MessageBlock>,
  row: Pick<ChatRow, 'no' | 'me' | 'span'>,
  incoming: readonly Message[],
): Promise<Merged & { span: Span | undefined }> {
  const { no, span } = row;
  const sorted = newestVersions(incoming);
  const [first, last] = [sorted[0]?.key, sorted.at(-1)?.key];
  if (first === undefined || last === undefined) return { added: [], replaced: [], were: [], span };
  const isBehind = span ? first > span.last : isEmpty(row);
  const isBefore = !!span && last < span.first && sorted.length > SIZE / 2;
  if (isBehind || isBefore) {
    const lines = sorted.map(({ message }) => lineOf(message));
    const next = isBehind ? await append(table, no, span, lines) : span!;
    if (isBefore) await write(table, no, lines, lines.length % SIZE);
    const wider = { ...next, first: isBehind && span ? span.first : first, last: isBehind ? last : next.last };
    return { added: sorted.map(({ message }) => message), replaced: [], were: [], span: wider };
  }
  const merged = await mergeAmong(table, no, sorted);
  const changed = merged.added.length + merged.replaced.length > 0;
  return { ...merged, span: changed ? await widened(table, no, span, first, last) : span };
}

/** No message of this chat was ever stored: else it would be known who reads. */
export function isEmpty({ me }: Pick<ChatRow, 'me'>): boolean {
  return me === null;
}

/** Whether one version of a message is newer than another. Times of Graph differ in their number of decimals. */
export function supersedes(incoming: Message, stored: Message): boolean {
  const newer = Date.parse(incoming.modifiedAt) - Date.parse(stored.modifiedAt);
  // Two changes within a millisecond: the etag is a growing number.
  return newer > 0 || (newer === 0 && Number(incoming.etag) > Number(stored.etag));
}

/** Behind all that is stored; small blocks become full ones once there are many. */
async function append(
  table: Table<MessageBlock>,
  no: number,
  span: Span | undefined,
  lines: readonly string[],
): Promise<Pick<Span, 'looseFrom' | 'loose' | 'first' | 'last'>> {
  if (span && span.loose < MOST_LOOSE) {
    await write(table, no, lines, 0);
    return { ...span, loose: span.loose + 1 };
  }
  const from = span?.looseFrom ?? '';
  const loose = span ? await table.list({ prefix: [no], from }) : [];
  if (loose.length) await table.clear({ prefix: [no], from });
  const looseFrom = await write(table, no, [...loose.flatMap(linesOf), ...lines], 0);
  return { first: '', last: '', ...span, looseFrom, loose: 1 };
}

/** In blocks of `SIZE`, the first of them of `cut` where that is not 0. Gives the first key of the last. */
async function write(table: Table<MessageBlock>, no: number, lines: readonly string[], cut: number): Promise<string> {
  let firstKey = '';
  for (let at = 0; at < lines.length; ) {
    const end = at === 0 && cut ? cut : at + SIZE;
    const part = lines.slice(at, end);
    firstKey = keyOf(part[0]!);
    await table.put({ no, firstKey, lines: bytesOf(part.join('\n')) });
    at = end;
  }
  return firstKey;
}

/** A chat that an older version stored tells nothing of its span: then its last block does. */
async function widened(table: Table<MessageBlock>, no: number, span: Span | undefined, first: string, last: string) {
  if (span) return { ...span, first: lower(span.first, first), last: higher(span.last, last) };
  const [[begin], [end]] = await Promise.all([
    table.list({ prefix: [no] }, { count: 1 }),
    table.list({ prefix: [no] }, { count: 1, reverse: true }),
  ]);
  return { first: begin!.firstKey, last: keyOf(linesOf(end!).at(-1)!), looseFrom: end!.firstKey, loose: 1 };
}

function lower(a: string, b: string): string {
  return a < b ? a : b;
}

function higher(a: string, b: string): string {
  return a > b ? a : b;
}

interface Keyed {
  key: string;
  message: Message;
}

/** Among what is stored, or right before it. */
async function mergeAmong(table: Table<MessageBlock>, no: number, sorted: readonly Keyed[]): Promise<Merged> {
  const merged: Merged = { added: [], replaced: [], were: [] };
  const stored = await blocksAround(table, no, sorted[0]!.key, sorted.at(-1)!.key);
  const blocks = stored.map(opened);
  if (!blocks.length) blocks.push({ firstKey: '', keys: [], lines: [], storedTo: undefined, changed: false });
  for (const { key, message } of sorted) put(blocks, key, message, merged);
  for (const block of blocks) if (block.changed) await rewrite(table, no, block);
  return merged;
}

/** A block while messages are put into it. */
interface Opened {
  firstKey: string;
  keys: string[];
  lines: string[];
  /** Key of its last message as it is stored; undefined where none is. */
  storedTo: string | undefined;
  changed: boolean;
}

function opened(block: MessageBlock): Opened {
  const lines = linesOf(block);
  const keys = lines.map(keyOf);
  return { firstKey: block.firstKey, keys, lines, storedTo: keys.at(-1), changed: false };
}

function put(blocks: readonly Opened[], key: string, message: Message, merged: Merged): void {
  const block = blocks.findLast(({ firstKey }) => firstKey <= key) ?? blocks[0]!;
  const { keys, lines } = block;
  // Nearly always at the end.
  const last = keys.at(-1);
  const at = last === undefined || last < key ? keys.length : keys.findIndex((there) => there >= key);
  if (keys[at] === key) {
    const were = messageOf(lines[at]!);
    if (!supersedes(message, were)) return;
    lines[at] = lineOf(message);
    merged.replaced.push(message);
    merged.were.push(were);
  } else {
    keys.splice(at, 0, key);
    lines.splice(at, 0, lineOf(message));
    merged.added.push(message);
  }
  block.changed = true;
}

/** The blocks that hold keys from `lowest` to `highest`, in order; where all begin later, the one to write before. */
async function blocksAround(
  table: Table<MessageBlock>,
  no: number,
  lowest: string,
  highest: string,
): Promise<MessageBlock[]> {
  const found: MessageBlock[] = [];
  let end: { upTo: string } | { below: string } = { upTo: highest };
  for (;;) {
    const [block] = await table.list({ prefix: [no], ...end }, { count: 1, reverse: true });
    if (!block) break;
    found.unshift(block);
    if (block.firstKey <= lowest) return found;
    end = { below: block.firstKey };
  }
  return found.length ? found : table.list({ prefix: [no] }, { count: 1 });
}

async function rewrite(table: Table<MessageBlock>, no: number, block: Opened): Promise<void> {
  const { firstKey, keys, lines, storedTo } = block;
  if (storedTo !== undefined && keys[0] !== firstKey) await table.delete([no, firstKey]);
  // Written at its end, a block is filled before the next begins; written at its front, as older pages come in, the
  // room stays in front.
  await write(table, no, lines, keys.at(-1) === storedTo ? lines.length % SIZE : 0);
}

/** In order, one of each: the newest version where a batch brings several. */
function newestVersions(messages: readonly Message[]): Keyed[] {
  const byId = new Map<MessageId, Message>();
  for (const message of messages) {
    const known = byId.get(message.id);
    if (!known || supersedes(message, known)) byId.set(message.id, message);
  }
  const found = [...byId.values()].map((message) => ({ key: orderKey(message.id), message }));
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}
