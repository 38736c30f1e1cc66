import { describe, expect, it } from 'vitest';
import { budgetOf, createBudget, LONGEST_WAIT } from '../../../lib/graph/budget.ts';
import { limitsOf } from '../../../lib/graph/limits.ts';
import { fakeClock, fakeGraph, graphError, json } from './fake-graph.ts';

const A = limitsOf('GET', '/chats/19:a@thread.v2/messages');
const B = limitsOf('GET', '/chats/19:b@thread.v2/messages');
/** What is done to a message of a chat counts beside its messages. */
const EDIT = limitsOf('PATCH', '/chats/19:a@thread.v2/messages/1700000000000');
const REACT = limitsOf('POST', '/users/ada/chats/19:a@thread.v2/messages/1700000000000/setReaction');
const LIST = limitsOf('GET', '/me/chats?$top=50');
const MEMBERS = limitsOf('POST', '/chats/19:a@thread.v2/members');

/** When each of `n` calls in a row was let go, in milliseconds from the first. */
async function starts(limits: typeof A, n: number, random = 0) {
  const clock = fakeClock(0);
  const budget = createBudget(clock, undefined, () => random);
  const at: number[] = [];
  for (let i = 0; i < n; i++) {
    await budget.take(limits, { jitter: random > 0 });
    at.push(clock.now());
  }
  return at;
}

describe("Graph's limits", () => {
  it('one read a second in a chat, and other chats do not wait for it', async () => {
    expect(await starts(A, 3)).toEqual([0, 1100, 2200]);
    const clock = fakeClock(0);
    const budget = createBudget(clock);
    await budget.take(A, { jitter: false });
    await budget.take(B, { jitter: false });
    expect(clock.now()).toBe(0);
  });

  it('five lists of chats a second', async () => {
    expect(await starts(LIST, 7)).toEqual([0, 0, 0, 0, 0, 1100, 1100]);
  });

  it('reads and sends of one chat do not wait for each other', async () => {
    const clock = fakeClock(0);
    const budget = createBudget(clock);
    await budget.take(A, { jitter: false });
    await budget.take(limitsOf('POST', '/chats/19:a@thread.v2/messages'), { jitter: false });
    expect(clock.now()).toBe(0);
  });

  it('what is done to messages of one chat is one a second, and holds no message of it back', async () => {
    expect(EDIT).toEqual(REACT);
    expect(await starts(REACT, 2)).toEqual([0, 1100]);
    const clock = fakeClock(0);
    const budget = createBudget(clock);
    await budget.take(EDIT, { jitter: false });
    await budget.take(limitsOf('POST', '/chats/19:a@thread.v2/messages/replyWithQuote'), { jitter: false });
    expect(clock.now()).toBe(0);
  });

  it('four members a minute, the fifth is told how long', async () => {
    await expect(starts(MEMBERS, 5)).rejects.toMatchObject({ error: { code: 'throttled', retryAfter: 63 } });
    expect(await starts(MEMBERS, 4)).toEqual([0, 0, 0, 0]);
  });

  it('twenty reads a second over all chats', async () => {
    const clock = fakeClock(0);
    const budget = createBudget(clock);
    for (let i = 0; i < 21; i++) await budget.take(limitsOf('GET', `/chats/${i}/messages`), { jitter: false });
    expect(clock.now()).toBe(1100);
  });

  it('each part of a $batch counts', async () => {
    const clock = fakeClock(0);
    const budget = createBudget(clock);
    const part = { key: 'read', count: 20, window: 1100 };
    await budget.take([{ ...part, cost: 15 }], { jitter: false });
    await budget.take([{ ...part, cost: 5 }], { jitter: false });
    expect(clock.now()).toBe(0);
    await budget.take([part], { jitter: false });
    expect(clock.now()).toBe(1100);
  });

  it('jitter lengthens waits of reads, never shortens', async () => {
    expect(await starts(A, 2, 0.5)).toEqual([0, 1225]);
  });
});

it('holds calls that already wait when a 429 comes', async () => {
  const clock = fakeClock(0);
  const budget = createBudget(clock);
  await budget.take(A, { jitter: false });
  const sleep = clock.sleep;
  clock.sleep = async (ms, signal) => {
    clock.sleep = sleep;
    budget.blocked(A, 5);
    return sleep(ms, signal);
  };
  await budget.take(A, { jitter: false });
  expect(clock.now()).toBeGreaterThanOrEqual(5000);
});

describe('several accounts', () => {
  const clock = fakeClock(0);
  const all = createBudget(clock);
  const of = (account: string, tenant: string) => budgetOf(all, { account, tenant });
  const [ada, bob, gina] = [of('ada', 'north'), of('bob', 'north'), of('gina', 'south')];

  it('of one organisation share what Microsoft counts per chat, and no user pays for another’s lists', async () => {
    await ada.take(A, { jitter: false });
    for (let i = 0; i < 5; i++) await ada.take(LIST, { jitter: false });
    await gina.take(A, { jitter: false });
    for (let i = 0; i < 5; i++) await bob.take(LIST, { jitter: false });
    expect(clock.now()).toBe(0);
    await bob.take(A, { jitter: false });
    expect(clock.now()).toBe(1100);
  });

  it('a 429 of one holds nobody of another organisation back', async () => {
    ada.blocked([...A, ...LIST], 600);
    const before = clock.now();
    await gina.take(A, { jitter: false });
    await bob.take(LIST, { jitter: false });
    expect(clock.now()).toBe(before);
    await expect(bob.take(A, { jitter: false })).rejects.toMatchObject({ error: { code: 'throttled' } });
    await expect(ada.take(LIST, { jitter: false })).rejects.toMatchObject({ error: { code: 'throttled' } });
  });
});

it('remembers over the death of the worker', async () => {
  const items: Record<string, unknown> = {};
  const session = {
    get: async () => structuredClone(items),
    set: async (values: Record<string, unknown>) => void Object.assign(items, structuredClone(values)),
  };
  const clock = fakeClock(0);
  const first = createBudget(clock, session);
  await first.take(A, { jitter: false });
  first.blocked(LIST, 9);
  const second = createBudget(clock, session);
  await second.take(A, { jitter: false });
  expect(clock.now()).toBe(1100);
  await second.take(LIST, { jitter: false });
  expect(clock.now()).toBe(9000);
});

it('survives a session area that fails or holds nonsense', async () => {
  const clock = fakeClock(0);
  const broken = { get: () => Promise.reject(new Error('x')), set: () => Promise.reject(new Error('x')) };
  await createBudget(clock, broken).take(A, { jitter: false });
  const nonsense = { get: async () => ({ 'graph.budget': 'x' }), set: async () => {} };
  await createBudget(clock, nonsense).take(A, { jitter: false });
  expect(clock.now()).toBe(0);
});

it('paces what the client sends', async () => {
  const { graph, sent } = fakeGraph([json({ value: [] })]);
  for (let i = 0; i < 3; i++) await graph.get('/chats/19:a@thread.v2/messages?$top=1');
  const gaps = sent.slice(1).map((s, i) => s.at - (sent[i]?.at ?? 0));
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1000);
  expect(LONGEST_WAIT).toBeLessThan(25_000);
});

it('a 429 in one chat holds its reads back and lets sends through', async () => {
  const { graph, sent, clock } = fakeGraph([
    graphError(429, 'x', 'x', { 'Retry-After': '60' }),
    json({ id: '1' }, 201),
  ]);
  await expect(graph.get('/chats/19:a@thread.v2/messages')).rejects.toMatchObject({ error: { code: 'throttled' } });
  await graph.post('/chats/19:a@thread.v2/messages', { body: { content: 'x' } }, (x) => x);
  expect(clock.slept).toEqual([]);
  expect(sent).toHaveLength(2);
});
