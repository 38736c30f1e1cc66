import type { MessageId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';

/** Which part of the loaded messages is in the page: `last` is its end (null: the newest), `size` how many before it. */
export interface Window {
  last: MessageId | null;
  size: number;
}

export const STEP = 100;
export const MOST = 400;
/** While text is selected: what is selected must stay in the page to be copied. */
export const MOST_SELECTED = 2_000;
export const AT_NEWEST: Window = { last: null, size: STEP };

/** The messages in the window, and how many lie before and after it. */
export function inWindow(messages: readonly Message[], window: Window) {
  const end = endOf(messages, window);
  const start = Math.max(0, end - window.size);
  return { shown: messages.slice(start, end), before: start, after: messages.length - end };
}

/** A window with this message in its middle; the one there is where that holds it already, or nothing of it is loaded. */
export function windowAround(messages: readonly Message[], window: Window, id: MessageId): Window {
  if (inWindow(messages, window).shown.some((m) => m.id === id)) return window;
  const at = messages.findIndex((m) => m.id === id);
  if (at < 0) return window;
  const end = at + STEP / 2;
  return { size: STEP, last: end >= messages.length ? null : messages[end - 1]!.id };
}

/** One page further up; at the most allowed, the newest page leaves the page's DOM. */
export function olderWindow(messages: readonly Message[], window: Window, most = MOST): Window {
  if (window.size < most) return { ...window, size: Math.min(most, window.size + STEP) };
  const start = endOf(messages, window) - window.size;
  if (start <= 0) return window;
  const end = Math.max(0, start - STEP) + most;
  return { last: end >= messages.length ? null : messages[end - 1]!.id, size: most };
}

/** One page further down; null as `last` once the newest is in. */
export function newerWindow(messages: readonly Message[], window: Window, most = MOST): Window {
  const end = endOf(messages, window) + STEP;
  const size = window.size < most ? Math.min(most, window.size + STEP) : most;
  return { size, last: end >= messages.length ? null : messages[end - 1]!.id };
}

function endOf(messages: readonly Message[], window: Window): number {
  if (window.last === null) return messages.length;
  const at = messages.findIndex((m) => m.id === window.last);
  return at < 0 ? messages.length : at + 1;
}
