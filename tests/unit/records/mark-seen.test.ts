import { beforeEach, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { markSeen } from '../../../lib/records/read-messages.ts';
import { unreadOf } from '../../../lib/storage/unread.ts';
import { account, chatId, message } from '../storage/fixtures.ts';
import { fakeWorker } from './fake-worker.ts';

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(browser.storage, { managed: { get: async () => ({}) } });
});

/** Two messages of Bob's that nobody has read. */
async function unread() {
  const { worker } = await fakeWorker();
  const post = vi.fn(async () => {});
  Object.assign(worker, { graph: { post }, as: () => worker });
  Object.assign(worker.auth, { granted: async () => new Set(['Chat.ReadWrite']) });
  const me = (await worker.auth.account())!;
  await worker.store.messages.save(account, chatId, { messages: [message(1), message(2)], me: me.userId });
  const seen = (ms: number) => markSeen(worker, me, chatId, message(ms).id);
  const left = async () => unreadOf((await worker.store.chats.get(account, chatId))!);
  return { post, seen, left };
}

it('what several tabs say was seen, at once or again, is told to Microsoft once', async () => {
  const { post, seen, left } = await unread();
  await Promise.all([seen(2), seen(2), seen(1)]);
  await seen(2);
  expect(await left()).toBe(0);
  expect(post).toHaveBeenCalledTimes(1);
});

it('each further message that is seen is told', async () => {
  const { post, seen, left } = await unread();
  await seen(1);
  expect(await left()).toBe(1);
  await seen(2);
  expect(await left()).toBe(0);
  expect(post).toHaveBeenCalledTimes(2);
});
