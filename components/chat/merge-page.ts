import type { Message } from '../../lib/model/message.ts';

/** Oldest first. Ids are milliseconds within a chat, so they order what the clock's text leaves equal. */
export function byAge(a: Message, b: Message): number {
  return a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : Number(a.id) - Number(b.id);
}

/**
 * What is loaded after the newest stretch was read again: `fresh` (oldest first, without gaps, up to the newest) replaces
 * what it covers, older messages stay in front of it. Where nothing joins the two, the older ones go: a gap would look
 * like a conversation that never paused.
 */
export function mergeNewest(loaded: readonly Message[], fresh: readonly Message[]): Message[] {
  const first = fresh[0];
  if (!first) return [...loaded];
  const known = new Map(loaded.map((m) => [m.id, m]));
  const joined = fresh.some((m) => known.has(m.id));
  const older = joined ? loaded.filter((m) => byAge(m, first) < 0) : [];
  // The same version stays the same object: nothing of it has to be drawn again.
  return [...older, ...fresh.map((m) => (isSame(known.get(m.id), m) ? known.get(m.id)! : m))];
}

function isSame(a: Message | undefined, b: Message): boolean {
  return !!a && a.etag === b.etag && a.modifiedAt === b.modifiedAt;
}

/** An older page put in front; what was loaded already is not taken twice. */
export function mergeOlder(loaded: readonly Message[], page: readonly Message[]): Message[] {
  const [last, first] = [page.at(-1), loaded[0]];
  // The usual, and in a talk of 20,000 nothing that is done again for all of it with each page.
  if (!last || !first || byAge(last, first) < 0) return [...page, ...loaded];
  const known = new Set(loaded.map((m) => m.id));
  return [...page.filter((m) => !known.has(m.id)), ...loaded].sort(byAge);
}
