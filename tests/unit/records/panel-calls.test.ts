import { expect, it } from 'vitest';
import { asUserId } from '../../../lib/model/ids.ts';
import { NOTHING_WRITTEN } from '../../../lib/model/writing.ts';
import { panelCalls } from '../../../lib/records/panel-calls.ts';
import type { SignIn } from '../../../lib/records/sign-in.ts';
import { account } from '../storage/fixtures.ts';
import { fakeWorker, panelOf, shownKey, TAB } from './fake-worker.ts';

const words = (text: string) => ({ ...NOTHING_WRITTEN, text });

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

it('writes down a draft that reaches the worker after its page is gone, and nothing else', async () => {
  const { worker, pass } = await fakeWorker();
  const calls = panelCalls(worker, {} as SignIn);
  // What a worker that has just been woken may hear in this order.
  await worker.tabs.gone(TAB);
  await calls['draft.save']({ pass, shown: shownKey, writing: words('not yet finished') }, panelOf(TAB));
  expect(await worker.store.drafts.load(account, shownKey)).toEqual(words('not yet finished'));
  const refused = { error: { code: 'unknown-frame' } };
  await expect(calls['draft.load']({ pass, shown: shownKey }, panelOf(TAB))).rejects.toMatchObject(refused);
  const other = calls['draft.save']({ pass, shown: shownKey, writing: words('not mine') }, panelOf(TAB + 1));
  await expect(other).rejects.toMatchObject(refused);
});

it('what was written as one account is not sent as another that speaks here by now', async () => {
  const { worker, pass, outbox } = await fakeWorker();
  const calls = panelCalls(worker, {} as SignIn);
  const { userId } = (await worker.auth.account())!;
  const resend = (as: string) =>
    calls['messages.resend'](
      { pass, shown: shownKey, localId: 'here', as: asUserId(as) },
      panelOf(TAB),
    ) as Promise<void>;
  await expect(resend('somebody else')).rejects.toMatchObject({ error: { title: 'Another account speaks here now' } });
  expect(outbox.resend).not.toHaveBeenCalled();
  await resend(userId);
  expect(outbox.resend).toHaveBeenCalledWith('here');
});
