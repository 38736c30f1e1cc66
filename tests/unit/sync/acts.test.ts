import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ErrorCode, fail } from '../../../lib/model/errors.ts';
import type { MessageId } from '../../../lib/model/ids.ts';
import { type Message, plainContent } from '../../../lib/model/message.ts';
import type { MessageAct } from '../../../lib/model/message-act.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { createOutbox, type Outbox, type OutboxDeps } from '../../../lib/sync/outbox.ts';
import { foldText } from '../../../lib/util/fold-text.ts';
import { account, bob, chatId, erpUser, freshIndexedDb, me, record } from '../storage/fixtures.ts';
import { fakeDrive } from './fake-drive.ts';
import { ada, fakeTeams, mortal, testClock } from './fixtures.ts';

let store: Store;
let clock: ReturnType<typeof testClock>;
let teams: ReturnType<typeof fakeTeams>;
let outbox: Outbox;
let online: boolean;
let mine: Message;

function deps(more: Partial<OutboxDeps> = {}): OutboxDeps {
  return {
    store,
    api: teams.api,
    files: fakeDrive(clock).api,
    clock,
    me: async () => ada,
    canRead: async () => true,
    changed: () => {},
    online: () => online,
    wake: () => {},
    ...more,
  };
}

/** A message of mine, and of Bob's, as a read has stored them. */
async function begin(): Promise<void> {
  freshIndexedDb();
  store = await openStore();
  teams = fakeTeams(clock);
  mine = teams.write(chatId, 'as written', { from: { userId: me, name: 'Ada' } });
  clock.move(1000);
  teams.write(chatId, 'by Bob', { from: { userId: bob, name: 'Bob' }, reactions: [{ type: 'like', userId: me }] });
  await store.messages.save(account, chatId, { messages: teams.inChat(chatId), me });
  clock.move(1000);
  outbox = createOutbox(deps());
}

beforeEach(async () => {
  clock = testClock();
  online = true;
  await begin();
});
afterEach(() => store.close());

let number = 0;
const done = async (act: MessageAct, localId = `act ${number++}`): Promise<void> => {
  await outbox.act({ localId, account, recordKey: record, chatId, erpUser, act, writtenAt: clock.now() });
  await outbox.drain();
};
const edit = (text: string, id = mine.id): MessageAct => ({ kind: 'edit', id, content: plainContent(text) });
const react = (reaction: string, on: boolean, id = mine.id): MessageAct => ({ kind: 'react', id, reaction, on });
const remove = (): MessageAct => ({ kind: 'delete', id: mine.id });
const restore = (): MessageAct => ({ kind: 'restore', id: mine.id });
const there = (id = mine.id) => teams.inChat(chatId).find((m) => m.id === id)!;
const here = async (id = mine.id) => (await store.messages.get(account, chatId, id))!;
const rows = async () => (await outbox.acts(account, chatId)).map(({ act, state }) => `${act.kind} ${state}`);
const writes = () =>
  teams.calls.filter((call) => /^(edit|delete|restore|react)/.test(call)).map((c) => c.split(' ')[0]);
const lost = () => fail('outcome-unknown', 'lost', 'lost');
const wrote = (m: Message) => foldText(m.html);
const bobs = () => teams.inChat(chatId)[1]!.id;

describe('at once', () => {
  test('an edit, a reaction, a deletion and its undoing reach Microsoft and the store, with no read but the last', async () => {
    await done(edit('better'));
    expect([wrote(there()), wrote(await here()), !!(await here()).editedAt]).toEqual(['better', 'better', true]);
    await done(react('🎉', true));
    expect((await here()).reactions).toEqual([{ type: '🎉', userId: me }]);
    await done(remove());
    expect([!!there().deletedAt, (await here()).html, (await here()).reactions]).toEqual([true, '', []]);
    expect(teams.calls.filter((call) => call.startsWith('get'))).toEqual([]);
    await done(restore());
    expect([there().deletedAt, wrote(await here())]).toEqual([null, 'better']);
    expect([await rows(), writes()]).toEqual([[], ['edit', 'react', 'delete', 'restore']]);
  });

  test('what Graph has of it takes the place of what was stored here', async () => {
    await done(edit('better'));
    await store.messages.save(account, chatId, { messages: [there()], me });
    expect(await here()).toEqual(there());
  });

  test('what the store has from Graph with it done stays as Graph gave it', async () => {
    const api: typeof teams.api = {
      ...teams.api,
      async changeMessage(...args) {
        await teams.api.changeMessage(...args);
        await store.messages.save(account, chatId, { messages: [there()], me });
      },
    };
    outbox = createOutbox(deps({ api }));
    await done(react('🎉', true));
    expect(await here()).toEqual(there());
  });

  test('a reaction that Graph calls by an old name is taken away by it', async () => {
    await done(react('👍', false, bobs()));
    expect(there(bobs()).reactions).toEqual([]);
    expect((await here(bobs())).reactions).toEqual([]);
  });

  test('the same id again changes nothing', async () => {
    await done(react('🎉', true), 'once');
    await done(react('🎉', false), 'once');
    expect([writes(), there().reactions.length]).toEqual([['react'], 1]);
  });
});

describe('while it waits', () => {
  beforeEach(() => {
    online = false;
  });
  const goOnline = async () => {
    online = true;
    await outbox.drain();
  };

  test('two edits are one, the last, under either id', async () => {
    await done(edit('first'), 'a');
    await done(edit('second'), 'b');
    await done(edit('third'), 'a');
    expect(await rows()).toEqual(['edit queued']);
    await goOnline();
    expect([writes(), wrote(there())]).toEqual([['edit'], 'second']);
  });

  test('a reaction set and taken away sends nothing, and once more set is sent once', async () => {
    await done(react('❤️', true));
    await done(react('❤', false));
    expect(await rows()).toEqual([]);
    await done(react('❤️', true));
    await done(react('❤️', true));
    await goOnline();
    expect([writes(), there().reactions.length]).toEqual([['react'], 1]);
  });

  test('a deletion drops the edit and the reactions that wait; taken back, they wait again', async () => {
    await done(edit('after all'));
    await done(react('🎉', true));
    await done(remove());
    expect(await rows()).toEqual(['delete queued']);
    await done(restore());
    expect(await rows()).toEqual(['edit queued', 'react queued']);
    await goOnline();
    expect([writes(), wrote(there())]).toEqual([['edit', 'react'], 'after all']);
  });

  test('a deletion that left took them with it', async () => {
    await done(edit('never seen'));
    await done(remove());
    await goOnline();
    await done(restore());
    expect([writes(), await rows(), wrote(await here())]).toEqual([['delete', 'restore'], [], 'as written']);
  });

  test('an undoing that waits is taken back by deleting again', async () => {
    online = true;
    await done(remove());
    online = false;
    await done(restore());
    await done(remove());
    await goOnline();
    expect([await rows(), writes(), !!there().deletedAt]).toEqual([[], ['delete'], true]);
  });

  test('an edit of what was edited in Teams meanwhile is not put over it; tried again it is', async () => {
    await done(edit('mine'));
    teams.change(chatId, edit('from the phone'), me);
    clock.move(60_000);
    await goOnline();
    expect([wrote(there()), wrote(await here()), await rows()]).toEqual([
      'from the phone',
      'from the phone',
      ['edit failed'],
    ]);
    const [failed] = await outbox.acts(account, chatId);
    expect(failed?.problem?.code).toBe('message-changed');
    await outbox.resend(failed!.localId);
    await outbox.drain();
    expect([wrote(there()), await rows()]).toEqual(['mine', []]);
  });

  test('messages and changes of other messages do not wait for one that waits', async () => {
    online = true;
    teams.faults.before = fail('throttled', 'x', 'x', { retryAfter: 60 });
    await done(edit('later'));
    delete teams.faults.before;
    const content = plainContent('hello');
    await outbox.enqueue({
      ...{ localId: 'm', account, recordKey: record, chatId, erpUser, content },
      ...{ replyTo: null, writtenAt: clock.now() },
    });
    await done(react('🎉', true, bobs()));
    await done(react('🎉', true));
    expect(await rows()).toEqual(['edit queued', 'react queued']);
    expect(teams.inChat(chatId).map(wrote)).toEqual(['as written', 'by Bob', 'hello']);
    clock.move(60_000);
    await outbox.drain();
    expect([await rows(), wrote(there())]).toEqual([[], 'later']);
  });
});

describe('an answer that is lost', () => {
  test.each([
    ['edit', () => edit('better'), 1],
    ['delete', remove, 1],
    ['react', () => react('🎉', true), 3],
  ] as const)('of %s: what has happened is seen at the message', async (_, act, times) => {
    teams.faults.after = lost();
    // A reaction is repeated at once, and again in a minute.
    await done(act());
    delete teams.faults.after;
    clock.move(60_000);
    await outbox.drain();
    expect([await rows(), writes().length]).toEqual([[], times]);
  });

  test('of what did not happen: done again, once looked', async () => {
    let first = true;
    const api: typeof teams.api = {
      ...teams.api,
      async changeMessage(...args) {
        teams.calls.push('try');
        if (!first) return teams.api.changeMessage(...args);
        first = false;
        throw lost();
      },
    };
    outbox = createOutbox(deps({ api }));
    await done(edit('better'));
    expect(teams.calls.map((c) => c.split(' ')[0])).toEqual(['try', 'get', 'try', 'edit']);
    expect([await rows(), wrote(there())]).toEqual([[], 'better']);
  });

  test('an edit that is not repeated over another: it fails, and says why', async () => {
    teams.faults.before = lost();
    teams.faults.read = fail('offline', 'x', 'x');
    await done(edit('mine'));
    delete teams.faults.before;
    delete teams.faults.read;
    teams.change(chatId, edit('from the phone'), me);
    clock.move(60_000);
    await outbox.drain();
    expect([wrote(there()), await rows(), writes()]).toEqual(['from the phone', ['edit failed'], ['edit']]);
  });

  test('an edit over an edit whose answer was lost is no conflict', async () => {
    teams.faults.after = lost();
    teams.faults.read = fail('offline', 'x', 'x');
    await done(edit('first'));
    await done(edit('second'));
    expect(await rows()).toEqual(['edit unknown', 'edit queued']);
    delete teams.faults.after;
    delete teams.faults.read;
    clock.move(60_000);
    await outbox.drain();
    expect([await rows(), wrote(there()), wrote(await here())]).toEqual([[], 'second', 'second']);
  });

  test('where Microsoft never does it: five times, a minute apart, then it has failed', async () => {
    teams.faults.before = fail('microsoft-down', 'Down', 'x');
    await done(edit('better'));
    for (let minute = 0; minute < 10; minute++) {
      clock.move(60_000);
      await outbox.drain();
    }
    expect([await rows(), writes().length]).toEqual([['edit failed'], 5]);
    delete teams.faults.before;
    const [failed] = await outbox.acts(account, chatId);
    await outbox.resend(failed!.localId);
    await outbox.drain();
    expect([await rows(), wrote(there())]).toEqual([[], 'better']);
  });
});

describe('refused', () => {
  test.each<ErrorCode>(['refused-by-microsoft', 'not-found', 'missing-scope', 'not-a-member'])(
    '%s: it failed with the reason, holds nothing back, and can be given up',
    async (code) => {
      teams.faults.before = fail(code, 'No', 'Ask for it.');
      await done(edit('better'));
      delete teams.faults.before;
      const [failed] = await outbox.acts(account, chatId);
      expect(failed).toMatchObject({ state: 'failed', problem: { code, title: 'No' } });
      await done(react('🎉', true));
      expect([await rows(), there().reactions.length]).toEqual([['edit failed'], 1]);
      await outbox.discard(failed!.localId);
      expect([await rows(), wrote(await here())]).toEqual([[], 'as written']);
    },
  );

  test('since it is so already, in Teams: done', async () => {
    teams.change(chatId, remove(), me);
    teams.faults.before = fail('refused-by-microsoft', 'Deleted already', 'x');
    await done(remove());
    expect([await rows(), !!(await here()).deletedAt]).toEqual([[], true]);
  });

  test('what failed gives way to what is done next', async () => {
    teams.faults.before = fail('refused-by-microsoft', 'No', 'x');
    await done(edit('first'));
    delete teams.faults.before;
    await done(edit('second'));
    expect([await rows(), wrote(there())]).toEqual([[], 'second']);
  });
});

describe('a message that was not sent yet', () => {
  const written = { account, recordKey: record, chatId, erpUser, replyTo: null };
  const send = async (text: string) => {
    const content = plainContent(text);
    await outbox.enqueue({ ...written, localId: 'm', content, writtenAt: clock.now() });
    await outbox.drain();
  };

  test('is edited where it waits', async () => {
    online = false;
    await send('with a slpi');
    await outbox.rewrite('m', plainContent('without'));
    online = true;
    await outbox.drain();
    expect(teams.inChat(chatId).map(wrote).at(-1)).toBe('without');
  });

  test('goes with the new text where it had been refused', async () => {
    teams.faults.before = fail('refused-by-microsoft', 'No', 'x');
    await send('refused');
    delete teams.faults.before;
    await outbox.rewrite('m', plainContent('taken'));
    await outbox.drain();
    expect(teams.inChat(chatId).map(wrote).at(-1)).toBe('taken');
  });

  test('cannot be edited once it may have left, and is told so', async () => {
    teams.faults.before = lost();
    await send('who knows');
    await expect(outbox.rewrite('m', plainContent('x'))).rejects.toMatchObject({ error: { code: 'not-permitted' } });
    await expect(outbox.rewrite('gone', plainContent('x'))).rejects.toMatchObject({ error: { code: 'not-permitted' } });
    const [row] = await outbox.view(account, chatId);
    expect(row?.content).toEqual(plainContent('who knows'));
    // Sent again, the first may still arrive: with the text it had.
    clock.move(60_000);
    await outbox.drain();
    online = false;
    await outbox.resend('m');
    await expect(outbox.rewrite('m', plainContent('x'))).rejects.toMatchObject({ error: { code: 'not-permitted' } });
  });

  test('takes the text it has when it leaves', async () => {
    let leaving: Promise<void> | null = null;
    const real = store.messages.newest;
    // Just before the row is marked as on its way.
    store.messages.newest = async (...args) => {
      leaving ??= outbox.rewrite('m', plainContent('at the last moment'));
      await leaving;
      return real(...args);
    };
    await send('too early');
    expect(teams.inChat(chatId).map(wrote).at(-1)).toBe('at the last moment');
  });
});

/** Every call of store and api is a line at which the worker may die, before its effect or after it. */
describe.each(['before', 'after'] as const)('a worker that dies %s any one step', (when) => {
  test.each([
    ['with a good network', null],
    ['with an answer lost', 'after'],
  ] as const)('%s: each act is done once, in order', async (_, fault) => {
    let deaths = 0;
    for (let dieAt = 1; ; dieAt++) {
      await begin();
      if (fault) teams.faults[fault] = lost();
      const life = mortal(dieAt, when);
      const first = createOutbox(deps({ store: life.wrap(store), api: life.wrap(teams.api) }));
      const all: [string, MessageAct][] = [
        ['a', edit('edited')],
        ['b', react('🎉', true)],
        ['c', { kind: 'delete', id: mine.id as MessageId }],
      ];
      const run = async (where: Outbox) => {
        for (const [localId, act] of all)
          await where.act({ localId, account, recordKey: record, chatId, erpUser, act, writtenAt: clock.now() });
        await where.drain();
      };
      await Promise.race([run(first), life.death]);
      if (!life.isDead()) break;
      deaths++;
      store.close();
      store = await openStore();
      delete teams.faults.after;
      const second = createOutbox(deps());
      await second.start();
      // The panel repeats the calls it had no answer to.
      await run(second);
      for (let minute = 0; minute < 3; minute++) {
        clock.move(60_000);
        await second.drain();
      }
      expect([`step ${dieAt}`, await second.acts(account, chatId)]).toEqual([`step ${dieAt}`, []]);
      expect([!!there().deletedAt, !!(await here()).deletedAt]).toEqual([true, true]);
      store.close();
    }
    expect(deaths).toBeGreaterThan(10);
  });
});
