import type { ChatRecord, MemberRecord, MessageRecord } from '../tenant/chat-records.ts';
import { changeOrder, firstFrom } from '../tenant/message-order.ts';

export type OrderProperty = 'lastModifiedDateTime' | 'createdDateTime';

/** Which messages are asked for; times in ms since 1970, neither bound among them. */
export interface Range {
  order: OrderProperty;
  after: number;
  before: number;
  /** The last one of the page before. */
  beyond: { time: number; id: string } | undefined;
}

/**
 * The next messages of a chat, newest first, as far as the member may see them: one more than `count` where there are
 * more. Only as many are looked at as are answered, however long the chat is.
 */
export function readPage(chat: ChatRecord, member: MemberRecord, range: Range, count: number): MessageRecord[] {
  const byBirth = range.order === 'createdDateTime';
  const time = (m: MessageRecord) => (byBirth ? m.createdAt : m.modifiedAt);
  const messages = byBirth ? chat.messages : changeOrder(chat.messages);
  const { beyond, before } = range;
  const past = (m: MessageRecord) =>
    time(m) >= before ||
    (beyond !== undefined && (time(m) > beyond.time || (time(m) === beyond.time && Number(m.id) >= Number(beyond.id))));
  const found: MessageRecord[] = [];
  for (let i = firstFrom(messages, past) - 1; i >= 0 && found.length <= count; i--) {
    const message = messages[i] as MessageRecord;
    if (time(message) <= range.after) break;
    if (message.createdAt >= member.historyFrom) found.push(message);
    else if (byBirth) break;
  }
  return found;
}
