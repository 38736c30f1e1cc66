import 'fake-indexeddb/auto';
import { type IDBPDatabase, openDB } from 'idb';
import { beforeEach, describe, expect, test } from 'vitest';
import { asErpUser, asOrigin, type Email, foldEmail } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import { migrations } from '../../../lib/storage/indexed-db.ts';
import { openStore } from '../../../lib/storage/open.ts';
import { parseQuery } from '../../../lib/util/search-query.ts';
import { account, bob, changed, chatId, erpUser, freshIndexedDb, me, message, record, T0 } from './fixtures.ts';

const site = asOrigin('https://erp.example');
const email = foldEmail('bob@example.org') as Email;
const said = Array.from({ length: 230 }, (_, i) => message(i, { html: `<p>pump ${i}</p>` }));

/** A row of each store, as the version that made the store wrote it. */
const CHAT = {
  account,
  chatId,
  no: 1,
  topic: 'Fair · EV-1',
  kind: 'group',
  members: [],
  webUrl: null,
  createdAt: '',
  me,
  watermark: said.at(-1)!.modifiedAt,
  oldest: { id: said[0]!.id, createdAt: said[0]!.createdAt },
  complete: true,
  readUpTo: said[219]!.createdAt,
  newestAt: said.at(-1)!.createdAt,
  unread: 10,
  notify: true,
};
const LINK = { account, recordKey: record, chatId, confirmedBy: 'created', recordCreation: 'c', linkedAt: T0 };
const SENT = { localId: 'a', account, recordKey: record, chatId, erpUser, html: '<p>to be sent</p>', state: 'queued' };
const WAITING = {
  writtenAt: T0,
  seq: 1,
  problem: null,
  emptyLooks: 0,
  mayResend: false,
  startedAt: null,
  newestKnown: null,
};
const JOB = { id: 'j', kind: 'k', account, recordKey: record, origin: site, erpUser, step: 's', data: 1 };
const JOB_ON = { createdAt: T0, updatedAt: T0, wakeAt: null, problem: null, question: null };
const MAPPING = { account, origin: site, address: email, user: asErpUser('bob'), azureId: 'x', name: 'Bob' };
const PICTURE = {
  account,
  recordKey: record,
  id: 'p',
  bytes: new Uint8Array([1, 2]),
  contentType: 'image/png',
  savedAt: T0,
};
const CHANNEL = {
  account,
  channelId: '19:g',
  teamId: 't',
  team: 'T',
  name: 'G',
  kind: 'standard',
  usedAt: T0,
  postedAt: null,
};
const SIGNED_IN = {
  account,
  userId: me,
  name: 'Ada',
  username: 'ada',
  tenantId: 't',
  tier: 'base',
  sites: [site],
  place: 0,
};
const PUSH = { account, chatId, origin: site, method: 'm', id: 's', until: T0, problem: null };

/** Rows by store, with the version since which they are there. */
const FILL: [since: number, store: string, row: object][] = [
  [1, 'chats', CHAT],
  [1, 'links', LINK],
  [1, 'outbox', { ...SENT, ...WAITING }],
  [1, 'receipts', { localId: 'r', account, chatId, serverId: said[0]!.id, at: T0 }],
  [1, 'jobs', { ...JOB, ...JOB_ON }],
  [1, 'drafts', { account, recordKey: record, text: 'half a sen', savedAt: T0 }],
  [1, 'people', { account, email, people: [], lookedUpAt: T0 }],
  [1, 'photos', { account, userId: bob, url: 'data:x', lookedUpAt: T0 }],
  [1, 'counters', { name: 'chat', last: 1 }],
  [1, 'counters', { name: 'outbox', last: 1 }],
  [2, 'mappings', MAPPING],
  [3, 'answers', { account, question: 'q', at: T0 }],
  [5, 'accounts', SIGNED_IN],
  [6, 'channels', CHANNEL],
  [6, 'channelChoices', { account, of: record, channelId: '19:g' }],
  [7, 'pictures', PICTURE],
  [8, 'pushes', PUSH],
  [
    9,
    'syncs',
    {
      account,
      listedUpTo: null,
      doneAt: T0,
      sweptAt: null,
      dayAt: null,
      brought: 1,
      problem: null,
      run: null,
      due: null,
    },
  ],
  [10, 'files', { account, id: 'f', size: 2, savedAt: T0 }],
  [10, 'fileParts', { account, id: 'f', no: 0, bytes: new Uint8Array([1, 2]) }],
];

/** As it stood when `version` was the newest. */
async function databaseOf(version: number): Promise<void> {
  const db = await openDB('deskside', version, {
    async upgrade(db, _old, _new, tx) {
      for (const migrate of migrations.slice(0, version)) await migrate(db as unknown as IDBPDatabase, tx as never);
    },
  });
  for (const [since, store, row] of FILL) if (since <= version) await db.put(store, row);
  for (let at = 0; at < said.length; at += 100) {
    const messages = said.slice(at, at + 100);
    await db.put('messages', { no: 1, firstKey: messages[0]!.id.padStart(20, '0'), messages });
  }
  if (version >= 4 && version < 11) {
    // The words of the first ones alone: what was stored before has none.
    await db.put('texts', { no: 1, firstKey: said[0]!.id.padStart(20, '0'), heads: 'h', text: 'pump', newestAt: T0 });
    await db.put('chats', { ...CHAT, texts: 1 });
  }
  db.close();
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])('a database of version %i', (version) => {
  beforeEach(async () => {
    freshIndexedDb();
    await databaseOf(version);
  });

  test('opens with everything that was in it', async () => {
    const store = await openStore();
    expect(store.problem).toBeNull();
    expect((await store.messages.page(account, chatId, null, 500)).messages).toEqual(said);
    expect(await store.messages.get(account, chatId, said[100]!.id)).toEqual(said[100]);
    expect(await store.messages.newest(account, chatId)).toEqual(said.at(-1));
    expect(await store.chats.get(account, chatId)).toMatchObject({ unread: 10, topic: 'Fair · EV-1', notify: true });
    expect(await store.links.get(account, record)).toEqual(LINK);
    expect(await store.outbox.list(account)).toMatchObject([{ localId: 'a', content: { html: '<p>to be sent</p>' } }]);
    expect(await store.outbox.outcome(account, 'r')).toEqual({ kind: 'sent', serverId: said[0]!.id });
    expect(await store.jobs.list(account)).toEqual([{ ...JOB, ...JOB_ON }]);
    expect(await store.drafts.load(account, record)).toEqual({ text: 'half a sen' });
    expect((await store.people.get(account, [email], T0)).size).toBe(1);
    expect(await store.photos.get(account, [bob], T0)).toEqual(new Map([[bob, 'data:x']]));
    expect(await store.mappings.list(account, site)).toEqual(version >= 2 ? [MAPPING] : []);
    expect(await store.answers.has(account, 'q')).toBe(version >= 3);
    expect(await store.accounts.list()).toEqual(version >= 5 ? [SIGNED_IN] : []);
    expect(await store.channels.recent(account)).toEqual(version >= 6 ? [CHANNEL] : []);
    expect(!!(await store.channels.choice(account, { record }))).toBe(version >= 6);
    expect(await store.pictures.get(account, record, 'p')).toEqual(version >= 7 ? PICTURE : undefined);
    store.close();
  });

  test('is searched, written to and opened once more', async () => {
    const first = await openStore();
    const edited: Message = changed(said[3]!, 5000, { html: 'valve 3' });
    // Before anything was searched for, and so before the words of what was there are taken.
    const { row } = await first.messages.save(account, chatId, {
      me,
      messages: [edited, message(300, { html: 'pump 300' })],
    });
    expect(row).toMatchObject({ no: 1, unread: 11 });
    first.close();
    const store = await openStore();
    const find = async (text: string) => {
      const page = await store.search.find(account, null, parseQuery(text, T0), { count: 500, from: null });
      return page.hits.map(({ message }) => message.html);
    };
    expect(await find('pump')).toHaveLength(230);
    expect((await find('pump'))[0]).toBe('pump 300');
    expect(await find('valve')).toEqual(['valve 3']);
    await store.messages.save(account, chatId, { me, messages: [message(400, { html: 'pump 400' })] });
    expect((await find('pump'))[0]).toBe('pump 400');
    expect((await store.messages.page(account, chatId, null, 500)).messages).toHaveLength(232);
    store.close();
  });
});
