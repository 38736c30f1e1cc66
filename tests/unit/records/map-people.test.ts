import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppFailure, fail } from '../../../lib/model/errors.ts';
import { asErpUser, asOrigin, asUserId, type Email, foldEmail, type UserId } from '../../../lib/model/ids.ts';
import type { SiteUser } from '../../../lib/model/mapping.ts';
import { recordKey } from '../../../lib/model/record.ts';
import { beginRun, beginWrite, MAP_PEOPLE, mappingHandler, runId, siteRef } from '../../../lib/records/map-people.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { createJobs } from '../../../lib/sync/jobs.ts';
import { account, freshIndexedDb } from '../storage/fixtures.ts';
import { mortal, testClock } from '../sync/fixtures.ts';

const origin = asOrigin('https://erp.example');
const ME = asErpUser('person0000@contoso.test');
const guid = (n: number) => asUserId(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
const nameOf = (n: number) => `person${String(n).padStart(4, '0')}@contoso.test`;

/** A site and a tenant of so many people: what they hold, and what was asked. */
class Company {
  users: SiteUser[];
  people: { id: UserId; displayName: string; mail: string; userPrincipalName: string; accountEnabled?: boolean }[];
  batches = 0;
  puts: string[] = [];
  mayWriteOthers = true;
  /** Thrown in the place of the next answer of this order. */
  trouble: Partial<Record<string, AppFailure>> = {};

  constructor(count: number, hasField = true) {
    const all = Array.from({ length: count }, (_, n) => n);
    this.users = all.map((n) => ({
      user: asErpUser(nameOf(n)),
      email: foldEmail(nameOf(n)),
      name: `Person ${n}`,
      azureId: hasField ? '' : null,
    }));
    this.people = all.map((n) => ({
      id: guid(n),
      displayName: `P${n}`,
      mail: nameOf(n),
      userPrincipalName: `${n}@upn.test`,
    }));
  }

  graph = {
    budget: { take: async () => {}, blocked: () => {} },
    post: async (_: string, body: { requests: { id: string; url: string }[] }, read: (answer: unknown) => unknown) => {
      this.batches += 1;
      this.fail('graph');
      const responses = body.requests.map(({ id, url }) => {
        const filter = new URLSearchParams(url.split('?')[1]).get('$filter') ?? '';
        const values = new Set([...filter.matchAll(/'([^']*)'/g)].map((m) => m[1]!));
        const property = filter.split(' ')[0] as 'mail' | 'userPrincipalName' | 'id';
        return { id, status: 200, body: { value: this.people.filter((person) => values.has(person[property])) } };
      });
      return read({ responses });
    },
  };

  order = async (_: number, key: string, data: { after: string; limit: number }) => {
    try {
      return { ok: true, value: this.answer(key, data) };
    } catch (caught) {
      return { ok: false, error: (caught as AppFailure).error };
    }
  };

  private answer(key: string, data: { after: string; limit: number }): unknown {
    this.fail(key);
    if (key === 'site.countUsers') return this.users.length;
    if (key === 'site.mayWrite') return this.mayWriteOthers;
    if (key === 'site.users') return this.users.filter((u) => u.user > data.after!).slice(0, data.limit);
    const { user, value, was } = data as unknown as { user: string; value: string; was: string };
    const held = this.users.find((u) => u.user === user)!;
    if (held.azureId === value) return undefined;
    if (held.azureId !== was) throw fail('erp-conflict', 'c', 'c');
    this.puts.push(user);
    held.azureId = value;
    return undefined;
  }

  private fail(key: string) {
    const trouble = this.trouble[key];
    delete this.trouble[key];
    if (trouble) throw trouble;
  }
}

let store: Store;
let clock: ReturnType<typeof testClock>;

function workerOf(company: Company, over: Store = store) {
  const worker = {
    store: over,
    graph: company.graph,
    clock,
    order: company.order,
    tabs: { of: async () => [{ tabId: 1, origin, erpUser: ME }] },
    auth: { account: async () => ({ id: account }), granted: async () => new Set() },
    changes: { tell: () => {} },
  } as unknown as Worker;
  const handlers = { [MAP_PEOPLE]: mappingHandler(() => worker) };
  worker.jobs = createJobs({ store: over, clock, wake: () => {}, handlers });
  return worker;
}
const job = () => store.jobs.get(account, runId(origin));
const rows = () => store.mappings.list(account, origin);
const begin = (company: Company, write = true) => runOf(workerOf(company), write);
async function runOf(worker: Worker, write = true) {
  await beginRun(worker, { account, origin, erpUser: ME }, write);
  await worker.jobs.run(account, runId(origin));
}

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  clock = testClock();
});
afterEach(() => store.close());

describe('mapping a site’s users', () => {
  it('takes two requests a page of 300 and writes everybody’s id once', async () => {
    const company = new Company(700);
    await begin(company);
    expect(company.batches).toBe(2 * 3);
    expect(company.puts).toHaveLength(700);
    expect((await rows()).every((row) => row.state === 'mapped' && row.azureId === row.person?.id)).toBe(true);
    expect(await job()).toBeUndefined();
    await begin(company);
    expect(company.puts).toHaveLength(700);
  });

  it('keeps the mapping here where there is no field, nobody asked for it, or only one’s own may be written', async () => {
    const bare = new Company(3, false);
    await begin(bare);
    expect([bare.puts, (await rows()).map((row) => row.state)]).toEqual([[], ['mapped', 'mapped', 'mapped']]);
    const unasked = new Company(3);
    await begin(unasked, false);
    expect(unasked.puts).toEqual([]);
    const own = new Company(3);
    own.mayWriteOthers = false;
    await begin(own);
    expect(own.puts).toEqual([ME]);
  });

  it('goes on from the page it had reached when the worker dies, wherever that is', async () => {
    const whole = new Company(650);
    await begin(whole);
    const expected = (await rows()).map((row) => [row.address, row.person?.id, row.azureId]);
    const undisturbed = whole.batches;
    await store.forgetAccount(account);
    let deaths = 0;
    for (const when of ['before', 'after'] as const)
      for (let at = 1; at < 40; at++) {
        const company = new Company(650);
        // The write half is the same line 650 times; a few of them are enough here.
        company.users.slice(3).forEach((user, i) => {
          user.azureId = guid(i + 3);
        });
        const { wrap, death, isDead } = mortal(at, when);
        const doomed = workerOf(company, wrap(store));
        await Promise.race([runOf(doomed).catch(() => {}), death]);
        if (isDead()) deaths += 1;
        const next = workerOf(company);
        await next.jobs.start();
        if (!(await job()) && (await rows()).length < 650) await runOf(next);
        expect((await rows()).map((row) => [row.address, row.person?.id, row.azureId])).toEqual(expected);
        // At most one page is asked for twice.
        expect(company.batches).toBeLessThanOrEqual(undisturbed + 2);
        expect([...company.puts].sort()).toEqual([0, 1, 2].map(nameOf));
        expect(await job()).toBeUndefined();
        await store.forgetAccount(account);
      }
    expect(deaths).toBeGreaterThan(40);
  }, 120_000);

  it('waits as long as Microsoft asks, and for a tab of the site', async () => {
    const company = new Company(400);
    company.trouble.graph = fail('throttled', 't', 't', { retryAfter: 47 });
    await begin(company);
    expect(await job()).toMatchObject({ problem: { code: 'throttled' }, wakeAt: clock.now() + 47_000 });
    clock.move(47_000);
    company.trouble['site.users'] = fail('no-tab', 'n', 'n');
    const worker = workerOf(company);
    await worker.jobs.start();
    expect(await job()).toMatchObject({ problem: { code: 'no-tab' }, wakeAt: null });
    await worker.jobs.poke((one) => one.origin === origin && one.erpUser === ME);
    expect(await job()).toBeUndefined();
    expect(await rows()).toHaveLength(400);
  });

  it('notes whom ERPNext refuses and goes on; a site without the field stops it', async () => {
    const company = new Company(3);
    company.trouble['site.writeAzureId'] = fail('erp-refused', 'Mandatory', 'Role is missing');
    await begin(company);
    expect((await rows()).map((row) => row.problem?.code ?? null)).toEqual(['erp-refused', null, null]);
    expect(company.puts).toHaveLength(2);
    company.trouble['site.writeAzureId'] = fail('field-missing', 'f', 'f');
    await begin(company);
    expect(await job()).toMatchObject({ problem: { code: 'field-missing' } });
  });

  it('stops where it is when it is cancelled; what is known by then stays', async () => {
    const company = new Company(650);
    const worker = workerOf(company);
    const list = company.order;
    worker.order = (async (...args: Parameters<typeof list>) => {
      if (args[1] === 'site.users' && args[2].after) await worker.jobs.discard(account, runId(origin));
      return list(...args);
    }) as never;
    await runOf(worker);
    expect(await job()).toBeUndefined();
    expect(await rows()).toHaveLength(300);
    expect(company.puts).toEqual([]);
  });

  it('asks about leavers again, and forgets who is no user any more', async () => {
    const company = new Company(3);
    await begin(company);
    clock.move(1000);
    company.people.splice(1, 1);
    company.users.splice(2, 1);
    await begin(company);
    expect((await rows()).map((row) => [row.address, row.state])).toEqual([
      [nameOf(0), 'mapped'],
      [nameOf(1), 'left'],
    ]);
  });

  it('keeps what a person says while their page is being looked up', async () => {
    const company = new Company(2);
    await begin(company, false);
    const worker = workerOf(company);
    const post = company.graph.post;
    company.graph.post = async (...args) => {
      await store.mappings.update(account, origin, nameOf(1) as Email, {
        by: 'person',
        state: 'mapped',
        person: { ...(await rows())[0]!.person!, id: guid(77) },
      });
      return post(...args);
    };
    await runOf(worker, false);
    expect((await rows())[1]).toMatchObject({ by: 'person', person: { id: guid(77) } });
  });

  it('writes one user alone where a person said who it is', async () => {
    const company = new Company(5);
    await begin(company, false);
    const worker = workerOf(company);
    const address = nameOf(3) as Email;
    await beginWrite(worker, { account, origin, erpUser: ME }, address);
    await worker.jobs.run(account, `${runId(origin)} ${address}`);
    expect(company.puts).toEqual([address]);
    expect(await store.jobs.list(account)).toEqual([]);
  });

  it('waits for its Microsoft account where that is signed out', async () => {
    const worker = workerOf(new Company(1));
    worker.auth.account = async () => null;
    await runOf(worker);
    expect(await job()).toMatchObject({ problem: { code: 'signed-out' } });
    expect(recordKey(siteRef(origin))).toContain('User');
  });
});
