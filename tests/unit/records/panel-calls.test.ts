import { expect, it } from 'vitest';
import { panelCalls } from '../../../lib/records/panel-calls.ts';
import type { SignIn } from '../../../lib/records/sign-in.ts';
import { fakeWorker, panelOf, shownKey, TAB } from './fake-worker.ts';

it.each(['resend', 'discard'] as const)('%s acts on messages of the chat shown alone', async (how) => {
  const { worker, outbox, pass } = await fakeWorker();
  const calls = panelCalls(worker, {} as SignIn);
  const call = (localId: string) =>
    calls[`messages.${how}`]({ pass, shown: shownKey, localId }, panelOf(TAB)) as Promise<void>;
  await expect(call('elsewhere')).rejects.toMatchObject({ error: { code: 'record-changed' } });
  expect(outbox[how]).not.toHaveBeenCalled();
  await call('here');
  expect(outbox[how]).toHaveBeenCalledWith('here');
});
