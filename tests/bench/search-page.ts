import { asUserId, type ChatId } from '../../lib/model/ids.ts';
import { openStore, type Store } from '../../lib/storage/open.ts';
import { parseQuery } from '../../lib/util/search-query.ts';
import { corpus } from './corpus.ts';
import { asked, BENCH, company, ingested, packsOf, passAll, searchAll } from './packs.ts';

/** Runs in a page of a real browser: how long search and the newest page of a chat take, and the least they could. */
const COUNT = 40_000;

const items = company(COUNT, 200);
const queries = asked(items);
const packs = { came: packsOf(items, false), ordered: packsOf(items, true) };
const ME = asUserId('me');

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** 20,000 messages in one chat, and 100 in another. */
const BIG = corpus({ count: 20_000, chats: 1, seed: 5 })[0]!;
const SMALL = { ...corpus({ count: 100, chats: 1, seed: 6 })[0]!, chatId: '19:small@thread.v2' as ChatId };
const own = packsOf(ingested([BIG, SMALL]), true);
let chats: Promise<{ store: Store; big: ChatId; small: ChatId }> | null = null;
async function stored() {
  const store = await openStore('bench-search');
  for (const { chatId, messages } of [BIG, SMALL])
    for (let end = messages.length; end > 0; end -= 50)
      await store.messages.save(BENCH, chatId, {
        ...{ me: ME, messages: messages.slice(Math.max(0, end - 50), end), complete: true },
        oldest: messages[Math.max(0, end - 50)]!,
      });
  await store.search.tidy(BENCH, 1);
  return { store, big: BIG.chatId, small: SMALL.chatId };
}
const there = () => (chats ??= stored());

const WARM = ['delivery', 'invoice', 'pump', 'lieferung', 'facture', 'price', 'order'];

/** The newest fifty with their messages, from memory and disk, for each word. */
async function warmSearch(): Promise<number> {
  const { store } = await there();
  return timed(async () => {
    for (const word of WARM) await store.search.find(BENCH, null, parseQuery(word, 0), { count: 50, from: null });
  });
}

/** What that cannot do without: a pass over all words, and as many messages read one by one. */
async function warmLeast(): Promise<number> {
  const { store, big } = await there();
  const texts = (await own).map(({ text }) => text);
  const ids = (await store.messages.page(BENCH, big, null, 5_000)).messages.filter((_, i) => i % 100 === 0);
  return timed(async () => {
    for (const word of WARM) {
      for (const text of texts) for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1));
      await Promise.all(ids.slice(0, 50).map(({ id }) => store.messages.get(BENCH, big, id)));
    }
  });
}

async function newest(which: 'big' | 'small'): Promise<number> {
  const found = await there();
  return timed(async () => {
    for (let i = 0; i < 20; i++) await found.store.messages.page(BENCH, found[which], null, 50);
  });
}

export const searchBench = {
  scanCame: async () => {
    const segments = await packs.came;
    return timed(() => searchAll(segments, queries));
  },
  scanOrdered: async () => {
    const segments = await packs.ordered;
    return timed(() => searchAll(segments, queries));
  },
  pass: async () => {
    const segments = await packs.came;
    return timed(() => passAll(segments, queries));
  },
  warmSearch,
  warmLeast,
  newestOfBig: () => newest('big'),
  newestOfSmall: () => newest('small'),
};

declare global {
  interface Window {
    searchBench: typeof searchBench;
  }
}
window.searchBench = searchBench;
