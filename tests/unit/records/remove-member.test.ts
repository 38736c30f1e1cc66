import { describe, expect, it } from 'vitest';
import { type AppFailure, fail } from '../../../lib/model/errors.ts';
import { leaveChat, takeOut } from '../../../lib/records/remove-member.ts';
import type { Shown } from '../../../lib/records/shown.ts';
import { account, chatId, erpUser, me } from '../storage/fixtures.ts';
import { fakeWorker, shownKey, shownRef } from './fake-worker.ts';

/** A chat of Teams whose DELETE may fail, before or after it did what was asked. */
async function world(scopes = ['ChatMember.ReadWrite']) {
  const { worker } = await fakeWorker();
  const chat = {
    members: [me as string, 'bob', 'zoe'],
    deletes: [] as string[],
    trouble: null as AppFailure | null,
    after: false,
  };
  const graph = {
    get: async (path: string) => {
      if (!chat.members.includes(me)) throw fail('not-a-member', 'out', 'out');
      const members = chat.members.map((id) => ({ id: `m-${id}`, userId: id, displayName: id }));
      return path.endsWith('/members') ? { value: members } : { id: chatId, chatType: 'group', topic: 't', members };
    },
    remove: async (path: string) => {
      const id = decodeURIComponent(path.split('/').pop()!).slice('m-'.length);
      chat.deletes.push(id);
      const { trouble } = chat;
      chat.trouble = null;
      if (!trouble || chat.after) chat.members = chat.members.filter((one) => one !== id);
      if (trouble) throw trouble;
    },
  };
  Object.assign(worker, {
    graph,
    me: { get: async () => ({ displayName: 'Ada', mail: erpUser, userPrincipalName: erpUser }) },
    outbox: { view: async () => [] },
  });
  Object.assign(worker.auth, {
    granted: async () => new Set(scopes),
    adminConsentUrl: async (tier: string) => `https://login.test/${tier}`,
  });
  const shown = { account: await worker.auth.account(), ref: shownRef, erpUser } as Shown;
  return { worker, chat, shown };
}
const order = { chatId, membershipId: 'm-bob' };
const codeOf = (run: Promise<unknown>) =>
  run.then(
    () => 'done',
    (caught: AppFailure) => caught.error.code,
  );

describe('taking somebody out of a chat', () => {
  it('does it, and the list of members shows it at once', async () => {
    const { worker, chat, shown } = await world();
    await takeOut(worker, shown, order);
    expect(chat.members).toEqual([me, 'zoe']);
    expect((await worker.store.chats.get(account, chatId))?.members.map((m) => m.userId)).toEqual([me, 'zoe']);
  });

  it('asks nothing of Microsoft without the permission, and says who can give it', async () => {
    const { worker, chat, shown } = await world(['Chat.ReadWrite']);
    const caught = await takeOut(worker, shown, order).catch((error: AppFailure) => error.error);
    expect(caught).toMatchObject({
      code: 'missing-scope',
      action: { kind: 'consent', url: 'https://login.test/members' },
    });
    expect(chat.deletes).toEqual([]);
  });

  it('settles a lost answer by looking who is in the chat', async () => {
    const { worker, chat, shown } = await world();
    chat.trouble = fail('offline', 'lost', 'lost');
    chat.after = true;
    expect(await codeOf(takeOut(worker, shown, order))).toBe('done');
    chat.trouble = fail('offline', 'lost', 'lost');
    chat.after = false;
    expect(await codeOf(takeOut(worker, shown, { chatId, membershipId: 'm-zoe' }))).toBe('offline');
    expect(chat.members).toEqual([me, 'zoe']);
  });

  it('takes for done what somebody else has done, and passes a refusal on', async () => {
    const { worker, chat, shown } = await world();
    chat.trouble = fail('not-found', 'gone', 'gone');
    expect(await codeOf(takeOut(worker, shown, order))).toBe('done');
    chat.trouble = fail('refused-by-microsoft', 'no', 'no');
    expect(await codeOf(takeOut(worker, shown, order))).toBe('refused-by-microsoft');
  });
});

describe('leaving a chat', () => {
  it('takes oneself out, and the chat is none here any more', async () => {
    const { worker, chat, shown } = await world();
    await leaveChat(worker, shown, chatId);
    expect(chat.deletes).toEqual([me]);
    expect(await worker.store.links.get(account, shownKey)).toBeUndefined();
  });

  it('is done where the answer was lost after it happened', async () => {
    const { worker, chat, shown } = await world();
    chat.trouble = fail('outcome-unknown', 'lost', 'lost');
    chat.after = true;
    expect(await codeOf(leaveChat(worker, shown, chatId))).toBe('done');
  });

  it('waits for what is still to be sent there', async () => {
    const { worker, chat, shown } = await world();
    Object.assign(worker.outbox, { view: async () => [{ localId: 'x' }] });
    expect(await codeOf(leaveChat(worker, shown, chatId))).toBe('not-permitted');
    expect(chat.deletes).toEqual([]);
  });
});
