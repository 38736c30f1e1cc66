import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import { asOrigin } from '../../../lib/model/ids.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { createJobs, type JobHandler, type Jobs, type NewJob } from '../../../lib/sync/jobs.ts';
import { account, erpUser, freshIndexedDb, record } from '../storage/fixtures.ts';
import { mortal, testClock } from './fixtures.ts';

let store: Store;
let clock: ReturnType<typeof testClock>;
let wakes: number[];
let handler: JobHandler;
let jobs: Jobs;

const newJob: NewJob = {
  id: 'j',
  kind: 'k',
  account,
  recordKey: record,
  origin: asOrigin('https://erp.example'),
  erpUser,
  step: 'first',
  data: { n: 0 },
};
const make = (over = store) =>
  createJobs({
    store: over,
    clock,
    wake: (at) => void wakes.push(at),
    handlers: { k: (job, tools) => handler(job, tools) },
  });
const row = () => store.jobs.get(account, 'j');

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
  wakes = [];
  jobs = make();
});
afterEach(() => store.close());

/** Written down by a worker that died at once, and begun by this one. */
async function added(): Promise<void> {
  await store.jobs.add({ ...newJob, createdAt: 0, updatedAt: 0, wakeAt: null, problem: null, question: null });
  await jobs.run(account, 'j');
}

describe('a job', () => {
  test('is on the disk before its handler starts, and gone when done', async () => {
    let there: unknown;
    handler = async () => {
      there = await row();
      return 'done';
    };
    await added();
    expect(there).toMatchObject({ step: 'first', data: { n: 0 } });
    expect(await row()).toBeUndefined();
  });

  test('of the same id is begun once', async () => {
    handler = async () => ({ wait: 1000 });
    expect([await jobs.add(newJob), await jobs.add({ ...newJob, step: 'other' })]).toEqual([true, false]);
    expect((await row())?.step).toBe('first');
  });

  test('has one runner at a time; asked for while it runs, it runs once more', async () => {
    let now = 0;
    let most = 0;
    let runs = 0;
    handler = async (_, tools) => {
      most = Math.max(most, ++now);
      runs++;
      await tools.step('mid', null);
      now--;
      return { wait: 5000 };
    };
    await jobs.add(newJob);
    await Promise.all([jobs.run(account, 'j'), jobs.run(account, 'j'), jobs.poke(() => true)]);
    expect(most).toBe(1);
    expect(runs).toBe(2);
  });

  test('that waits goes on when its time has come, not before', async () => {
    let runs = 0;
    handler = async () => (++runs < 2 ? { wait: 5000 } : 'done');
    await added();
    clock.move(4999);
    await jobs.start();
    expect([runs, (await row())?.wakeAt]).toEqual([1, clock.now() + 1]);
    clock.move(1);
    await jobs.start();
    expect([runs, await row()]).toEqual([2, undefined]);
  });

  test('sets the alarm for the end of its wait, and one for its worker’s death while it runs', async () => {
    let during: number | undefined;
    handler = async () => {
      await jobs.start();
      during = wakes.at(-1);
      return { wait: 5000 };
    };
    await added();
    expect([during, wakes.at(-1)]).toEqual([clock.now() + 60_000, clock.now() + 5000]);
  });

  test('that asks stands still, however often it is poked, until the person answers', async () => {
    const seen: unknown[] = [];
    handler = async (job) => {
      seen.push(job.data);
      return seen.length === 1 ? { ask: { kind: 'sure?' } } : 'done';
    };
    await jobs.add(newJob);
    await jobs.poke(() => true);
    await jobs.poke(() => true);
    await jobs.start();
    expect((await row())?.question).toEqual({ kind: 'sure?' });
    expect(seen).toEqual([{ n: 0 }]);
    await jobs.answer(account, 'j', { yes: true });
    await jobs.run(account, 'j');
    expect(seen).toEqual([{ n: 0 }, { yes: true }]);
    expect(await row()).toBeUndefined();
  });

  test('keeps what went wrong; passing trouble is tried again, other trouble waits for the person', async () => {
    handler = async () => {
      throw fail('throttled', 'Busy', 'x', { retryAfter: 30 });
    };
    await added();
    expect(await row()).toMatchObject({ problem: { code: 'throttled' }, wakeAt: clock.now() + 30_000 });
    handler = async () => {
      throw fail('erp-forbidden', 'No', 'x');
    };
    clock.move(30_000);
    await jobs.start();
    expect(await row()).toMatchObject({ problem: { code: 'erp-forbidden' }, wakeAt: null });
    handler = async () => 'done';
    await jobs.start();
    expect(await row()).toBeDefined();
    await jobs.poke((job) => job.problem?.code === 'erp-forbidden');
    expect(await row()).toBeUndefined();
  });

  test('of a kind nobody handles says so and stays', async () => {
    await jobs.add({ ...newJob, kind: 'unheard-of' });
    await jobs.run(account, 'j');
    expect((await row())?.problem).toMatchObject({ code: 'bug', detail: expect.stringContaining('unheard-of') });
  });

  test('discarded while it runs is told to stop, ends at its next step and has no further effect', async () => {
    let effects = 0;
    let aborted = false;
    handler = async (_, tools) => {
      await jobs.discard(account, 'j');
      aborted = tools.signal.aborted;
      await tools.step('next', null);
      effects++;
      return 'done';
    };
    await added();
    expect([effects, aborted, await row()]).toEqual([0, true, undefined]);
  });
});

describe.each(['before', 'after'] as const)('a worker that dies %s any one step', (when) => {
  test('goes on from the step that was written down; each effect follows its own step', async () => {
    const steps = ['first', 'second', 'third'];
    let deaths = 0;
    for (let dieAt = 1; ; dieAt++) {
      freshIndexedDb();
      store = await openStore();
      const life = mortal(dieAt, when);
      const effects: string[] = [];
      const world = { do: async (name: string) => void effects.push(name) };
      // Each effect happens after its step was written; a step found at the start may have had its effect already.
      const walk =
        (effect: (name: string) => Promise<void>): JobHandler =>
        async (job, tools) => {
          for (let i = steps.indexOf(job.step); i < steps.length; i++) {
            const step = steps[i] ?? '';
            await tools.step(step, { n: i });
            expect(await row()).toMatchObject({ step, data: { n: i } });
            await effect(step);
          }
          return 'done';
        };
      handler = walk(life.wrap(world).do);
      const first = make(life.wrap(store));
      const run = async () => {
        await first.add(newJob);
        await first.run(account, 'j');
      };
      await Promise.race([run(), life.death]);
      if (!life.isDead()) break;
      deaths++;
      store.close();
      store = await openStore();
      handler = walk(world.do);
      const second = make();
      // The panel's call had no answer: it is repeated.
      if (!effects.length) await second.add(newJob);
      await second.start();
      await second.run(account, 'j');
      expect([dieAt, await row()]).toEqual([dieAt, undefined]);
      // In order, none left out, at most the one at the death done again.
      expect([dieAt, [...new Set(effects)]]).toEqual([dieAt, steps]);
      expect(effects.length).toBeLessThanOrEqual(steps.length + 1);
      store.close();
    }
    expect(deaths).toBeGreaterThan(6);
  });
});
