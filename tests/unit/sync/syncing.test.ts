import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChatId } from '../../../lib/model/ids.ts';
import { createMemoryDb } from '../../../lib/storage/memory-db.ts';
import { openStore, type Store, storeOver } from '../../../lib/storage/open.ts';
import { account, freshIndexedDb } from '../storage/fixtures.ts';
import { busy, fakeSync, settled } from './fake-sync.ts';
import { mortal } from './fixtures.ts';

let store: Store;
let tenant: ReturnType<typeof fakeSync>;
const DAY = 24 * 3600_000;
const row = () => store.syncs.get(account);
const stored = async (chatId: ChatId, of = store) => (await of.messages.page(account, chatId, null, 10_000)).messages;

beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
  tenant = fakeSync(store);
});
afterEach(() => store.close());

describe('the day’s first use', () => {
  test('leads to one run, after a while; the next one comes with the next day', async () => {
    await tenant.chats(3, () => true);
    const { syncing } = tenant.hire();
    await syncing.used();
    await syncing.ring();
    expect(tenant.asked, 'opening a record comes first').toEqual([]);
    const at = tenant.wakes.at(-1)!;
    expect(at - tenant.clock.now()).toBeGreaterThanOrEqual(45_000);
    tenant.clock.move(at - tenant.clock.now());
    await Promise.all([syncing.ring(), syncing.ring()]);
    await settled(store);
    expect(tenant.asked).toEqual(['list', 'batch 3']);
    await syncing.used();
    expect((await row()).due).toBeNull();
    tenant.clock.move(DAY);
    await tenant.hire().syncing.used();
    expect((await row()).due).toMatchObject({ by: 'day' });
  });

  test('is none where the person brought all up to date before it began', async () => {
    await tenant.chats(3, () => true);
    const { syncing } = tenant.hire();
    await syncing.used();
    tenant.clock.move(1_000);
    await syncing.start();
    await settled(store);
    tenant.clock.move(90_000);
    await syncing.ring();
    expect(tenant.asked).toEqual(['list', 'batch 3']);
  });

  test('waits once more where its time went by while the machine slept', async () => {
    await tenant.chats(1, () => true);
    const { syncing } = tenant.hire();
    await syncing.used();
    tenant.clock.move(3 * 3600_000);
    await syncing.ring();
    expect(tenant.asked).toEqual([]);
    tenant.clock.move(50_000);
    await syncing.ring();
    expect(tenant.asked).toEqual(['list', 'batch 1']);
  });

  test('and the timer are nobody’s in a private window; what the person asks for goes', async () => {
    await tenant.chats(1, () => true);
    tenant.settings.minutes = 15;
    const { syncing } = tenant.hire({ quiet: true });
    await syncing.used();
    await syncing.plan();
    expect((await row()).due).toBeNull();
    await syncing.start();
    await settled(store);
    expect(tenant.asked).toEqual(['list', 'batch 1']);
  });
});

describe('the timer', () => {
  test('is off until somebody turns it on, then rings from the end of each run', async () => {
    await tenant.chats(2, () => true);
    const { syncing } = tenant.hire();
    await syncing.start();
    await settled(store);
    await syncing.plan();
    expect((await row()).due).toBeNull();
    tenant.settings.minutes = 60;
    await syncing.plan();
    const due = (await row()).due!;
    expect(due).toEqual({ by: 'timer', at: (await row()).doneAt! + 3600_000 });
    expect(tenant.wakes.at(-1)).toBe(due.at);
    await tenant.hire().syncing.plan();
    expect((await row()).due, 'a new worker does not put it off').toEqual(due);
    tenant.clock.move(due.at - tenant.clock.now());
    tenant.asked.length = 0;
    await tenant.hire().syncing.ring();
    await settled(store);
    expect(tenant.asked).toEqual(['list']);
    expect((await row()).due?.at).toBe(tenant.clock.now() + 3600_000);
  });

  test('comes sooner where the person says so, and is over where they turn it off', async () => {
    tenant.settings.minutes = 1440;
    const { syncing } = tenant.hire();
    await syncing.plan();
    tenant.settings.minutes = 15;
    await syncing.plan();
    expect((await row()).due?.at).toBe(tenant.clock.now());
    tenant.settings.minutes = null;
    await syncing.plan();
    expect((await row()).due).toBeNull();
  });
});

describe('the filling of history', () => {
  async function lively(messages: number, of = tenant): Promise<ChatId> {
    const [id] = await of.chats(1, () => true, messages);
    return id!;
  }
  const filled = async ({ syncing }: ReturnType<typeof tenant.hire>) => {
    await syncing.ring();
    await syncing.fill();
  };

  test('goes from the newest down to the depth that is set, by few at once', async () => {
    tenant.settings.days = 1;
    // One a minute: 1,440 a day.
    const id = await lively(1_700);
    const worker = tenant.hire();
    await worker.pull.act(id);
    expect(await worker.syncing.filling(id)).toMatchObject({ until: new Date(tenant.clock.now() - DAY).toISOString() });
    await filled(worker);
    const kept = await stored(id);
    expect(kept.length).toBeGreaterThanOrEqual(1_440);
    expect(kept.length).toBeLessThan(1_500);
    expect(await worker.syncing.filling(id)).toBeNull();
    expect(await worker.syncing.filled()).toEqual({ done: 1, total: 1 });
    expect(new Set(tenant.asked)).toEqual(new Set(['batch 1']));
    tenant.settings.days = null;
    await filled(worker);
    expect(await stored(id)).toHaveLength(1_700);
    expect((await store.chats.get(account, id))?.complete).toBe(true);
  });

  test('leaves out chats that no record is linked to, and those that were never read', async () => {
    const ids = await tenant.chats(3, (i) => i > 0, 120);
    const worker = tenant.hire();
    for (const id of ids.slice(0, 2)) await worker.pull.act(id);
    await filled(worker);
    expect((await Promise.all(ids.map((id) => stored(id)))).map((kept) => kept.length)).toEqual([50, 120, 0]);
  });

  test('leaves no mark on when a chat was last read, so that what is new still comes', async () => {
    const id = await lively(120);
    const worker = tenant.hire();
    await worker.pull.act(id);
    tenant.clock.move(15_000);
    await filled(worker);
    tenant.teams.write(id, 'news');
    expect(await worker.pull.act(id)).toHaveLength(1);
  });

  test('stops at a chat that Microsoft refuses, and goes on with the others', async () => {
    const ids = await tenant.chats(2, () => true, 120);
    const worker = tenant.hire();
    for (const id of ids) await worker.pull.act(id);
    tenant.refusals.set(ids[1]!, busy(1));
    setTimeout(() => tenant.refusals.clear(), 5);
    await filled(worker);
    expect((await Promise.all(ids.map((id) => stored(id)))).map((kept) => kept.length)).toEqual([120, 120]);
  });

  test('goes on after a worker’s death at any step, with every message once', async () => {
    for (let dieAt = 1; ; dieAt++)
      for (const when of ['before', 'after'] as const) {
        const disk = storeOver(createMemoryDb(), null);
        const world = fakeSync(disk);
        const id = await lively(230, world);
        await world.hire().pull.act(id);
        const knife = mortal(dieAt, when);
        const first = world.hire({ store: { ...disk, syncs: knife.wrap(disk.syncs) } });
        await Promise.race([filled(first), knife.death]);
        if (!knife.isDead()) {
          expect(dieAt).toBeGreaterThan(4);
          return;
        }
        await filled(world.hire());
        const all = [...world.teams.inChat(id)].sort((a, b) => Number(a.id) - Number(b.id));
        expect(await stored(id, disk), `died ${when} ${dieAt}`).toEqual(all);
        disk.close();
      }
  });
});
