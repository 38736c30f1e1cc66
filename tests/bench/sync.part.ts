import { createBudget } from '../../lib/graph/budget.ts';
import { listPreviews } from '../../lib/graph/chats.ts';
import { createGraph } from '../../lib/graph/client.ts';
import { firstPages, messagePages, writtenBefore } from '../../lib/graph/messages.ts';
import type { Clock } from '../../lib/model/clock.ts';
import { asAccountId, asChatId, asUserId, type RecordKey } from '../../lib/model/ids.ts';
import { createMemoryDb } from '../../lib/storage/memory-db.ts';
import { storeOver } from '../../lib/storage/open.ts';
import type { MessageApi } from '../../lib/sync/message-api.ts';
import { createPull } from '../../lib/sync/pull.ts';
import { createSyncAll } from '../../lib/sync/sync-all.ts';
import { createWorld, READING } from '../unit/sandbox/graph/world.ts';
import { type BenchPart, type BenchRow, countRow } from './bench-row.ts';

/** One request's way there and back. */
const RTT_MS = 50;
const ALICE = 'alice@contoso.test';
const BOB = 'bob@contoso.test';

/** G1 to G3: a run through all chats, against the sandbox's Graph with Microsoft's limits, on a clock that jumps. */
export const syncPart: BenchPart = {
  ids: ['G1', 'G2', 'G3'],
  async rows(wanted) {
    const rows: BenchRow[] = [];
    const few = [
      // As an hour leaves it: 10 of 500 chats changed, and none.
      await measure({ chats: 500, linked: 500, changed: [10, 0] }),
      await measure({ chats: 500, linked: 500, changed: [50, 0] }),
      // Most chats are no record's.
      await measure({ chats: 300, linked: 60, changed: [20, 45] }),
      await measure({ chats: 120, linked: 120, changed: [7, 0], long: 130 }),
    ];
    const many = wanted.has('G3') ? await measure({ chats: 500, linked: 500, changed: [500, 0] }) : null;
    const runs = many ? [...few, many] : few;
    if (wanted.has('G1')) {
      const what = 'requests of runs through all chats, against ceil((k′+1)/50) + ceil(k/20) + further pages';
      const sum = (of: (run: Measured) => number) => runs.reduce((all, run) => all + of(run), 0);
      const row = countRow(
        { id: 'G1', what, unit: 'requests' },
        sum(({ requests }) => requests),
        sum(({ formula }) => formula),
      );
      const economy = few[0]!.requests <= 500 / 50;
      rows.push({ ...row, pass: economy && runs.every(({ requests, formula }) => requests === formula) });
    }
    if (wanted.has('G2')) {
      const what = 'refusals by Microsoft’s limits, up to 50 changed chats';
      rows.push(
        countRow(
          { id: 'G2', what, unit: '429s' },
          few.reduce((all, run) => all + run.refused, 0),
          0,
        ),
      );
    }
    if (many && wanted.has('G3')) {
      const what = '500 changed chats of 500; against the longer of all round trips and 20 parts a second';
      const floor = Math.max(many.requests * RTT_MS, (many.parts / 20) * 1000) / 1000;
      const ratio = Number((many.wall / 1000 / floor).toPrecision(4));
      const pass = ratio <= 1.15 && many.refused === 0;
      rows.push({ id: 'G3', what, value: many.wall / 1000, unit: 's', baseline: floor, ratio, goal: '≤ 1.15 x', pass });
    }
    return rows;
  },
};

interface Case {
  chats: number;
  /** Of them the first so many have a record. */
  linked: number;
  /** How many of the linked ones, and of the others, have something new. */
  changed: [linked: number, others: number];
  /** So many messages in the first of them, instead of one. */
  long?: number;
}

interface Measured {
  requests: number;
  formula: number;
  refused: number;
  /** Calls as Microsoft counts them: parts of a $batch singly. */
  parts: number;
  /** Milliseconds on the clock that jumps. */
  wall: number;
}

async function measure({ chats, linked, changed: [ours, others], long = 1 }: Case): Promise<Measured> {
  const world = createWorld({ throttle: 'real' });
  world.consent(...READING);
  const token = await world.tokenOf(ALICE);
  const ids: string[] = [];
  for (let i = 0; i < chats; i++) {
    ids.push(...world.tenant.createManyChats({ from: ALICE, members: [BOB], topic: `Talk ${i}`, count: 1 }));
    world.pass(1_000);
  }
  const clock: Clock = {
    now: () => world.clock.now(),
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      world.pass(ms);
    },
  };
  const count = { requests: 0, refused: 0, parts: 0, pages: 0 };
  const graph = createGraph({
    token: async () => token,
    base: () => 'https://graph.microsoft.com',
    clock,
    budget: createBudget(clock, undefined, Math.random),
    fetch: async (input, init) => {
      world.pass(RTT_MS / 2);
      const response = await world.graph.app.request(String(input), init);
      world.pass(RTT_MS / 2);
      const { responses } = (await response.clone().json()) as { responses?: { status: number }[] };
      count.requests++;
      count.parts += responses?.length ?? 1;
      if (String(input).includes('/messages?')) count.pages++;
      count.refused += [response, ...(responses ?? [])].filter(({ status }) => status === 429).length;
      return response;
    },
  });
  const store = storeOver(
    createMemoryDb((row) => row),
    null,
  );
  const account = asAccountId('alice.tenant');
  for (const [i, id] of ids.slice(0, linked).entries())
    await store.links.put({
      ...{ account, chatId: asChatId(id), confirmedBy: 'created', recordCreation: '', linkedAt: 0 },
      recordKey: JSON.stringify(['https://erp.example', 'Event', `EV-${i}`]) as RecordKey,
    });
  const session = new Map<string, unknown>();
  const shared = {
    ...{ store, clock },
    me: async () => ({ account, userId: asUserId(world.idOf(ALICE)) }),
    canRead: async () => true,
    changed: () => {},
  };
  const pull = createPull({
    ...shared,
    api: { writtenBefore: (id, before) => writtenBefore(graph, id, before) } as Partial<MessageApi> as MessageApi,
    session: { get: async (key) => session.get(key), set: async (key, value) => void session.set(key, value) },
  });
  const run = async () => {
    const ended = new Promise<void>((resolve) => {
      const syncAll = createSyncAll({
        ...{ ...shared, pull, random: () => 0, giveWay: async () => {} },
        api: {
          listChats: (signal) => listPreviews(graph, signal),
          firstPages: (asks, signal) => firstPages(graph, asks, signal),
          pagesAfter: (next) => messagePages(graph, next),
        },
        news: async () => {},
        closed: async () => {},
        arm: async () => {
          const row = await store.syncs.get(account);
          if (!row.run && row.doneAt !== null && row.doneAt >= began) resolve();
        },
      });
      const began = clock.now();
      void syncAll.begin('person');
    });
    await ended;
  };
  world.pass(120_000);
  await run();
  world.pass(60_000);
  const talk = (id: string, messages: number) => {
    for (let i = 0; i < messages; i++) {
      world.pass(10);
      world.tenant.addMessage({ chatId: id, from: BOB, html: `<p>${i}</p>` });
    }
  };
  const busy = [...ids.slice(0, ours), ...ids.slice(linked, linked + others)];
  for (const [i, id] of busy.entries()) talk(id, i === 0 ? long : 1);
  world.pass(60_000);
  Object.assign(count, { requests: 0, refused: 0, parts: 0, pages: 0 });
  const began = clock.now();
  await run();
  const row = await store.syncs.get(account);
  if (row.brought !== ours - 1 + long) throw new Error(`${row.brought} messages came of ${ours - 1 + long}`);
  const formula = Math.ceil(Math.min(ours + others + 1, chats) / 50) + Math.ceil(ours / 20) + count.pages;
  if (count.pages !== Math.ceil(long / 50) - 1) throw new Error(`${count.pages} further pages`);
  return { ...count, formula, wall: clock.now() - began };
}
