import { dayKey } from '../../lib/i18n/format.ts';
import type { MessageId, UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';

/** A line of the list. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  /** What follows was not read before. */
  | { kind: 'new'; key: string }
  | { kind: 'event'; key: string; message: Message }
  | {
      kind: 'message';
      key: MessageId;
      message: Message;
      own: boolean;
      /** First of its author's group: shows name, photo and time. */
      first: boolean;
    };

const GROUP_MS = 5 * 60_000;

/**
 * Messages (oldest first) as lines: a separator at each new day of the person's calendar, and one head for what the same
 * author wrote within five minutes of the message before.
 * @param newFrom the first message that was not read before
 */
export function groupMessages(messages: readonly Message[], me: UserId, newFrom: MessageId | null = null): Row[] {
  const rows: Row[] = [];
  let before: Message | null = null;
  for (const message of messages) {
    const newDay = !before || dayKey(before.createdAt) !== dayKey(message.createdAt);
    if (newDay)
      rows.push({ kind: 'day', key: `day-${dayKey(message.createdAt)}-${message.id}`, at: message.createdAt });
    const newLine = message.id === newFrom;
    if (newLine) rows.push({ kind: 'new', key: 'new' });
    if (message.event) rows.push({ kind: 'event', key: message.id, message });
    else
      rows.push({
        kind: 'message',
        key: message.id,
        message,
        own: message.from?.userId === me,
        first: newDay || newLine || !continues(before, message),
      });
    before = message;
  }
  return rows;
}

function continues(before: Message | null, message: Message): boolean {
  if (!before || before.event) return false;
  const sameAuthor =
    before.from?.userId === message.from?.userId && (before.from?.name ?? '') === (message.from?.name ?? '');
  return sameAuthor && Date.parse(message.createdAt) - Date.parse(before.createdAt) < GROUP_MS;
}
