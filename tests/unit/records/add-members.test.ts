import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppFailure, fail } from '../../../lib/model/errors.ts';
import { asOrigin, asUserId } from '../../../lib/model/ids.ts';
import { ADD_MEMBERS, type Adding, addingHandler } from '../../../lib/records/add-members.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { createJobs } from '../../../lib/sync/jobs.ts';
import { account, chatId, erpUser, freshIndexedDb, record } from '../storage/fixtures.ts';
import { testClock } from '../sync/fixtures.ts';

/** A chat of Teams: who is in it, what each POST does, and what was asked. */
class Chat {
  members: string[] = ['me'];
  posts: string[] = [];
  /** Thrown in the place of an answer; `after` where the member was taken all the same. */
  trouble: { error: AppFailure; after?: boolean } | null = null;

  graph = {
    root: async () => 'https://graph.microsoft.com/v1.0',
    get: async (path: string) =>
      path.endsWith('/members')
        ? { value: this.members.map((id) => ({ id: `m-${id}`, userId: id, displayName: id, roles: ['owner'] })) }
        : { id: chatId, chatType: 'group', topic: 't', members: this.members.map((id) => ({ userId: id })) },
    post: async (_: string, body: Record<string, string>) => {
      const id = /users\('(.+)'\)/.exec(body['user@odata.bind'] ?? '')![1]!;
      expect(body).not.toHaveProperty('visibleHistoryStartDateTime');
      this.posts.push(id);
      const trouble = this.trouble;
      this.trouble = null;
      if (!trouble || trouble.after) this.members.push(id);
      if (trouble) throw trouble.error;
    },
  };
}

let store: Store;
let clock: ReturnType<typeof testClock>;
let chat: Chat;
const people = (...ids: string[]) => ids.map((id) => ({ userId: asUserId(id), role: 'owner' as const, name: id }));
const data = (queue: Adding['queue']): Adding => ({ chatId, queue, trying: null, added: [], failed: [] });
const job = async () => (await store.jobs.list(account))[0];
const state = async () => (await job())?.data as Adding;

function start() {
  const worker = {
    store,
    graph: chat.graph,
    auth: { account: async () => ({ id: account }) },
    changes: { tell: () => {} },
  } as unknown as Worker;
  return createJobs({ store, clock, wake: () => {}, handlers: { [ADD_MEMBERS]: addingHandler(() => worker) } });
}
async function run(queue: Adding['queue'], more: Partial<Adding> = {}) {
  const row = { id: 'j', kind: ADD_MEMBERS, account, recordKey: record, origin: asOrigin('https://erp.test'), erpUser };
  await store.jobs.add({
    ...row,
    step: 'adding',
    data: { ...data(queue), ...more },
    createdAt: 0,
    updatedAt: 0,
    wakeAt: null,
    problem: null,
    question: null,
  });
  await start().run(account, 'j');
}

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  chat = new Chat();
});
afterEach(() => store.close());

describe('adding people to a chat', () => {
  it('adds them one by one, without history, and reports', async () => {
    await run(people('bob', 'carol'));
    expect(chat.posts).toEqual(['bob', 'carol']);
    expect(await job()).toMatchObject({ step: 'told', question: { kind: 'told' } });
    expect(await state()).toMatchObject({ queue: [], added: ['bob', 'carol'], failed: [] });
  });

  it('looks before it repeats what a dead worker had begun', async () => {
    chat.members.push('bob');
    await run(people('bob', 'carol'), { trying: asUserId('bob') });
    expect(chat.posts).toEqual(['carol']);
    expect((await state()).added).toEqual(['bob', 'carol']);
  });

  it('looks after a lost answer, and adds nobody twice', async () => {
    chat.trouble = { error: fail('outcome-unknown', 'lost', 'lost'), after: true };
    await run(people('bob'));
    expect(await job()).toMatchObject({ wakeAt: clock.now() + 5000 });
    clock.move(5000);
    await start().start();
    expect(chat.posts).toEqual(['bob']);
    expect((await state()).added).toEqual(['bob']);
  });

  it('waits as long as Microsoft asks', async () => {
    chat.trouble = { error: fail('throttled', 't', 't', { retryAfter: 47 }) };
    await run(people('bob'));
    expect(await job()).toMatchObject({ wakeAt: clock.now() + 47_000, problem: null });
    clock.move(46_000);
    await start().start();
    expect(chat.posts).toHaveLength(1);
    clock.move(1000);
    await start().start();
    expect((await state()).added).toEqual(['bob']);
  });

  it('names whom Microsoft refuses, goes on with the others, and offers the refused no more', async () => {
    await store.links.put({
      account,
      recordKey: record,
      chatId,
      confirmedBy: 'created',
      recordCreation: 'c',
      linkedAt: 0,
    });
    chat.trouble = { error: fail('refused-by-microsoft', 'no', 'Their licence does not allow it.') };
    await run(people('bob', 'carol'));
    expect(await state()).toMatchObject({
      added: ['carol'],
      failed: [{ userId: 'bob', name: 'bob', text: 'Their licence does not allow it.' }],
    });
    expect((await store.links.get(account, record))?.dismissed).toEqual(['bob']);
  });

  it('takes a refusal for done where a colleague was quicker', async () => {
    chat.trouble = { error: fail('refused-by-microsoft', 'already a member', '') };
    chat.members.push('bob');
    await run(people('bob'));
    expect(await state()).toMatchObject({ added: ['bob'], failed: [] });
  });

  it('reports though Microsoft asks for a pause right after the last one', async () => {
    const { get } = chat.graph;
    chat.graph.get = async (path) => {
      if (path.endsWith('/members')) return get(path);
      throw fail('throttled', 't', 't', { retryAfter: 30 });
    };
    await run(people('bob'));
    expect(await job()).toMatchObject({ step: 'told', problem: null, question: { kind: 'told' } });
  });

  it('stops where I am no longer in the chat', async () => {
    chat.trouble = { error: fail('not-a-member', 'out', 'out') };
    await run(people('bob', 'carol'));
    expect((await job())?.problem).toMatchObject({ code: 'not-a-member' });
    expect(chat.posts).toEqual(['bob']);
  });
});
