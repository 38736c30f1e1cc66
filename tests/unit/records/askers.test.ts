import { expect, it } from 'vitest';
import { asUserId, foldEmail } from '../../../lib/model/ids.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import { askersFor } from '../../../lib/records/askers.ts';
import { account, chatId, erpUser, me } from '../storage/fixtures.ts';
import { fakeWorker } from './fake-worker.ts';

const participant = (name: string, source: 'row' | 'owner') => ({
  name,
  email: foldEmail(`${name.toLowerCase()}@example.org`)!,
  source,
});

it('names whoever was in the chat, then the owner, then the others; each once, never the person', async () => {
  const { worker } = await fakeWorker();
  Object.assign(worker, { me: { get: async () => ({ mail: foldEmail(erpUser), userPrincipalName: erpUser }) } });
  const ada = (await worker.auth.account())!;
  const member = (id: string, email: string | null) => ({
    userId: asUserId(id),
    displayName: id,
    email,
    role: 'owner' as const,
  });
  await worker.store.chats.save(account, {
    id: chatId,
    topic: null,
    kind: 'group',
    webUrl: null,
    createdAt: '',
    members: [member(me, erpUser), member('Bob', 'Bob@example.org'), member('Ghost', null)],
    readUpTo: null,
    newestAt: null,
  });
  const zoe = {
    id: asUserId('z'),
    displayName: 'Zoe Zimmer',
    mail: null,
    userPrincipalName: 'zz@corp.example',
    guest: false,
  };
  await worker.store.people.save(account, new Map([[foldEmail('zoe@example.org')!, [zoe]]]), 0);
  const record = {
    participants: [
      participant('Carol', 'row'),
      participant('Bob', 'row'),
      { name: 'Nameless', email: null, source: 'row' },
      { name: 'Ada', email: foldEmail(erpUser), source: 'row' },
      participant('Zoe', 'owner'),
    ],
  } as SavedRecord;
  expect(await askersFor(worker, ada, record, chatId)).toEqual([
    { name: 'Bob', address: 'Bob@example.org', wasMember: true },
    { name: 'Zoe Zimmer', address: 'zz@corp.example', wasMember: false },
    { name: 'Carol', address: 'carol@example.org', wasMember: false },
  ]);
});
