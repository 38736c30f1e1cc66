import type { AppError } from '../model/errors.ts';
import type { Worker } from './worker.ts';

export interface Room {
  /** Bytes that the browser counts for this extension, and what it would allow. */
  used: number;
  allowed: number;
  /** Little is left: the next days may fill it. */
  low: boolean;
}

/** A month of a busy company's chats is some ten megabytes: before the last hundred somebody should know. */
const LOW_BYTES = 100 * 2 ** 20;
const ASKED_AGAIN_MS = 60_000;

let last: { at: number; room: Room } | null = null;

/** Asked of the browser once a minute at most. */
export async function roomLeft(now: number): Promise<Room> {
  if (last && now - last.at < ASKED_AGAIN_MS) return last.room;
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
  const room = { used: usage, allowed: quota, low: quota > 0 && quota - usage < LOW_BYTES };
  last = { at: now, room };
  return room;
}

/** What a person must know of what is stored here. */
export async function storageNotices({ store, clock }: Worker): Promise<AppError[]> {
  if (store.problem) return [store.problem];
  const notices: AppError[] = [];
  const rebuilt = await store.rebuilt.say(clock.now());
  if (rebuilt) notices.push(rebuilt);
  if ((await roomLeft(clock.now())).low) notices.push(LOW);
  return notices;
}

const LOW: AppError = {
  code: 'storage-full',
  title: 'Little room is left on this computer',
  text: 'Soon no more messages can be kept here. Take old ones from this computer; they stay in Teams and can be read again.',
  action: { kind: 'make-room', label: 'See what is stored' },
};
