import { beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Member } from '../../../lib/model/chat.ts';
import { lookForUnread } from '../../../lib/records/look-for-unread.ts';
import { unreadOf } from '../../../lib/storage/unread.ts';
import { account, bob, chatId } from '../storage/fixtures.ts';
import { fakeWorker } from './fake-worker.ts';

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(browser.storage, { managed: { get: async () => ({}) } });
});

it('what a list says of a chat with something new leaves its members as they were: Graph tells at most 25 there', async () => {
  const { worker } = await fakeWorker();
  const members = Array.from({ length: 30 }, (_, i) => ({ id: `m${i}`, name: `Member ${i}` })) as unknown as Member[];
  await worker.store.chats.save(account, { ...chat, members });
  const listed = {
    id: chatId,
    chatType: 'group',
    topic: 'Offer',
    webUrl: 'https://teams.microsoft.com/l/chat/1/0',
    createdDateTime: '2026-11-01T08:00:00Z',
    viewpoint: { isHidden: false, lastMessageReadDateTime: '2026-11-01T08:00:00Z' },
    lastMessagePreview: {
      id: '1',
      createdDateTime: '2026-11-02T08:00:00Z',
      from: { user: { id: bob, displayName: 'Bob' } },
    },
    members: [{ id: 'm0', displayName: 'Member 0', userId: bob, roles: [] }],
  };
  const get = vi.fn(async () => ({ value: [listed] }));
  const order = async () => ({ ok: false, error: { code: 'no-tab', title: '', text: '' } });
  Object.assign(worker, { graph: { get }, order, clock: { ...worker.clock, now: () => Date.UTC(2026, 10, 3) } });
  Object.assign(worker.auth, { granted: async () => new Set(['Chat.ReadWrite']) });
  await lookForUnread(worker, (await worker.auth.account())!);
  expect(get).toHaveBeenCalledTimes(1);
  const row = (await worker.store.chats.get(account, chatId))!;
  expect(unreadOf(row)).toBeGreaterThan(0);
  expect(row.members).toHaveLength(30);
});

const chat = {
  id: chatId,
  topic: 'Offer',
  kind: 'group' as const,
  members: [],
  webUrl: null,
  createdAt: '2026-11-01T08:00:00Z',
  readUpTo: null,
  newestAt: null,
};
