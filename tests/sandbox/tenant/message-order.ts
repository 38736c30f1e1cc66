import type { MessageRecord } from './chat-records.ts';

/**
 * The messages of a chat by when they were last changed, kept in order as they change: a list over 20,000 of them costs
 * no sort. The chat's own array is in the order of their births, which is that of their ids.
 */
const byChange = new WeakMap<MessageRecord[], MessageRecord[]>();
/** The array in which a message lies. */
const homes = new WeakMap<MessageRecord, MessageRecord[]>();

/** Oldest change first. */
export function changeOrder(messages: MessageRecord[]): MessageRecord[] {
  const known = byChange.get(messages);
  if (known?.length === messages.length) return known;
  const sorted = [...messages].sort(earlierChange);
  byChange.set(messages, sorted);
  for (const message of messages) homes.set(message, messages);
  return sorted;
}

/** To be called once a message was put at the end of its chat. */
export function noteBirth(messages: MessageRecord[], message: MessageRecord): void {
  homes.set(message, messages);
  const order = byChange.get(messages);
  if (order) order.splice(placeOf(order, message), 0, message);
}

/** Sets the time of the last change, and the message's place with it. */
export function noteChange(message: MessageRecord, modifiedAt: number): void {
  const order = byChange.get(homes.get(message) ?? []);
  if (order) order.splice(placeOf(order, message), 1);
  message.modifiedAt = modifiedAt;
  if (order) order.splice(placeOf(order, message), 0, message);
}

/** A message by its id, for ids that are in order. */
export function messageById(messages: MessageRecord[], id: string): MessageRecord | undefined {
  const wanted = Number(id);
  const found = messages[firstFrom(messages, (m) => Number(m.id) >= wanted)];
  return found?.id === id ? found : undefined;
}

/** The first index whose message fits, where all after it fit too; the length where none does. */
export function firstFrom(messages: readonly MessageRecord[], fits: (message: MessageRecord) => boolean): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(messages[middle] as MessageRecord)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const earlierChange = (a: MessageRecord, b: MessageRecord) =>
  a.modifiedAt - b.modifiedAt || Number(a.id) - Number(b.id);

const placeOf = (order: MessageRecord[], message: MessageRecord) =>
  firstFrom(order, (other) => earlierChange(other, message) >= 0);
