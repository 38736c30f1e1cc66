import { beforeEach, describe, expect, test } from 'vitest';
import { plainContent } from '../../../lib/model/message.ts';
import { driveName, numbered, PART_BYTES, slicesOf } from '../../../lib/model/upload.ts';
import { NOTHING_WRITTEN } from '../../../lib/model/writing.ts';
import { openMemoryStore, type Store } from '../../../lib/storage/open.ts';
import { account, chatId, erpUser, other, record, T0 } from './fixtures.ts';

let store: Store;
beforeEach(() => {
  store = openMemoryStore();
});

const SIZE = PART_BYTES + 3;
const keep = async (id: string, whose = account, savedAt = T0) => {
  const bytes = Uint8Array.from({ length: SIZE }, (_, i) => i % 251);
  for (const no of [0, 1])
    await store.files.put(whose, { id, size: SIZE, savedAt }, no, bytes.slice(no * PART_BYTES, (no + 1) * PART_BYTES));
  return bytes;
};
const written = (id: string) => ({ id, name: `${id}.pdf`, contentType: '', size: SIZE });

describe('files that wait', () => {
  test('are read by ranges over their parts, and are whole with the last one', async () => {
    const bytes = await keep('one');
    expect(await store.files.isWhole(account, 'one', SIZE)).toBe(true);
    expect(await store.files.isWhole(account, 'one', SIZE + 1)).toBe(false);
    expect(await store.files.isWhole(other, 'one', SIZE)).toBe(false);
    const range = await store.files.range(account, 'one', SIZE, PART_BYTES - 2, 100);
    expect(new Uint8Array(await range!.arrayBuffer())).toEqual(bytes.slice(PART_BYTES - 2));
    await store.files.drop(account, ['one']);
    expect(await store.files.range(account, 'one', SIZE, 0, 10)).toBeNull();
  });

  test('stay as long as a draft, a message or its discarding names them, else a day', async () => {
    for (const id of ['draft', 'sent', 'discarded', 'lost']) await keep(id);
    await keep('fresh', account, T0 + 10);
    await store.drafts.save(account, record, { ...NOTHING_WRITTEN, files: [written('draft')] }, T0);
    for (const id of ['sent', 'discarded'])
      await store.outbox.add({
        ...{ localId: id, account, recordKey: record, chatId, erpUser, content: plainContent(''), replyTo: null },
        ...{ files: [{ ...written(id), sent: 0 }], writtenAt: T0 },
      });
    await store.outbox.discard(account, 'discarded', T0);
    await store.files.sweep(T0 + 5);
    const there = await Promise.all(
      ['draft', 'sent', 'discarded', 'lost', 'fresh'].map((id) => store.files.isWhole(account, id, SIZE)),
    );
    expect(there).toEqual([true, true, true, false, true]);
    await store.forgetAccount(account);
    expect(await store.files.isWhole(account, 'draft', SIZE)).toBe(false);
  });
});

test.each([
  ['Offer.pdf', 'Offer.pdf'],
  ['a: b/c?.pdf', 'a_ b_c_.pdf'],
  ['~ $#%.', '$__'],
  ['CON.txt', '_CON.txt'],
  ['   ', '_'],
  [`${'é'.repeat(300)}.docx`, `${'é'.repeat(115)}.docx`],
])('%s is called %s in OneDrive', (name, wanted) => {
  expect(driveName(name)).toBe(wanted);
});

test('a name is numbered before its ending, and a file is cut at its parts', () => {
  expect(numbered('a.tar.gz', 2)).toBe('a.tar 2.gz');
  expect(numbered('README', 1)).toBe('README 1');
  expect(slicesOf(PART_BYTES - 1, 5, PART_BYTES + 2)).toEqual([
    { part: 0, from: PART_BYTES - 1, to: PART_BYTES },
    { part: 1, from: 0, to: 2 },
  ]);
});
