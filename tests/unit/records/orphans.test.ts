import { describe, expect, it } from 'vitest';
import { type AppError, fail } from '../../../lib/model/errors.ts';
import { asRecordName, asUserId } from '../../../lib/model/ids.ts';
import { recordKey } from '../../../lib/model/record.ts';
import { trust } from '../../../lib/records/link-chat.ts';
import { findRecord, followRecords, forgetOrphan, orphansOf } from '../../../lib/records/orphans.ts';
import { unreadRecords } from '../../../lib/records/unread-records.ts';
import { account, chatId, erpUser } from '../storage/fixtures.ts';
import { fakeWorker, shownKey, shownRef } from './fake-worker.ts';

/** An ERPNext that has these documents, by name and `creation`. */
async function world(documents: Record<string, string>, trouble?: AppError) {
  const { worker, order } = await fakeWorker();
  const asked: string[] = [];
  order.mockImplementation(async (_: number, what: string, data: { ref: typeof shownRef; creation: string }) => {
    asked.push(what);
    if (trouble) return { ok: false, error: trouble };
    if (what === 'site.read') {
      const creation = documents[data.ref.name];
      if (!creation) return { ok: false, error: fail('erp-not-found', 'gone', 'gone').error };
      return { ok: true, value: { ref: data.ref, creation, erpUser } };
    }
    const name = Object.keys(documents).find((one) => documents[one] === data.creation);
    return { ok: true, value: name ? { ...shownRef, name: asRecordName(name) } : null };
  });
  const ada = (await worker.auth.account())!;
  const link = async () => (await worker.store.links.list(account))[0]!;
  return { worker, ada, link, asked };
}

describe('a linked record', () => {
  it('is where it was', async () => {
    const { worker, ada, link } = await world({ 'EV-1': 'c1' });
    expect(await findRecord(worker, ada, await link())).toBe(shownKey);
  });

  it('is followed to its new name, and no line stays under the old', async () => {
    const { worker, ada, link } = await world({ 'EV-9': 'c1' });
    const key = recordKey({ ...shownRef, name: asRecordName('EV-9') });
    expect(await findRecord(worker, ada, await link())).toBe(key);
    expect((await worker.store.links.list(account)).map((row) => row.recordKey)).toEqual([key]);
  });

  it('that is gone is listed as such, and nowhere else; another document of its name is not it', async () => {
    for (const documents of [{}, { 'EV-1': 'another' }]) {
      const { worker, ada, link } = await world(documents);
      await worker.store.chats.save(account, {
        id: chatId,
        topic: 'Launch · EV-1',
        kind: 'group',
        webUrl: null,
        createdAt: '',
        members: [],
        readUpTo: null,
        newestAt: '2026-11-22T10:00:00Z',
        newestBy: asUserId('bob'),
      });
      expect(await unreadRecords(worker)).toHaveLength(1);
      expect(await findRecord(worker, ada, await link())).toBeNull();
      expect(await unreadRecords(worker)).toEqual([]);
      const [orphan] = await orphansOf(worker, ada);
      expect(orphan).toMatchObject({ key: shownKey, name: 'EV-1', topic: 'Launch · EV-1' });
      expect(orphan?.url).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/chat\//);
      await forgetOrphan(worker, ada, shownKey);
      expect(await worker.store.links.list(account)).toEqual([]);
    }
  });

  it('that may not be read, or that no tab can tell of, is not taken for gone', async () => {
    const { worker, ada, link } = await world({}, fail('erp-forbidden', 'no', 'no').error);
    expect(await findRecord(worker, ada, await link())).toBe(shownKey);
    await worker.tabs.gone(7);
    expect(await findRecord(worker, ada, await link())).toBe(shownKey);
    expect(await orphansOf(worker, ada)).toEqual([]);
  });

  it('that turns up again is no orphan any more, and is not forgotten by a late click', async () => {
    const { worker, ada, link } = await world({});
    await findRecord(worker, ada, await link());
    const record = { ref: shownRef, creation: 'c1' } as Parameters<typeof trust>[2];
    expect(await trust(worker, ada, record, chatId)).toMatchObject({ kind: 'confirmed' });
    expect(await orphansOf(worker, ada)).toEqual([]);
    await forgetOrphan(worker, ada, shownKey);
    expect(await worker.store.links.list(account)).toHaveLength(1);
  });

  it('is looked for once an hour, however often unread messages are met', async () => {
    const { worker, ada, link, asked } = await world({ 'EV-1': 'c1' });
    for (let i = 0; i < 3; i++) await followRecords(worker, ada, [await link()]);
    expect(asked).toEqual(['site.read']);
  });
});
