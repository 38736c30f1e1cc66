import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import type { ChatId } from '../../../lib/model/ids.ts';
import { plainContent } from '../../../lib/model/message.ts';
import { createMemoryDb } from '../../../lib/storage/memory-db.ts';
import { openStore, type Store, storeOver } from '../../../lib/storage/open.ts';
import { account, freshIndexedDb, me } from '../storage/fixtures.ts';
import { busy, fakeSync, settled } from './fake-sync.ts';
import { mortal } from './fixtures.ts';

let store: Store;
let tenant: ReturnType<typeof fakeSync>;

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  tenant = fakeSync(store);
});
afterEach(() => store.close());

const row = () => store.syncs.get(account);
const stored = async (chatId: ChatId) => (await store.messages.page(account, chatId, null, 1000)).messages;
const server = (chatId: ChatId) => [...tenant.teams.inChat(chatId)].sort((a, b) => Number(a.id) - Number(b.id));
const DAY = 24 * 3600_000;

async function run(worker = tenant.hire()): Promise<string[]> {
  tenant.asked.length = 0;
  await worker.syncing.start();
  await settled(store);
  return [...tenant.asked];
}

describe('a run through all chats', () => {
  test('is one list call when nothing changed, else that and twenty chats a request', async () => {
    const ids = await tenant.chats(45, () => true);
    expect(await run()).toEqual(['list', 'batch 20', 'batch 20', 'batch 5']);
    for (const id of ids) expect(await stored(id)).toEqual(server(id));
    tenant.clock.move(10_000);
    expect(await run()).toEqual(['list']);
    expect(await row()).toMatchObject({ run: null, problem: null, brought: 0, doneAt: tenant.clock.now() });
    tenant.clock.move(10_000);
    for (const id of ids.slice(3, 26)) tenant.teams.write(id, 'more');
    expect(await run()).toEqual(['list', 'batch 20', 'batch 3']);
    expect((await row()).brought).toBe(23);
    for (const id of ids) expect(await stored(id)).toEqual(server(id));
  });

  test('keeps nothing of chats that no record is linked to', async () => {
    await tenant.chats(120, (i) => i % 10 === 0);
    expect(await run()).toEqual(['list', 'list', 'list', 'batch 12']);
    const kept = (await store.chats.list(account)).map(({ chatId }) => chatId);
    expect(kept).toHaveLength(12);
    tenant.clock.move(10_000);
    // The list is read as far as the others changed, too: 60 of them, and one that did not.
    for (const id of [...tenant.teams.chats.keys()].slice(1, 62)) tenant.teams.write(id, 'more');
    expect(await run()).toEqual(['list', 'list', 'batch 6']);
    expect(await store.chats.list(account)).toHaveLength(12);
  });

  test('and nothing of one whose record let go of it while Microsoft answered', async () => {
    const [first, second] = await tenant.chats(2, () => true);
    const firstPages = tenant.api.firstPages;
    tenant.api.firstPages = async (...args) => {
      const pages = await firstPages(...args);
      const [link] = await store.links.ofChat(account, first!);
      await store.links.remove(account, link!.recordKey);
      return pages;
    };
    await run();
    expect(await stored(first!)).toEqual([]);
    expect(await stored(second!)).toHaveLength(1);
    expect(await row()).toMatchObject({ run: null, problem: null });
    tenant.api.firstPages = firstPages;
  });

  test('tells of others’ new messages, of each once', async () => {
    const ids = await tenant.chats(3, () => true);
    await run();
    expect(tenant.news, 'a chat that is read for the first time has none').toEqual([]);
    tenant.clock.move(60_000);
    tenant.teams.write(ids[1]!, 'more');
    tenant.teams.write(ids[2]!, 'my own', { from: { userId: me, name: 'Ada' } });
    await run();
    await run();
    expect(tenant.news).toEqual([ids[1]]);
    expect(tenant.notices).toContainEqual({ kind: 'messages', chatId: ids[1], outbox: false });
  });

  test('asks nothing where no record has a chat, or the account may not read', async () => {
    await tenant.chats(3, () => false);
    expect(await run()).toEqual([]);
    expect((await row()).doneAt).toBe(tenant.clock.now());
    await tenant.link([...tenant.teams.chats.keys()][0]!);
    expect(await run(tenant.hire({ canRead: async () => false }))).toEqual([]);
  });

  test('reads a chat to the end, however much changed', async () => {
    const [first] = await tenant.chats(2, () => true, 3);
    await run();
    tenant.clock.move(10_000);
    for (let i = 0; i < 180; i++) {
      tenant.clock.move(1_000);
      tenant.teams.write(first!, `said ${i}`);
    }
    expect(await run()).toEqual(['list', 'batch 1', 'page', 'page', 'page']);
    expect(await stored(first!)).toEqual(server(first!));
    expect(await row()).toMatchObject({ brought: 180 });
    expect((await store.chats.get(account, first!))?.gap).toBeUndefined();
  });

  test('an edit of an older message moves no chat in the list: once a day all of them are read', async () => {
    const ids = await tenant.chats(25, () => true, 2);
    await run();
    tenant.clock.move(10_000);
    const old = tenant.teams.inChat(ids[4]!)[0]!;
    tenant.teams.change(ids[4]!, { kind: 'edit', id: old.id, content: plainContent('<p>other</p>') }, me);
    expect(await run()).toEqual(['list']);
    tenant.clock.move(DAY);
    expect(await run()).toEqual(['list', 'batch 20', 'batch 5']);
    expect(await stored(ids[4]!)).toEqual(server(ids[4]!));
    expect(await run()).toEqual(['list']);
  });

  test('what somebody looked at meanwhile is not read again', async () => {
    const [first, second] = await tenant.chats(2, () => true);
    await run();
    tenant.clock.move(20_000);
    for (const id of [first!, second!]) tenant.teams.write(id, 'more');
    const worker = tenant.hire();
    const listChats = tenant.api.listChats;
    tenant.api.listChats = async function* (signal) {
      try {
        yield* listChats(signal);
      } finally {
        tenant.clock.move(1);
        await worker.pull.act(first!);
      }
    };
    expect(await run(worker)).toEqual(['list', 'batch 1']);
    tenant.api.listChats = listChats;
  });

  test('one run at a time: a second start joins the first', async () => {
    await tenant.chats(30, () => true);
    const worker = tenant.hire();
    await Promise.all([worker.syncing.start(), worker.syncing.start(), worker.syncing.start()]);
    await settled(store);
    expect(tenant.asked).toEqual(['list', 'batch 20', 'batch 10']);
  });

  test('a chat that is closed to the person is passed over, and so is one that Microsoft does not give', async () => {
    const ids = await tenant.chats(4, () => true);
    tenant.refusals.set(ids[0]!, fail('not-a-member', 'Closed', 'x'));
    tenant.refusals.set(ids[1]!, fail('microsoft-down', 'Down', 'x'));
    await run();
    expect(tenant.closed).toEqual([ids[0]]);
    expect(await row()).toMatchObject({ run: null, problem: null });
    expect(await stored(ids[3]!)).toHaveLength(1);
    tenant.refusals.clear();
    tenant.clock.move(60_000);
    expect(await run(), 'it is not forgotten').toEqual(['list', 'batch 1']);
    expect(await stored(ids[1]!)).toHaveLength(1);
  });

  test('waits as long as Microsoft asks, and goes on by itself', async () => {
    const ids = await tenant.chats(3, () => true);
    tenant.faults.batch = busy(120);
    await run();
    const { run: waiting } = await row();
    expect(waiting).toMatchObject({ problem: { code: 'throttled' }, wakeAt: tenant.clock.now() + 120_000 });
    await expect.poll(() => tenant.wakes.at(-1)).toBe(waiting?.wakeAt);
    tenant.faults.batch = undefined;
    tenant.clock.move(119_999);
    const worker = tenant.hire();
    await worker.syncing.ring();
    expect((await row()).run).not.toBeNull();
    tenant.clock.move(1);
    await worker.syncing.ring();
    expect(await row()).toMatchObject({ run: null, brought: 0 });
    expect(await stored(ids[2]!)).toHaveLength(1);
  });

  test('what does not pass by itself ends it, and is said', async () => {
    await tenant.chats(3, () => true);
    tenant.faults.list = fail('signed-out', 'Sign in', 'x');
    await run();
    expect(await row()).toMatchObject({ run: null, problem: { code: 'signed-out' }, doneAt: null });
  });

  test('is cancelled between two requests; what it brought stays, and nothing more comes', async () => {
    const ids = await tenant.chats(60, () => true);
    const worker = tenant.hire();
    const firstPages = tenant.api.firstPages;
    tenant.api.firstPages = async (...args) => {
      const pages = await firstPages(...args);
      if (tenant.asked.filter((call) => call.startsWith('batch')).length === 2) await worker.syncing.cancel();
      return pages;
    };
    await worker.syncing.start();
    await settled(store);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(tenant.asked).toEqual(['list', 'list', 'batch 20', 'batch 20']);
    const counts = await Promise.all(ids.map(async (id) => (await stored(id)).length));
    expect(counts.filter((count) => count === 1)).toHaveLength(20);
    expect(await row()).toMatchObject({ run: null, doneAt: null, listedUpTo: null });
    tenant.api.firstPages = firstPages;
    await run();
    for (const id of ids) expect(await stored(id)).toEqual(server(id));
  });

  test('progress counts the chats, and is told', async () => {
    await tenant.chats(45, () => true);
    const seen: string[] = [];
    const worker = tenant.hire({
      changed: async (notice: { kind: string }) => {
        if (notice.kind !== 'sync') return;
        const { run } = await row();
        if (run) seen.push(run.todo ? `${run.total - run.todo.length}/${run.total}` : 'list');
      },
    } as never);
    await run(worker);
    expect(new Set(seen)).toEqual(new Set(['list', '0/45', '20/45', '40/45', '45/45']));
  });
});

test('whenever a worker dies, what a run brought is counted right, and no chat is read twice for nothing', async () => {
  for (let dieAt = 1; ; dieAt++)
    for (const when of ['before', 'after'] as const) {
      const disk = storeOver(createMemoryDb(), null);
      const world = fakeSync(disk);
      const ids = await world.chats(33, () => true);
      await world.hire().syncing.start();
      await settled(disk);
      world.clock.move(120_000);
      for (const id of ids.slice(0, 30)) world.teams.write(id, 'then');
      world.clock.move(1_000);
      const knife = mortal(dieAt, when);
      const { firstPages } = knife.wrap({ firstPages: world.api.firstPages });
      const parts = { syncs: knife.wrap(disk.syncs), chats: knife.wrap(disk.chats) };
      const first = world.hire({ store: { ...disk, ...parts }, api: { ...world.api, firstPages } });
      await Promise.race([first.syncing.start().then(() => settled(disk)), knife.death]);
      if (!knife.isDead()) return expect(dieAt).toBeGreaterThan(40);
      const begun = (await disk.syncs.get(account)).run !== null || (await disk.syncs.get(account)).brought === 30;
      world.clock.move(1_000);
      await world.hire().syncing.ring();
      await settled(disk);
      const { run, brought } = await disk.syncs.get(account);
      expect({ run, brought }, `died ${when} ${dieAt}`).toEqual({ run: null, brought: begun ? 30 : 0 });
    }
});

test('a worker killed between any two steps leaves a run that the next one ends, with all messages once', async () => {
  let deaths = 0;
  for (let dieAt = 1; ; dieAt++)
    for (const when of ['before', 'after'] as const) {
      const disk = storeOver(createMemoryDb(), null);
      const world = fakeSync(disk);
      const ids = await world.chats(23, (i) => i !== 5, 2);
      world.clock.move(10_000);
      const knife = mortal(dieAt, when);
      const parts = {
        syncs: knife.wrap(disk.syncs),
        chats: knife.wrap(disk.chats),
        messages: knife.wrap(disk.messages),
      };
      const { firstPages } = knife.wrap({ firstPages: world.api.firstPages });
      const first = world.hire({ store: { ...disk, ...parts }, api: { ...world.api, firstPages } });
      for (let i = 0; i < 70; i++) {
        world.clock.move(1_000);
        world.teams.write(ids[0]!, `${i}`);
      }
      const living = (async () => {
        await first.syncing.start();
        await settled(disk);
      })().catch(() => {});
      await Promise.race([living, knife.death]);
      if (!knife.isDead()) {
        expect(deaths).toBeGreaterThan(40);
        return;
      }
      deaths++;
      const next = world.hire();
      await next.syncing.ring();
      await next.syncing.start();
      await settled(disk);
      for (const [i, id] of ids.entries()) {
        const kept = (await disk.messages.page(account, id, null, 1000)).messages;
        const all = [...world.teams.inChat(id)].sort((a, b) => Number(a.id) - Number(b.id));
        if (i === 5) expect(kept).toEqual([]);
        else if (i === 0) expect(kept, `died ${when} ${dieAt}`).toEqual(all.slice(-kept.length));
        else expect(kept, `died ${when} ${dieAt}`).toEqual(all);
      }
      const end = await disk.syncs.get(account);
      expect(end).toMatchObject({ run: null, problem: null });
      expect((await disk.chats.get(account, ids[0]!))?.gap).toBeUndefined();
      disk.close();
    }
});
