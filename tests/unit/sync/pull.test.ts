import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import type { MessageId } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import type { ChangeNotice } from '../../../lib/rpc/contract.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { createPull, type Pull, type PullDeps } from '../../../lib/sync/pull.ts';
import { account, changed, chat2, chatId, freshIndexedDb, me, other, T0 } from '../storage/fixtures.ts';
import { ada, fakeTeams, testClock, testSession } from './fixtures.ts';

let store: Store;
let clock: ReturnType<typeof testClock>;
let teams: ReturnType<typeof fakeTeams>;
let session: ReturnType<typeof testSession>;
let pull: Pull;
let signedIn: typeof ada | null;
let reading: boolean;
let notices: ChangeNotice[];

function deps(more: Partial<PullDeps> = {}): PullDeps {
  return {
    store,
    api: teams.api,
    clock,
    session,
    me: async () => signedIn,
    canRead: async () => reading,
    changed: (notice) => void notices.push(notice),
    ...more,
  };
}

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  teams = fakeTeams(clock);
  session = testSession();
  [signedIn, reading, notices] = [ada, true, []];
  pull = createPull(deps());
});
afterEach(() => store.close());

const stored = async (count = 1000) => (await store.messages.page(account, chatId, null, count)).messages;
const byTime = () => [...teams.inChat(chatId)].sort((a, b) => Number(a.id) - Number(b.id));
const say = (count: number, apart = 1000) =>
  Array.from({ length: count }, (_, i) => {
    clock.move(apart);
    return teams.write(chatId, `said ${clock.now()} ${i}`);
  });
/** What Graph calls it when a message is edited, reacted to or deleted. */
function alter(message: Message, more: Partial<Message>): void {
  const all = teams.inChat(chatId);
  all[all.findIndex((m) => m.id === message.id)] = changed(message, clock.now() - T0, more);
}

describe('what is new, because the person asks', () => {
  test('is read whenever the chat was last read, one read after the other for two tabs', async () => {
    say(3);
    await pull.act(chatId);
    say(2);
    const [first, second] = await Promise.all([pull.now(chatId), pull.now(chatId)]);
    expect([first.written, second.written]).toEqual([2, 0]);
    expect(first.news).toHaveLength(2);
    expect(await stored()).toEqual(byTime());
    clock.move(1_000);
    teams.write(chatId, 'from my telephone', { from: { userId: me, name: 'Ada' } });
    expect(await pull.now(chatId)).toEqual({ news: [], written: 1 });
    expect(await pull.now(chatId)).toEqual({ news: [], written: 0 });
  });

  test('counts no edit of an older message, and says why it could not be read', async () => {
    const [old] = say(3);
    await pull.act(chatId);
    clock.move(1_000);
    alter(old!, { html: 'edited' });
    expect(await pull.now(chatId)).toEqual({ news: [], written: 0 });
    expect((await stored())[0]?.html).toBe('edited');
    teams.faults.read = fail('throttled', 'Busy', 'x', { retryAfter: 60 });
    await expect(pull.now(chatId)).rejects.toMatchObject({ error: { code: 'throttled' } });
    const calls = teams.calls.length;
    await expect(pull.now(chatId), 'nor asked before Microsoft allows it').rejects.toMatchObject({
      error: { code: 'throttled' },
    });
    expect(teams.calls).toHaveLength(calls);
  });
});

describe('acting', () => {
  test('the first read brings the newest fifty and is no news', async () => {
    say(60);
    expect(await pull.act(chatId)).toEqual([]);
    expect(await stored()).toEqual(byTime().slice(-50));
    expect(teams.calls).toEqual([`before ${chatId}`]);
    expect(notices).toEqual([{ kind: 'messages', chatId, outbox: false }]);
    expect(await pull.syncedAt(chatId)).toBe(new Date(clock.now()).toISOString());
  });

  test('then what is new, edited and deleted, by the watermark; only others’ new ones are news', async () => {
    const [first, second, third] = say(3);
    await pull.act(chatId);
    clock.move(15_000);
    if (!first || !second || !third) return;
    alter(first, { html: 'edited' });
    alter(second, { html: '', deletedAt: new Date(clock.now()).toISOString() });
    clock.move(1);
    const news = teams.write(chatId, 'new');
    clock.move(1);
    teams.write(chatId, 'my own', { from: { userId: me, name: 'Ada' } });
    expect(await pull.act(chatId)).toEqual([news]);
    expect(await stored()).toEqual(byTime());
    expect(teams.calls).toEqual([`before ${chatId}`, `since ${chatId}`]);
    expect((await store.chats.get(account, chatId))?.unread).toBe(3);
  });

  test('at most one read in 15 s over all tabs, even by the next worker', async () => {
    say(1);
    await Promise.all([pull.act(chatId), pull.act(chatId), pull.act(chatId)]);
    clock.move(14_999);
    await pull.act(chatId);
    pull = createPull(deps());
    await pull.act(chatId);
    expect(teams.calls).toHaveLength(1);
    await pull.act(chat2);
    expect(teams.calls).toHaveLength(2);
    clock.move(1);
    await Promise.all([pull.act(chatId), pull.act(chatId)]);
    expect(teams.calls).toHaveLength(3);
  });

  test('who joins a read under way waits for it and gets no news a second time', async () => {
    say(1);
    await pull.act(chatId);
    say(1, 15_000);
    const [a, b] = await Promise.all([pull.act(chatId), pull.act(chatId)]);
    expect([a.length, b.length]).toEqual([1, 0]);
  });

  test('Retry-After holds back later than the 15 s, and is told as a problem', async () => {
    teams.faults.read = fail('throttled', 'Busy', 'x', { retryAfter: 40 });
    await pull.act(chatId);
    expect(await pull.problem(chatId)).toMatchObject({ code: 'throttled' });
    expect(notices).toEqual([{ kind: 'view' }]);
    delete teams.faults.read;
    say(1, 39_999);
    await pull.act(chatId);
    expect(teams.calls).toHaveLength(1);
    clock.move(1);
    await pull.act(chatId);
    expect(await stored()).toHaveLength(1);
    expect(await pull.problem(chatId)).toBeNull();
  });

  test('an unchanged read tells nobody and writes nothing', async () => {
    say(3);
    await pull.act(chatId);
    const row = await store.chats.get(account, chatId);
    notices = [];
    clock.move(15_000);
    await pull.act(chatId);
    expect([notices, await store.chats.get(account, chatId)]).toEqual([[], row]);
  });

  test('a failure of anything is kept, not thrown', async () => {
    teams.faults.read = new TypeError('what');
    await pull.act(chatId);
    expect(await pull.problem(chatId)).toMatchObject({ code: 'bug' });
    expect(await pull.syncedAt(chatId)).toBeNull();
  });

  test('without the permission, or signed out, nothing is read', async () => {
    reading = false;
    await pull.act(chatId);
    [reading, signedIn] = [true, null];
    await pull.act(chatId);
    expect(teams.calls).toEqual([]);
  });

  test('whoever signs out or switches while a read is under way leaves nothing behind', async () => {
    say(1);
    const api = {
      ...teams.api,
      writtenBefore: (...args: Parameters<typeof teams.api.writtenBefore>) => {
        signedIn = { ...ada, account: other };
        return teams.api.writtenBefore(...args);
      },
    };
    pull = createPull(deps({ api }));
    await pull.act(chatId);
    expect(await store.chats.list(account)).toEqual([]);
    expect(await store.chats.list(other)).toEqual([]);
    expect(await pull.syncedAt(chatId)).toBeNull();
  });

  test('what was stored is offered to the outbox before anybody is told', async () => {
    const seen: string[][] = [];
    pull = createPull(
      deps({
        stored: async (_, messages) => {
          expect(notices).toEqual([]);
          seen.push(messages.map((m) => m.id));
          expect(await stored()).toHaveLength(messages.length);
        },
      }),
    );
    const [m] = say(1);
    await pull.act(chatId);
    expect(seen).toEqual([[m?.id]]);
  });

  test('a message that comes to light after a later one is not passed over', async () => {
    say(1);
    await pull.act(chatId);
    clock.move(-4000);
    const late = teams.write(chatId, 'slow to appear');
    clock.move(19_000);
    await pull.act(chatId);
    expect((await stored()).map((m) => m.id)).toContain(late.id);
  });

  test('a chat that was empty when first read and filled up unseen has no hole', async () => {
    await pull.act(chatId);
    say(80);
    await pull.act(chatId);
    const page = await pull.page(chatId, (await stored())[0]?.id ?? null, 50);
    expect([page.messages.length, page.more]).toEqual([30, false]);
  });
});

describe('a read of many changes', () => {
  /** Fails at the nth page from now. */
  function cutAt(nth: number): void {
    const { changesIn } = teams.api;
    teams.api.changesIn = async function* (...args) {
      for await (const page of changesIn(...args)) {
        if (--nth === 0) throw fail('throttled', 'Busy', 'x', { retryAfter: 40 });
        yield page;
      }
    };
  }
  const known = () => store.chats.get(account, chatId);
  const visible = async () => (await stored()).map((m) => m.id);

  test('goes on to the end, however many', async () => {
    say(3);
    await pull.act(chatId);
    clock.move(15_000);
    say(220);
    expect(await pull.act(chatId)).toHaveLength(220);
    expect(await stored()).toEqual(byTime());
    expect(teams.calls).toHaveLength(1 + 5);
    expect((await known())?.gap).toBeUndefined();
  });

  test('that is cut off keeps its pages, shows no hole, and the next one asks for the rest alone', async () => {
    say(20);
    await pull.act(chatId);
    clock.move(15_000);
    const first = byTime()[3];
    say(160);
    // An old one, changed in between: it is no part of the newest run.
    if (first) alter(first, { html: 'edited' });
    say(30);
    cutAt(3);
    const before = (await known())?.watermark;
    expect(await pull.act(chatId), 'what it brought is news').toHaveLength(99);
    expect(await known()).toMatchObject({ watermark: before, gap: { upTo: byTime().at(-1)?.modifiedAt } });
    expect(await visible()).toEqual(
      byTime()
        .slice(-98)
        .map((m) => m.id),
    );
    expect((await store.messages.page(account, chatId, null, 200)).more).toBe(true);

    say(5, 60_000);
    teams.calls.length = 0;
    await pull.act(chatId);
    expect(await stored(1000)).toEqual(byTime());
    // 191 changes, 100 of them known; then the five new ones.
    expect(teams.calls).toHaveLength(2 + 1);
    expect((await known())?.gap).toBeUndefined();
    expect((await known())?.watermark).toBe(byTime().at(-1)?.modifiedAt);
  });

  test('whose first pages are all of old messages shows what was known, until it is through', async () => {
    const old = say(60);
    await pull.act(chatId);
    await pull.page(chatId, (await stored())[0]?.id ?? null, 50);
    clock.move(15_000);
    say(4);
    for (const m of old) {
      clock.move(5_000);
      alter(m, { reactions: [{ type: 'like', userId: me }] });
    }
    cutAt(2);
    await pull.act(chatId);
    expect(await visible()).toEqual(old.map((m) => m.id));
    clock.move(60_000);
    await pull.act(chatId);
    expect(await stored()).toEqual(byTime());
  });

  test('scrolling up to where one was cut off reads its rest', async () => {
    say(20);
    await pull.act(chatId);
    clock.move(15_000);
    say(130);
    cutAt(2);
    await pull.act(chatId);
    expect(await visible()).toHaveLength(49);
    clock.move(40_000);
    const oldest = (await stored())[0]?.id ?? null;
    expect((await pull.page(chatId, oldest, 100)).messages).toEqual(byTime().slice(1, 101));
  });

  test('more than a page of one instant is passed by', async () => {
    say(20);
    await pull.act(chatId);
    clock.move(60_000);
    say(3);
    for (const m of say(120)) alter(m, { html: 'all at once' });
    await pull.act(chatId);
    expect(await stored()).toEqual(byTime());
  });
});

describe('paging', () => {
  async function everything(size: number): Promise<{ messages: Message[]; pages: number }> {
    const messages: Message[] = [];
    let before: MessageId | null = null;
    await pull.act(chatId);
    for (let pages = 1; ; pages++) {
      const page = await pull.page(chatId, before, size);
      messages.unshift(...page.messages);
      if (!page.more) return { messages, pages };
      expect(page.messages.length).toBeGreaterThan(0);
      before = page.messages[0]?.id ?? null;
    }
  }

  test.each([7, 50, 100])('scrolling up by %i brings every message once, in order', async (size) => {
    say(237);
    expect((await everything(size)).messages).toEqual(byTime());
    const calls = teams.calls.length;
    expect((await everything(size)).messages).toEqual(byTime());
    expect(teams.calls).toHaveLength(calls);
  });

  test('several messages of one instant at the edge are not passed over', async () => {
    say(60, 1);
    const same = byTime()[10]?.createdAt ?? '';
    for (const [i, m] of byTime().entries()) {
      if (i < 11 && i > 7) teams.inChat(chatId).splice(teams.inChat(chatId).indexOf(m), 1, { ...m, createdAt: same });
    }
    expect((await everything(20)).messages.map((m) => m.id)).toEqual(byTime().map((m) => m.id));
  });

  test('the newest page comes from the store at once, without a request', async () => {
    say(120);
    await pull.act(chatId);
    const calls = teams.calls.length;
    say(1);
    expect((await pull.page(chatId, null, 50)).messages).toHaveLength(50);
    expect(teams.calls).toHaveLength(calls);
  });

  test('an empty chat is asked for once in 15 s, and has nothing more', async () => {
    await pull.act(chatId);
    for (let i = 0; i < 5; i++)
      expect(await pull.page(chatId, null, 50)).toEqual({ messages: [], more: false, filling: false });
    expect(teams.calls).toHaveLength(1);
  });

  test('the first page waits for nobody: it begins to fill, and a notice tells when that is done', async () => {
    say(3);
    let answer = () => {};
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const writtenBefore: typeof teams.api.writtenBefore = async function* (...args) {
      await slow;
      yield* teams.api.writtenBefore(...args);
    };
    pull = createPull(deps({ api: { ...teams.api, writtenBefore } }));
    expect(await pull.page(chatId, null, 50)).toEqual({ messages: [], more: false, filling: true });
    expect(notices).toEqual([]);
    answer();
    await pull.act(chatId);
    expect(notices).toContainEqual({ kind: 'messages', chatId, outbox: false });
    expect((await pull.page(chatId, null, 50)).messages).toHaveLength(3);
  });

  test('a chat that turns out empty is told of as well', async () => {
    await pull.act(chatId);
    expect(notices).toEqual([{ kind: 'messages', chatId, outbox: false }]);
  });

  test('an old message that was edited before we reached it makes no hole and no news', async () => {
    const old = say(120)[5];
    await pull.act(chatId);
    clock.move(15_000);
    if (old) alter(old, { html: 'edited long after' });
    expect(await pull.act(chatId)).toEqual([]);
    expect((await pull.page(chatId, null, 100)).messages).toEqual(byTime().slice(-50));
    expect((await everything(50)).messages).toEqual(byTime());
  });

  test('own messages kept before reading was allowed fall into their place', async () => {
    const mine = teams.write(chatId, 'mine', { from: { userId: me, name: 'Ada' } });
    await store.messages.save(account, chatId, { messages: [mine], me });
    say(150);
    reading = false;
    expect(await pull.page(chatId, null, 50)).toEqual({ messages: [mine], more: false });
    reading = true;
    await pull.act(chatId);
    expect((await everything(50)).messages).toEqual(byTime());
  });

  test('where older ones cannot be fetched, what is stored is shown; where nothing is, it says why', async () => {
    say(120);
    await pull.act(chatId);
    const first = (await stored())[0]?.id ?? null;
    const third = (await stored())[2]?.id ?? null;
    teams.faults.read = fail('offline', 'You are offline', 'x');
    expect(await pull.page(chatId, third, 50)).toMatchObject({ messages: [{}, {}], more: true });
    await expect(pull.page(chatId, first, 50)).rejects.toThrow('offline');
    await pull.act(chat2);
    await expect(pull.page(chat2, null, 50)).rejects.toThrow('offline');
    delete teams.faults.read;
    expect((await pull.page(chatId, first, 50)).messages).toHaveLength(50);
    expect(await pull.problem(chatId)).toBeNull();
  });

  test('signing out forgets what is known of reading', async () => {
    say(1);
    await pull.act(chatId);
    await pull.forget(account);
    expect(await pull.syncedAt(chatId)).toBeNull();
    expect(await createPull(deps()).syncedAt(chatId)).toBeNull();
  });
});
