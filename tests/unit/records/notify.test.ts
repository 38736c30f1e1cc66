import { beforeEach, describe, expect, it, vi } from 'vitest';
import { browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { notifyOf } from '../../../lib/records/notify.ts';
import { account, chatId, message } from '../storage/fixtures.ts';
import { fakeWorker, shownKey, shownRef, TAB } from './fake-worker.ts';

const create = vi.fn();

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(browser, {
    permissions: { contains: async () => true },
    notifications: { create },
    runtime: { ...browser.runtime, getURL: (path: string) => `chrome-extension://x${path}` },
  });
});

/** Two new messages, in a tab that is in front or not and answers this to "does anybody look?". */
async function arrive({ inFront = true, watched }: { inFront?: boolean; watched: unknown }) {
  const { worker, order } = await fakeWorker();
  await worker.store.chats.setNotify(account, chatId, true);
  browser.tabs.get = (async () => ({ active: inFront })) as never;
  order.mockResolvedValue(watched);
  const me = (await worker.auth.account())!;
  await notifyOf(worker, me, chatId, [message(1), message(2)]);
  return { order };
}

describe('a notification', () => {
  it('names the record, never the words', async () => {
    await arrive({ watched: { ok: true, value: false } });
    expect(create).toHaveBeenCalledOnce();
    const [id, what] = create.mock.calls[0]!;
    expect(id).toBe(`record ${shownKey}`);
    expect(what.message).toBe('2 new messages');
    expect(JSON.stringify(what)).not.toContain('message 1');
  });

  it('does not come where a person sees the panel', async () => {
    const { order } = await arrive({ watched: { ok: true, value: true } });
    expect(order).toHaveBeenCalledWith(TAB, 'site.watched', { ref: shownRef });
    expect(create).not.toHaveBeenCalled();
  });

  it('comes where the tab is behind others, which is not even asked, or does not answer', async () => {
    const { order } = await arrive({ inFront: false, watched: { ok: true, value: true } });
    expect(order).not.toHaveBeenCalled();
    await arrive({ watched: { ok: false, error: { code: 'no-tab', title: '', text: '' } } });
    expect(create).toHaveBeenCalledTimes(2);
  });
});
