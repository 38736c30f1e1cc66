import type { FoundFrom, FoundHere, FoundLine } from '../rpc/contract/archive.ts';
import { pageEnd } from '../util/page-end.ts';
import { isEmpty, parseQuery } from '../util/search-query.ts';
import { conversationsOf, isMeant, nameOf } from './conversations.ts';
import { lineOf } from './search-messages.ts';
import type { Worker } from './worker.ts';

/** How many are found at a time. */
const PAGE = 50;
const MOST_NAMES = 5;

/** Searches all that is stored, of all accounts; asks nobody, so it works offline too. */
export async function searchAll(
  { accounts, store, clock }: Pick<Worker, 'accounts' | 'store' | 'clock'>,
  text: string,
  from: FoundFrom | null,
): Promise<FoundHere> {
  const query = parseQuery(text, clock.now());
  if (isEmpty(query)) return { hits: [], more: false, places: null };
  const names = new Set<string>();
  const found: FoundLine[] = [];
  let more = false;
  for (const { account } of await accounts.known()) {
    const meant = (await conversationsOf(store, account)).filter((one) => isMeant(one, query));
    if (meant.length === 0) continue;
    const byId = new Map(meant.map((one) => [one.row.chatId, one]));
    const page = await store.search.find(account.id, new Set(byId.keys()), query, { count: PAGE, from });
    void store.search.tidy(account.id).catch(() => {});
    more ||= page.more;
    for (const { row } of meant) names.add(nameOf(row) ?? '');
    for (const { chatId, message } of page.hits) {
      const { row, teamId } = byId.get(chatId)!;
      const line = lineOf(message, query, row);
      // A thread is shown whole, wherever it lies.
      found.push({ ...line, inPlace: line.inPlace || teamId !== null, account: account.id, chatId });
    }
  }
  const hits = newestFirst(found);
  const end = pageEnd(hits, PAGE, (a, b) => a.id === b.id);
  const narrowed = query.in.length + query.record.length > 0;
  return {
    hits: hits.slice(0, end),
    more: more || hits.length > end,
    places: narrowed ? [...names].filter(Boolean).slice(0, MOST_NAMES) : null,
  };
}

/** Two accounts in one chat find the same message: it is shown once. */
function newestFirst(found: readonly FoundLine[]): FoundLine[] {
  const once = new Map<string, FoundLine>();
  for (const line of found) {
    const key = `${line.chatId} ${line.id}`;
    if (!once.has(key)) once.set(key, line);
  }
  return [...once.values()].sort(
    (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || Number(b.id) - Number(a.id),
  );
}
