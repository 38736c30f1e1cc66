import type { MessageId } from '../model/ids.ts';

/** A chat's ids in the order of their time, whatever their length. */
export function orderKey(id: MessageId): string {
  return id.padStart(20, '0');
}

/** The id again: what `orderKey` put in front goes. */
export function idOfKey(key: string): MessageId {
  return key.replace(/^0+(?=.)/, '') as MessageId;
}
