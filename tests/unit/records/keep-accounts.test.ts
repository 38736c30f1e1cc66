import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import { asAccountId, asOrigin, asUserId } from '../../../lib/model/ids.ts';
import { keeperOver } from '../../../lib/records/keep-accounts.ts';
import { openStore, type Store } from '../../../lib/storage/open.ts';
import { freshIndexedDb } from '../storage/fixtures.ts';

let store: Store;
beforeEach(async () => {
  freshIndexedDb();
  store = await openStore();
});

const kept = (name: string, ...sites: string[]) => ({
  account: { id: asAccountId(name), userId: asUserId(name), name, username: `${name}@example.org`, tenantId: 't' },
  tier: 'reading' as const,
  sites: sites.map(asOrigin),
});
const zoe = kept('zoe', 'https://north.example');
const ada = kept('ada', 'https://south.example');

it('gives back who was signed in, in that order, with their sites', async () => {
  const keeper = keeperOver(store.accounts);
  await keeper.save([zoe, ada]);
  expect(await keeper.load()).toEqual([zoe, ada]);
  await keeper.save([{ ...zoe, sites: [] }]);
  expect(await keeper.load()).toEqual([{ ...zoe, sites: [] }]);
});

it('signing out forgets one and leaves the other', async () => {
  const keeper = keeperOver(store.accounts);
  await keeper.save([zoe, ada]);
  await store.forgetAccount(zoe.account.id);
  expect(await keeper.load()).toEqual([ada]);
});
