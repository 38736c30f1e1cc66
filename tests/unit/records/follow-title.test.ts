import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { fail } from '../../../lib/model/errors.ts';
import { asUserId, foldEmail } from '../../../lib/model/ids.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import { followTitle } from '../../../lib/records/follow-title.ts';
import type { Worker } from '../../../lib/records/worker.ts';
import { openMemoryStore } from '../../../lib/storage/open.ts';
import { account, chatId, erpUser, record as key, me } from '../storage/fixtures.ts';
import { shownRef } from './fake-worker.ts';

const person = {
  id: asUserId('ada'),
  displayName: 'Ada',
  mail: foldEmail(erpUser),
  userPrincipalName: erpUser,
  guest: false,
};
const ada = { id: account, userId: me, tenantId: 't', name: 'Ada', username: erpUser };

/** Teams with one chat, and a Deskside beside it. */
function world(options: { topic?: string; scopes?: string[]; confirmedBy?: 'created' | 'marker' | 'person' } = {}) {
  const teams = { topic: options.topic ?? 'Launch · EV-1', patches: [] as string[], trouble: null as Error | null };
  const store = openMemoryStore();
  const chat = () => ({ id: chatId, topic: teams.topic, chatType: 'group', members: [] });
  let now = 0;
  const worker = {
    store,
    changes: { tell: vi.fn() },
    clock: { now: () => now },
    me: { get: async () => person },
    auth: { granted: async () => new Set(options.scopes ?? ['Chat.ReadWrite']) },
    graph: {
      get: async () => chat(),
      patch: async (_: string, { topic }: { topic: string }) => {
        const { trouble } = teams;
        teams.trouble = null;
        teams.topic = topic;
        teams.patches.push(topic);
        if (trouble) throw trouble;
      },
    },
  } as unknown as Worker;
  const look = async (title: string, name = 'EV-1') => {
    now += 61_000;
    const record = { ref: { ...shownRef, name }, title, erpUser } as SavedRecord;
    const row = await store.chats.save(account, {
      id: chatId,
      topic: teams.topic,
      kind: 'group',
      webUrl: null,
      createdAt: '',
      members: [],
      readUpTo: null,
      newestAt: null,
    });
    await followTitle(worker, ada, record, (await store.links.get(account, key))!, row);
    return teams.topic;
  };
  const begin = store.links.put({
    account,
    recordKey: key,
    chatId,
    confirmedBy: options.confirmedBy ?? 'created',
    recordCreation: 'c',
    linkedAt: 0,
  });
  return { teams, store, look, begin };
}

beforeEach(async () => {
  fakeBrowser.reset();
  await browser.storage.local.set({ chats: { followTitle: true } });
});

describe('a chat’s name', () => {
  it('follows the record’s title, and its name', async () => {
    const { look, begin, teams } = world();
    await begin;
    expect(await look('Launch')).toBe('Launch · EV-1');
    expect(await look('Launch day: all')).toBe('Launch day all · EV-1');
    expect(await look('Launch day: all', 'EV-2')).toBe('Launch day all · EV-2');
    await look('Launch day: all', 'EV-2');
    expect(teams.patches).toHaveLength(2);
  });

  it('stays where the person did not ask for it, may not, or nobody vouched for the chat but its own name', async () => {
    for (const options of [{ scopes: ['Chat.ReadBasic'] }, { confirmedBy: 'marker' as const }]) {
      const { look, begin } = world(options);
      await begin;
      await look('Launch');
      expect(await look('Other')).toBe('Launch · EV-1');
    }
    await browser.storage.local.set({ chats: {} });
    const { look, begin } = world();
    await begin;
    await look('Launch');
    expect(await look('Other')).toBe('Launch · EV-1');
  });

  it('that somebody gave it in Teams stays, also where it changed between the look and the write', async () => {
    const { look, begin, teams } = world();
    await begin;
    await look('Launch');
    teams.topic = 'The gang';
    expect(await look('Launch day')).toBe('The gang');
    const other = world({ topic: 'Budget talk', confirmedBy: 'person' });
    await other.begin;
    expect(await other.look('Launch')).toBe('Budget talk');
    expect([...teams.patches, ...other.teams.patches]).toEqual([]);
  });

  it('is known again as the record’s own though the answer was lost', async () => {
    const { look, begin, teams, store } = world();
    await begin;
    await look('A');
    teams.topic = 'A · EV-1';
    await look('A');
    teams.trouble = fail('outcome-unknown', 'lost', 'lost');
    expect(await look('B')).toBe('B · EV-1');
    expect((await store.links.get(account, key))?.ourTopics).toEqual(['A · EV-1', 'B · EV-1']);
    // The next title comes before anybody looked at what became of the last.
    expect(await look('C')).toBe('C · EV-1');
    expect((await store.links.get(account, key))?.ourTopics).toEqual(['C · EV-1']);
  });

  it('given by a colleague’s Deskside first is taken as it is', async () => {
    const { look, begin, teams } = world();
    await begin;
    await look('Launch');
    teams.topic = 'Launch day · EV-1';
    await look('Launch day');
    expect(await look('Launch eve')).toBe('Launch eve · EV-1');
    expect(teams.patches).toEqual(['Launch eve · EV-1']);
  });
});
