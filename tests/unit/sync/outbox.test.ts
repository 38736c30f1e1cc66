import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ErrorCode, fail } from '../../../lib/model/errors.ts';
import type { MessageId } from '../../../lib/model/ids.ts';
import { type MessageContent, plainContent } from '../../../lib/model/message.ts';
import type { ChangeNotice } from '../../../lib/rpc/contract.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import type { SendRow } from '../../../lib/storage/schema.ts';
import { createOutbox, type Outbox, type OutboxDeps } from '../../../lib/sync/outbox.ts';
import { findCopy } from '../../../lib/sync/read-back.ts';
import { foldText } from '../../../lib/util/fold-text.ts';
import { account, bob, chat2, chatId, erpUser, freshIndexedDb, me, other, record } from '../storage/fixtures.ts';
import { fakeDrive } from './fake-drive.ts';
import { ada, besides, fakeTeams, mortal, testClock } from './fixtures.ts';

let store: Store;
let clock: ReturnType<typeof testClock>;
let teams: ReturnType<typeof fakeTeams>;
let outbox: Outbox;
let signedIn: typeof ada | null;
let reading: boolean;
let online: boolean;
let wakes: number[];
let notices: ChangeNotice[];

function deps(more: Partial<OutboxDeps> = {}): OutboxDeps {
  return {
    store,
    api: teams.api,
    files: fakeDrive(clock).api,
    clock,
    me: async () => signedIn,
    canRead: async () => reading,
    changed: (notice) => void notices.push(notice),
    online: () => online,
    wake: (at) => void wakes.push(at),
    ...more,
  };
}

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  teams = fakeTeams(clock);
  [signedIn, reading, online, wakes, notices] = [ada, true, true, [], []];
  outbox = createOutbox(deps());
});
afterEach(() => store.close());

const written = (localId: string, html = `text ${localId}`, chat = chatId) => {
  const content = plainContent(html);
  return { localId, account, recordKey: record, chatId: chat, erpUser, content, replyTo: null, writtenAt: clock.now() };
};
const texts = (chat = chatId) => teams.inChat(chat).map((m) => foldText(m.html));
const states = async () => (await store.outbox.list(account)).map((row) => `${row.localId} ${row.state}`);
const sends = () => teams.calls.filter((call) => call.startsWith('send')).length;
const lost = () => fail('outcome-unknown', 'lost', 'lost');
const write = async (...args: Parameters<typeof written>) => {
  await outbox.enqueue(written(...args));
  await outbox.drain();
};

describe('sending', () => {
  test('one message goes out once and is stored with the row gone', async () => {
    await write('a');
    expect(texts()).toEqual(['text a']);
    expect(await states()).toEqual([]);
    expect((await store.messages.page(account, chatId, null, 9)).messages).toEqual(teams.inChat(chatId));
    expect(notices.at(-1)).toEqual({ kind: 'messages', chatId, outbox: true });
  });

  test('the same id again, before and after it was sent, sends nothing', async () => {
    await Promise.all([outbox.enqueue(written('a')), outbox.enqueue(written('a'))]);
    await outbox.drain();
    await write('a', 'another text');
    expect(texts()).toEqual(['text a']);
  });

  test('many at once keep their order in each chat', async () => {
    for (let i = 0; i < 8; i++) await outbox.enqueue(written(`m${i}`, `text ${i}`, i % 2 ? chat2 : chatId));
    await Promise.all([outbox.drain(), outbox.drain(), outbox.drain(chatId)]);
    expect(texts()).toEqual(['text 0', 'text 2', 'text 4', 'text 6']);
    expect(texts(chat2)).toEqual(['text 1', 'text 3', 'text 5', 'text 7']);
  });

  test('the row is on the disk as sending before the first byte leaves', async () => {
    let atSend: string[] = [];
    const api = {
      ...teams.api,
      sendMessage: async (...args: Parameters<typeof teams.api.sendMessage>) => {
        atSend = await states();
        return teams.api.sendMessage(...args);
      },
    };
    outbox = createOutbox(deps({ api }));
    await write('a');
    expect(atSend).toEqual(['a sending']);
  });

  test('offline it waits, and goes when the network is back', async () => {
    online = false;
    await write('a');
    expect([await states(), sends(), wakes.at(-1)]).toEqual([['a queued'], 0, clock.now() + 60_000]);
    online = true;
    await outbox.drain();
    expect(texts()).toEqual(['text a']);
  });

  test('the network fails before anything left: it waits', async () => {
    teams.faults.before = fail('offline', 'x', 'x');
    await write('a');
    expect(await store.outbox.get(account, 'a')).toMatchObject({ state: 'queued', startedAt: null, problem: null });
    delete teams.faults.before;
    clock.move(4999);
    await outbox.drain();
    expect(sends()).toBe(1);
    clock.move(1);
    await outbox.drain();
    expect([texts(), sends()]).toEqual([['text a'], 2]);
  });

  test('throttled, it waits as long as Microsoft says, and what follows waits behind it', async () => {
    teams.faults.before = fail('throttled', 'x', 'x', { retryAfter: 7 });
    await write('a');
    delete teams.faults.before;
    await write('b');
    expect([await states(), sends()]).toEqual([['a queued', 'b queued'], 1]);
    expect(wakes.at(-1)).toBe(clock.now() + 7000);
    clock.move(6999);
    await outbox.drain();
    expect(sends()).toBe(1);
    clock.move(1);
    await outbox.drain();
    expect(texts()).toEqual(['text a', 'text b']);
  });

  test.each<ErrorCode>(['not-a-member', 'not-found', 'refused-by-microsoft'])(
    'refused with %s it failed; the next goes, and it may be sent again',
    async (code) => {
      teams.faults.before = fail(code, 'No', 'Ask for it.');
      await write('a');
      delete teams.faults.before;
      await write('b');
      expect([await states(), texts()]).toEqual([['a failed'], ['text b']]);
      expect((await outbox.view(account, chatId))[0]?.problem).toMatchObject({ code, title: 'No' });
      await outbox.resend('a');
      await outbox.drain();
      expect(texts()).toEqual(['text b', 'text a']);
    },
  );

  test('signed out it keeps the text and says why; signed in it goes', async () => {
    teams.faults.before = fail('signed-out', 'Sign in', 'x');
    await write('a');
    expect(await store.outbox.get(account, 'a')).toMatchObject({ state: 'queued', problem: { code: 'signed-out' } });
    await outbox.drain();
    expect(sends()).toBe(1);
    clock.move(15_000);
    signedIn = null;
    await outbox.drain();
    delete teams.faults.before;
    signedIn = { ...ada, account: other };
    await outbox.drain();
    expect(sends()).toBe(1);
    signedIn = ada;
    await outbox.drain();
    expect(texts()).toEqual(['text a']);
  });

  test('what waited for a sign-in goes as soon as there is one', async () => {
    teams.faults.before = fail('signed-out', 'Sign in', 'x');
    await write('a');
    delete teams.faults.before;
    await outbox.drain();
    expect(sends()).toBe(1);
    await outbox.mended();
    expect(texts()).toEqual(['text a']);
  });

  test('too long for Teams is refused before it is written', async () => {
    await expect(outbox.enqueue(written('a', 'ü'.repeat(14_001)))).rejects.toThrow('too-long');
    expect(await states()).toEqual([]);
  });

  test('what an older version wrote, a text alone, goes too', async () => {
    await store.outbox.add(written('a'));
    const db = await openDB('deskside');
    const { content, replyTo, ...older } = await db.get('outbox', [account, 'a']);
    await db.put('outbox', { ...older, html: 'from before' });
    db.close();
    expect(await outbox.view(account, chatId)).toMatchObject([{ content: plainContent('from before'), replyTo: null }]);
    await outbox.drain();
    expect(texts()).toEqual(['from before']);
  });

  test('discarded while it waits it never leaves, not by a repeated call either', async () => {
    online = false;
    await write('a');
    await outbox.discard('a');
    online = true;
    await write('a');
    expect([sends(), await states()]).toEqual([0, []]);
  });
});

describe('a lost answer', () => {
  test('is found by reading back at once, and the message is there once', async () => {
    teams.faults.after = lost();
    await write('a', 'two words');
    expect([texts(), sends(), await states()]).toEqual([['two words'], 1, []]);
  });

  test.each(['bug', 'microsoft-down'] as const)('%s after the bytes left counts as lost', async (code) => {
    teams.faults.after = code === 'bug' ? new TypeError('unreadable answer') : fail(code, 'x', 'x');
    await write('a');
    expect([texts(), sends(), await states()]).toEqual([['text a'], 1, []]);
  });

  test('that never arrived: two empty looks a minute apart, then the person may send again', async () => {
    teams.faults.before = lost();
    await write('a');
    await write('b');
    expect(await states()).toEqual(['a unknown', 'b queued']);
    expect(await outbox.view(account, chatId)).toMatchObject([{ emptyLooks: 1, mayResend: false }, {}]);
    await expect(outbox.resend('a')).rejects.toThrow('not-permitted');
    expect(wakes.at(-1)).toBe(clock.now() + 60_000);
    clock.move(59_999);
    await outbox.drain();
    expect((await outbox.view(account, chatId))[0]).toMatchObject({ emptyLooks: 1 });
    clock.move(1);
    await outbox.drain();
    expect((await outbox.view(account, chatId))[0]).toMatchObject({ emptyLooks: 2, mayResend: true });
    expect((await outbox.view(account, chatId))[0]?.problem?.text).toMatch(/twice/);
    expect(sends()).toBe(1);
    delete teams.faults.before;
    await outbox.resend('a');
    await outbox.drain();
    expect([texts(), await states()]).toEqual([['text a', 'text b'], []]);
  });

  test('that comes to light late: "send again" looks first and sends nothing', async () => {
    teams.faults.before = lost();
    await write('a');
    clock.move(60_000);
    await outbox.drain();
    delete teams.faults.before;
    teams.write(chatId, 'text a', { from: { userId: me, name: 'Ada' } });
    await outbox.resend('a');
    await outbox.drain();
    expect([texts(), sends(), await states()]).toEqual([['text a'], 1, []]);
  });

  test('two identical texts: each row finds its own copy, none is doubled', async () => {
    teams.faults.after = lost();
    await write('a', 'yes');
    clock.move(1000);
    await write('b', 'yes');
    expect([texts(), sends(), await states()]).toEqual([['yes', 'yes'], 2, []]);
    const a = await store.outbox.outcome(account, 'a');
    const b = await store.outbox.outcome(account, 'b');
    expect([a, b]).toEqual(teams.inChat(chatId).map((m) => ({ kind: 'sent', serverId: m.id })));
  });

  test('an identical text that was there before, or by somebody else, or in another chat, settles nothing', async () => {
    await write('first', 'yes');
    clock.move(1000);
    teams.faults.before = lost();
    await write('a', 'yes');
    teams.write(chatId, 'yes', { from: { userId: bob, name: 'Bob' } });
    teams.write(chat2, 'yes', { from: { userId: me, name: 'Ada' } });
    clock.move(60_000);
    await outbox.drain();
    expect(await states()).toEqual(['a unknown']);
  });

  test('a message of mine that a read had stored before the send began settles nothing', async () => {
    const earlier = teams.write(chatId, 'yes', { from: { userId: me, name: 'Ada' } });
    await store.messages.save(account, chatId, { messages: [earlier], me });
    clock.move(1000);
    teams.faults.before = lost();
    await write('a', 'yes');
    expect(await states()).toEqual(['a unknown']);
  });

  test('a look that fails is no empty look', async () => {
    teams.faults.before = lost();
    teams.faults.read = fail('throttled', 'x', 'x', { retryAfter: 90 });
    await write('a');
    expect(await store.outbox.get(account, 'a')).toMatchObject({ emptyLooks: 0, notBefore: clock.now() + 90_000 });
  });

  test('nobody heard, since the worker died: looked for, not sent again', async () => {
    await store.outbox.add(written('a'));
    await store.outbox.change(account, 'a', ['queued'], { state: 'sending', startedAt: clock.now() });
    await outbox.start();
    clock.move(60_000);
    await outbox.drain();
    expect([await states(), sends()]).toEqual([['a unknown'], 0]);
    teams.write(chatId, 'text a', { from: { userId: me, name: 'Ada' } });
    clock.move(60_000);
    await outbox.drain();
    expect([await states(), sends()]).toEqual([[], 0]);
  });

  test('what another account has on its way is its own outbox’s to judge', async () => {
    await store.outbox.add({ ...written('a'), account: other });
    await store.outbox.change(other, 'a', ['queued'], { state: 'sending', startedAt: clock.now() });
    await outbox.start();
    expect(await store.outbox.get(other, 'a')).toMatchObject({ state: 'sending' });
  });

  test('a copy that has settled one row is nobody else’s', async () => {
    await store.outbox.add(written('a', 'yes'));
    const row = (await store.outbox.list(account))[0] as SendRow;
    const copies = [0, 1].map(() => teams.write(chatId, 'yes', { from: { userId: me, name: 'Ada' } }));
    expect(findCopy(copies, row, me, new Set())).toEqual(copies[0]);
    expect(findCopy(copies, row, me, new Set([copies[0]?.id ?? '']))).toEqual(copies[1]);
    expect(findCopy([], row, me, new Set())).toBeNull();
    expect(findCopy(copies, { ...row, content: plainContent('<img src="x">') }, me, new Set())).toBeNull();
    expect(findCopy(copies, { ...row, startedAt: clock.now() + 5 * 60_000 + 10 }, me, new Set())).toBeNull();
  });

  test('a card, a quote and a picture are told from those of another message with the same text', async () => {
    const mine = { from: { userId: me, name: 'Ada' } };
    const card = { id: 'guid-1', contentType: 'application/vnd.microsoft.card.adaptive', content: '{}' };
    const rowOf = (content: Partial<MessageContent>, replyTo: MessageId | null = null): SendRow =>
      ({ ...written('a'), startedAt: clock.now(), content: { ...plainContent(''), ...content }, replyTo }) as SendRow;
    const picture = '<img src="https://graph.microsoft.com/v1.0/chats/c/messages/1/hostedContents/x/$value">';
    const bare = teams.write(chatId, 'look', mine);
    const quote = teams.write(chatId, 'look', { ...mine, attachments: besides(plainContent(''), bare.id) });
    const other = teams.write(chatId, 'look', { ...mine, attachments: besides(plainContent(''), quote.id) });
    const pictured = teams.write(chatId, `look${picture}`, mine);
    const carded = teams.write(chatId, '', {
      ...mine,
      attachments: besides({ ...plainContent(''), attachments: [card] }, null),
    });
    const all = [carded, pictured, other, quote, bare];
    const find = (row: SendRow, among = all) => findCopy(among, row, me, new Set());
    expect(find(rowOf({ html: 'look' }))).toBe(bare);
    expect(find(rowOf({ html: 'look' }), [carded, pictured, other, quote])).toBeNull();
    expect(find(rowOf({ html: 'look' }, quote.id))).toBe(other);
    expect(find(rowOf({ html: 'look' }, other.id))).toBeNull();
    const image = { id: '1', contentType: 'image/png', bytes: 'AA==' };
    expect(find(rowOf({ html: 'look<img src="../hostedContents/1/$value">', images: [image] }))).toBe(pictured);
    expect(find(rowOf({ html: '<attachment id="guid-1"></attachment>', attachments: [card] }))).toBe(carded);
    expect(
      find(rowOf({ html: '<attachment id="guid-2"></attachment>', attachments: [{ ...card, id: 'guid-2' }] })),
    ).toBeNull();
    // A picture and nothing else is like any other.
    expect(find(rowOf({ html: '<img src="../hostedContents/1/$value">', images: [image] }), [pictured])).toBeNull();
  });

  test('what a read has stored settles it without a look', async () => {
    teams.faults.before = lost();
    await write('a');
    const copy = teams.write(chatId, 'text a', { from: { userId: me, name: 'Ada' } });
    await outbox.settleFrom(chatId, [copy]);
    expect(await store.outbox.outcome(account, 'a')).toEqual({ kind: 'sent', serverId: copy.id });
  });

  test('in the base tier nothing is read, and the person decides at once', async () => {
    reading = false;
    teams.faults.after = lost();
    await write('a');
    expect((await outbox.view(account, chatId))[0]).toMatchObject({ state: 'unknown', mayResend: true, emptyLooks: 0 });
    expect((await outbox.view(account, chatId))[0]?.problem?.text).toMatch(/twice/);
    expect(teams.calls).toEqual([`send ${chatId}`]);
    await outbox.discard('a');
    expect(await states()).toEqual([]);
  });
});

/** Every call of store and api is a line at which the worker may die, before its effect or after it. */
describe.each(['before', 'after'] as const)('a worker that dies %s any one step', (when) => {
  test.each([
    ['with a good network', null],
    ['with the answer lost', 'after'],
    ['with the message lost', 'before'],
  ] as const)('%s: no message is doubled, and none is gone without a word', async (_, fault) => {
    let deaths = 0;
    for (let dieAt = 1; ; dieAt++) {
      freshIndexedDb();
      store = await openStore();
      teams = fakeTeams(clock);
      if (fault) teams.faults[fault] = lost();
      const life = mortal(dieAt, when);
      const first = createOutbox(deps({ store: life.wrap(store), api: life.wrap(teams.api) }));
      const run = async () => {
        await first.enqueue(written('a', 'same'));
        await first.enqueue(written('b', 'same'));
        await first.drain();
      };
      await Promise.race([run(), life.death]);
      if (!life.isDead()) break;
      deaths++;
      store.close();

      // The next worker, and the panel that repeats the call it had no answer to.
      store = await openStore();
      delete teams.faults.before;
      delete teams.faults.after;
      const second = createOutbox(deps());
      await second.start();
      await second.enqueue(written('a', 'same'));
      await second.enqueue(written('b', 'same'));
      await second.drain();
      for (let minute = 0; minute < 3; minute++) {
        clock.move(60_000);
        await second.drain();
      }
      const copies = texts().length;
      const rows = await store.outbox.list(account);
      // At most one is unsure (the one on its way), and says so; each other has its own copy.
      expect([`step ${dieAt}`, copies + rows.length]).toEqual([`step ${dieAt}`, 2]);
      for (const [i, row] of rows.entries()) {
        expect(row.state).toBe(i ? 'queued' : 'unknown');
        if (!i) expect(row.mayResend).toBe(true);
      }
      // None was tried twice by itself.
      expect(sends()).toBeLessThanOrEqual(2);
      // The person sends again what was not found: then all is there, once.
      if (rows[0]) await second.resend(rows[0].localId);
      await second.drain();
      expect(texts()).toEqual(['same', 'same']);
      expect(await store.outbox.list(account)).toEqual([]);
      expect((await store.messages.page(account, chatId, null, 9)).messages).toHaveLength(2);
      store.close();
    }
    expect(deaths).toBeGreaterThan(10);
  });
});
