import type { MessageId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { orderKey } from './order-key.ts';
import type { MessageBlock } from './schema.ts';

/*
 * A block's messages are one text, a line each: the message's order key and its JSON. IndexedDB copies bytes many times
 * as fast as nested objects, JSON has no line breaks in it, and a message that is not wanted is never parsed.
 */

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** A text as it is stored: half the bytes of a string with one letter that is not Western. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  // Into room that is there already: half the time of `encode`, which copies three times. A unit is three bytes at most.
  if (text.length * 3 > ROOM) return encoder.encode(text);
  room ??= new Uint8Array(ROOM);
  return room.slice(0, encoder.encodeInto(text, room).written);
}
const ROOM = 1 << 20;
let room: Uint8Array<ArrayBuffer> | null = null;

export const textOf = (bytes: Uint8Array) => decoder.decode(bytes);

export function lineOf(message: Message): string {
  return orderKey(message.id) + JSON.stringify(message);
}

export function linesOf(block: MessageBlock): string[] {
  return soundText(block).split('\n');
}

/** @throws SyntaxError where the block is damaged */
function soundText({ lines, firstKey }: MessageBlock): string {
  const text = lines instanceof Uint8Array ? textOf(lines) : '';
  if (!text.startsWith(`${firstKey}{`) || !text.endsWith('}')) throw new SyntaxError('These messages are damaged.');
  return text;
}

export function keyOf(line: string): string {
  return line.slice(0, line.indexOf('{'));
}

export function messageOf(line: string): Message {
  return JSON.parse(line.slice(line.indexOf('{'))) as Message;
}

/** In order of time. */
export function messagesOf(block: MessageBlock): Message[] {
  return linesOf(block).map(messageOf);
}

/** One message of a block, without a look at the others. */
export function messageIn(block: MessageBlock, id: MessageId): Message | undefined {
  const lines = soundText(block);
  const begin = `${orderKey(id)}{`;
  const at = lines.startsWith(begin) ? 0 : lines.indexOf(`\n${begin}`) + 1;
  if (at === 0 && !lines.startsWith(begin)) return undefined;
  const end = lines.indexOf('\n', at);
  return messageOf(lines.slice(at, end < 0 ? lines.length : end));
}
