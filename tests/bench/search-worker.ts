import { asAccountId, asUserId, type ChatId } from '../../lib/model/ids.ts';
import { openStore } from '../../lib/storage/open.ts';
import { parseQuery } from '../../lib/util/search-query.ts';
import type { Answer, Asked } from './bench-extension.ts';
import { type Conversation, corpus } from './corpus.ts';
import { asked, BENCH, company, packsOf, passAll, searchAll } from './packs.ts';
import { getAt, passOver, putRows, readWords } from './plain-rows.ts';

/**
 * Runs as the service worker of an extension: how long search and the newest page of a chat take, and the least they
 * could. Nothing is made before it is asked for: this worker is stopped and started as ours is.
 */
const DATABASE = 'bench-search';
const ME = asUserId('me');

/** Milliseconds. */
async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const scanned = once(async () => {
  const items = company(40_000, 200);
  const [came, ordered] = [await packsOf(items, false), await packsOf(items, true)];
  return { queries: asked(items), came, ordered };
});

const store = once(() => openStore(DATABASE));

/** Chats as they are filled for the first time: a page of each of 20, newest first. */
async function fill(account: typeof BENCH, conversations: readonly Conversation[]): Promise<void> {
  const { messages: stored, search } = await store();
  const waiting = conversations.map(({ chatId, messages }) => ({ chatId, newest: messages.toReversed(), at: 0 }));
  for (let left = waiting; left.length; left = left.filter(({ at, newest }) => at < newest.length))
    for (let i = 0; i < left.length; i += 20)
      await stored.saveMany(
        account,
        left.slice(i, i + 20).map((chat) => {
          const messages = chat.newest.slice(chat.at, chat.at + 50);
          chat.at += 50;
          return { chatId: chat.chatId, batch: { me: ME, messages, oldest: messages.at(-1)!, complete: true } };
        }),
      );
  await search.tidy(account, 1);
}

/** 20,000 messages in one chat, and 100 in another. */
const TALKERS = asAccountId('bench.talkers');
const [BIG, SMALL] = ['19:big@thread.v2', '19:small@thread.v2'] as [ChatId, ChatId];
const talk = (chatId: ChatId, count: number) => ({ ...corpus({ count, chats: 1, seed: count })[0]!, chatId });

async function newest(chatId: ChatId): Promise<number> {
  const { messages } = await store();
  return timed(async () => {
    for (let i = 0; i < 20; i++) {
      const page = await messages.page(TALKERS, chatId, null, 50);
      if (page.messages.length !== 50) throw new Error('A chat is not stored as it should be.');
    }
  });
}

const ways = {
  ping: () => true,

  scanCame: async () => {
    const { came, queries } = await scanned();
    return timed(() => searchAll(came, queries));
  },
  scanOrdered: async () => {
    const { ordered, queries } = await scanned();
    return timed(() => searchAll(ordered, queries));
  },
  pass: async () => {
    const { came, queries } = await scanned();
    return timed(() => passAll(came, queries));
  },

  /** What is searched, and beside it a few thousand messages in the plainest way, a row each. */
  async fillCompany({ count, chats }: { count: number; chats: number }) {
    const conversations = corpus({ count, chats, seed: 20_261_122 });
    await fill(BENCH, conversations);
    await putRows(conversations.flatMap(({ messages }) => messages.slice(-50)).slice(0, 5_000));
  },
  /** The newest fifty with this word, with their messages. */
  async find(word: string) {
    const page = await (await store()).search.find(BENCH, null, parseQuery(word, 0), { count: 50, from: null });
    if (page.hits.length !== 50) throw new Error(`There are not 50 messages with "${word}".`);
    return page.hits;
  },
  /** What that cannot do without, each alone. */
  readWords: () => readWords(DATABASE),
  passOver: (word: string) => passOver(DATABASE, word),
  fiftyGets: () => getAt(Array.from({ length: 50 }, (_, i) => i * 90)),

  async fillTalks() {
    await fill(TALKERS, [talk(BIG, 20_000), talk(SMALL, 100)]);
  },
  newestOfBig: () => newest(BIG),
  newestOfSmall: () => newest(SMALL),
};

type Way = (data: unknown) => unknown;

declare const chrome: typeof import('wxt/browser').browser;
chrome.runtime.onMessage.addListener(({ name, data }: Asked, _, answer: (answer: Answer) => void) => {
  Promise.resolve()
    .then(() => (ways[name as keyof typeof ways] as Way)(data))
    .then(
      (value) => answer({ value: value ?? null }),
      (caught) => answer({ error: String(caught) }),
    );
  return true;
});

export type SearchWay = keyof typeof ways;
