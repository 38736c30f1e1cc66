import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { MessageId, UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';

/** How far the person had read when they came, and how much they had not. */
export interface Unread {
  /** ISO time; null where nothing was ever read here: then nothing is news. */
  since: string | null;
  count: number;
}

export interface NewLine {
  /** The line stands before this message; null where there is none to stand before. */
  before: MessageId | null;
  /** ISO time after which all is new, and how many messages of others that are (`more`: at least); null: nothing is. */
  news: { since: string; count: number; more?: true } | null;
}

/**
 * Where the new messages begin, as it was when the person came to look: what is read from then on does not move it.
 * @param seenAt when the newest message was written that they have seen in this list (ISO), or null
 */
export function useNewLine(
  messages: readonly Message[],
  me: UserId,
  unread: Unread,
  onScreen: boolean,
  seenAt: () => string | null,
): NewLine {
  const [came, setCame] = useState<Unread | null>(null);
  useLayoutEffect(() => {
    if (onScreen) setCame({ since: latest(unread.since, seenAt()), count: unread.count });
  }, [onScreen]);
  return useMemo(() => newLine(messages, me, came), [messages, me, came]);
}

export function newLine(messages: readonly Message[], me: UserId, came: Unread | null): NewLine {
  const since = came?.since;
  if (!since) return { before: null, news: null };
  const isNew = (m: Message) =>
    !m.event && !m.deletedAt && m.from?.userId !== me && Date.parse(m.createdAt) > Date.parse(since);
  const first = messages.findIndex(isNew);
  const loaded = first < 0 ? 0 : messages.slice(first).filter(isNew).length;
  const count = Math.max(came.count, loaded);
  // Where all that is loaded is new, the first of the new ones may not be among it.
  const isFirst = first >= 0 && Date.parse(messages[0]!.createdAt) <= Date.parse(since);
  // Counted over what is loaded, which begins in the midst of them.
  const more = first >= 0 && !isFirst && loaded >= came.count ? { more: true as const } : {};
  return { before: isFirst ? messages[first]!.id : null, news: count > 0 ? { since, count, ...more } : null };
}

function latest(a: string | null, b: string | null): string | null {
  if (!a || !b) return a ?? b;
  return Date.parse(b) > Date.parse(a) ? b : a;
}
