import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const { sendMessage } = vi.hoisted(() => ({ sendMessage: vi.fn() }));
vi.mock('wxt/browser', () => ({ browser: { runtime: {} } }));
vi.mock('../../../lib/rpc/messenger.ts', () => ({ messenger: { sendMessage } }));

import { askPatiently, sendToWorker } from '../../../lib/rpc/client.ts';

const view = { ok: true, value: 'view' };
beforeEach(() => {
  vi.useFakeTimers();
  sendMessage.mockReset();
});
afterEach(() => vi.useRealTimers());

describe('asking the worker', () => {
  it('gives a dead worker as an error that can be tried again', async () => {
    sendMessage.mockRejectedValue(new Error('Could not establish connection'));
    expect(await sendToWorker('options.view')).toMatchObject({ ok: false, error: { action: { kind: 'retry' } } });
  });

  it('asks again where a question was swallowed', async () => {
    sendMessage.mockReturnValueOnce(new Promise(() => {})).mockResolvedValue(view);
    const answer = askPatiently('options.view');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toEqual(view);
    expect(sendMessage).toHaveBeenCalledTimes(2);
  });

  it('asks again where the worker died in the question', async () => {
    sendMessage.mockRejectedValueOnce(new Error('The message port closed')).mockResolvedValue(view);
    const answer = askPatiently('options.view');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toEqual(view);
    expect(sendMessage).toHaveBeenCalledTimes(2);
  });

  it('takes the slow answer to an earlier asking', async () => {
    sendMessage
      .mockImplementationOnce(() => new Promise((resolve) => setTimeout(resolve, 3_000, view)))
      .mockReturnValue(new Promise(() => {}));
    const answer = askPatiently('options.view');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toEqual(view);
    expect(sendMessage).toHaveBeenCalledTimes(2);
  });
});
