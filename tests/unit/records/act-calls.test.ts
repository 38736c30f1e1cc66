import { expect, it, vi } from 'vitest';
import { asMessageId } from '../../../lib/model/ids.ts';
import { plainContent } from '../../../lib/model/message.ts';
import type { MessageAct } from '../../../lib/model/message-act.ts';
import { actCalls } from '../../../lib/records/act-calls.ts';
import { account, bob, chat2, chatId, erpUser, message } from '../storage/fixtures.ts';
import { fakeWorker, panelOf, shownKey, TAB } from './fake-worker.ts';

const own = asMessageId(message(1).id);
const bobs = asMessageId(message(2).id);

async function asked(granted: string[] = ['Chat.ReadWrite']) {
  const fake = await fakeWorker();
  const act = vi.fn(async () => {});
  const rewrite = vi.fn(async () => {});
  Object.assign(fake.outbox, { act, rewrite });
  Object.assign(fake.worker.auth, {
    granted: async () => new Set(granted),
    adminConsentUrl: async () => 'https://login.example/consent',
  });
  const me = (await fake.worker.auth.account())!.userId;
  const ada = { displayName: 'Ada', mail: erpUser, userPrincipalName: erpUser };
  Object.assign(fake.worker, { me: { get: async () => ada } });
  const messages = [
    message(1, { from: { userId: me, name: 'Ada' } }),
    message(2, { from: { userId: bob, name: 'Bob' } }),
  ];
  await fake.worker.store.messages.save(account, chatId, { messages, me });
  const calls = actCalls(fake.worker);
  const call = (what: MessageAct, chat = chatId) =>
    calls['messages.act'](
      { pass: fake.pass, shown: shownKey, chatId: chat, localId: 'a', act: what },
      panelOf(TAB),
    ) as Promise<void>;
  return { ...fake, act, rewrite, calls, call };
}

it('goes into the outbox as this account, for the chat on screen alone', async () => {
  const { call, act } = await asked();
  const what: MessageAct = { kind: 'delete', id: own };
  await call(what);
  expect(act).toHaveBeenCalledWith(expect.objectContaining({ localId: 'a', account, chatId, act: what }));
  await expect(call(what, chat2)).rejects.toMatchObject({ error: { code: 'record-changed' } });
  await expect(call({ kind: 'delete', id: asMessageId('99') })).rejects.toMatchObject({ error: { code: 'not-found' } });
});

it('anybody’s message can be reacted to, one’s own alone be changed', async () => {
  const { call, act } = await asked();
  await call({ kind: 'react', id: bobs, reaction: '🎉', on: true });
  for (const what of [
    { kind: 'delete', id: bobs } as const,
    { kind: 'edit', id: bobs, content: plainContent('x') } as const,
  ])
    await expect(call(what)).rejects.toMatchObject({ error: { code: 'not-permitted' } });
  expect(act).toHaveBeenCalledTimes(1);
});

it('without the permission to change messages it says so, and how to get it', async () => {
  const { call, act } = await asked(['ChatMessage.Send']);
  await expect(call({ kind: 'delete', id: own })).rejects.toMatchObject({
    error: { code: 'missing-scope', action: { kind: 'consent', url: 'https://login.example/consent' } },
  });
  await call({ kind: 'react', id: own, reaction: '🎉', on: true });
  expect(act).toHaveBeenCalledTimes(1);
});

it('a text that waits is rewritten in the chat shown alone', async () => {
  const { calls, rewrite, pass } = await asked();
  const call = (localId: string) =>
    calls['messages.rewrite'](
      { pass, shown: shownKey, localId, content: plainContent('new') },
      panelOf(TAB),
    ) as Promise<void>;
  await expect(call('elsewhere')).rejects.toMatchObject({ error: { code: 'record-changed' } });
  await call('here');
  expect(rewrite).toHaveBeenCalledTimes(1);
});
