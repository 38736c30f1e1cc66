import type { SearchTerm } from './search-fold.ts';
import type { Has, SearchQuery } from './search-query.ts';

/** A query in Microsoft's Keyword Query Language, or what of it cannot be said there. */
export type Kql = { kql: string } | { unable: string[] };

/**
 * What a person asked for, as POST /search/query takes it for messages. `in:` and `record:` are not said: whoever asks
 * chooses by the chats that come back. Microsoft's properties: from, sent, hasAttachment; Graph documentation, "Use the
 * Microsoft Search API to search Teams messages".
 */
export function toKql({ terms, without, from, has, before, after }: SearchQuery): Kql {
  const unable = has.filter((one) => one !== 'file').map((one: Has) => `has:${one}`);
  if (unable.length > 0) return { unable };
  const parts = [
    ...terms.map(termOf),
    ...from.map((name) => `from:"${plain(name)}"`),
    ...has.map(() => 'hasAttachment:true'),
    ...(after === null ? [] : [`sent>=${timeOf(after)}`]),
    ...(before === null ? [] : [`sent<${timeOf(before)}`]),
    ...without.map((term) => `NOT ${termOf(term)}`),
  ];
  return { kql: parts.join(' ') };
}

/** A beginning of a word is one word alone; whatever else stands in it makes it a phrase. */
function termOf({ text, whole }: SearchTerm): string {
  return !whole && /^[\p{L}\p{N}]+$/u.test(text) ? `${text}*` : `"${plain(text)}"`;
}

/** A quotation mark inside one would end it. */
function plain(text: string): string {
  return text.replaceAll('"', ' ');
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
