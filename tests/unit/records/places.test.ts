import { describe, expect, it, vi } from 'vitest';
import type { Account } from '../../../lib/auth/account.ts';
import { fail } from '../../../lib/model/errors.ts';
import { asChatId, asErpUser, asRecordName, type ChatId, type Email, foldEmail } from '../../../lib/model/ids.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import type { CommentText, RecordComment } from '../../../lib/model/record-comment.ts';
import { arrival, documentHash, formatNone } from '../../../lib/records/claim.ts';
import { say } from '../../../lib/records/comment-link.ts';
import type { Erp } from '../../../lib/records/erp.ts';
import { predecessorOf } from '../../../lib/records/predecessor.ts';
import { putChat } from '../../../lib/records/put-chat.ts';
import { chatState } from '../../../lib/records/record-view.ts';
import type { Shown } from '../../../lib/records/shown.ts';
import { ignoreChat, takeChat } from '../../../lib/records/take-chat.ts';
import { me } from '../storage/fixtures.ts';
import { fakeWorker, shownKey, shownRef } from './fake-worker.ts';

const BOB = asErpUser('bob@example.org');
const ADA = asErpUser('ada@example.org');
const MALLORY = asErpUser('mallory@evil.test');
const [OURS, OTHER] = [asChatId('19:ours@thread.v2'), asChatId('19:other@thread.v2')];

/** A record that Ada reads: one of its people, as Bob is; its field may be hers to write or not. */
async function scene({ mayWrite = false, field = '', more = {} as Partial<SavedRecord> } = {}) {
  const { worker } = await fakeWorker();
  await worker.store.links.remove((await worker.auth.account())!.id, shownKey);
  const chats = new Map<ChatId, { topic: string; emails: string[] }>([
    [OURS, { topic: 'Kick-off · EV-1', emails: ['ada@example.org', 'bob@example.org'] }],
    [OTHER, { topic: 'Come in', emails: ['ada@example.org', 'mallory@evil.test'] }],
  ]);
  const participants = [ADA, BOB].map((user) => ({ email: foldEmail(user) as Email, name: user, source: 'field' }));
  const record = {
    ref: shownRef,
    title: 'Kick-off',
    modified: '1',
    creation: 'c1',
    owner: BOB,
    docstatus: 0,
    chatField: field,
    hasChatField: true,
    participants,
    erpUser: ADA,
    serverTime: 0,
    url: 'https://erp.example/app/event/EV-1',
    ...more,
  } as unknown as SavedRecord;
  const comments: (RecordComment & { text: CommentText })[] = [];
  let nth = 0;
  const add = (owner: typeof ADA, text: CommentText) => {
    const creation = `2026-11-22 10:00:0${++nth}.000000`;
    comments.push({ name: `c${nth}`, creation, owner, text, data: text.data ?? '' });
  };
  const erp = {
    read: vi.fn(async (ref: typeof shownRef) => ({ ...record, ref })),
    mayWrite: async () => mayWrite,
    isAdmin: async () => false,
    linkedTo: async () => [],
    comments: vi.fn(async () => ({ comments: comments.filter((c) => c.data), serverTime: 0 })),
    addComment: async (_: unknown, text: CommentText) => add(ADA, text),
    editComment: vi.fn(async (_: unknown, name: string, text: CommentText) => {
      Object.assign(comments.find((c) => c.name === name)!, { text, data: text.data ?? '' });
    }),
    writeChatField: vi.fn(async (_: unknown, value: string, modified: string) => {
      if (modified !== record.modified) throw fail('erp-conflict', 'stale', 'stale');
      Object.assign(record, { chatField: value, modified: String(Number(modified) + 1) });
      return { ...record };
    }),
  };
  const get = vi.fn(async (path: string) => {
    const id = asChatId(decodeURIComponent(/\/chats\/([^?]+)/.exec(path)![1]!));
    const chat = chats.get(id);
    if (!chat) throw fail('not-a-member', 'Not yours', 'Ask a member.');
    return {
      id,
      topic: chat.topic,
      chatType: 'group',
      createdDateTime: '2026-11-22T10:00:00Z',
      members: chat.emails.map((email, i) => ({ id: `m${i}`, userId: i ? `u${i}` : me, displayName: email, email })),
    };
  });
  const ada = { mail: 'ada@example.org', userPrincipalName: 'ada@example.org' };
  Object.assign(worker, { graph: { get }, me: { get: async () => ada } });
  Object.assign(worker.auth, { adminConsentUrl: async () => 'https://login.test/' });
  const account = (await worker.auth.account()) as Account;
  const document = await documentHash('Event', 'c1');
  const link = (owner: typeof ADA, chatId: ChatId, of = document) =>
    add(owner, say.link('0'.repeat(32), of, chatId, 'https://teams.test/', 'Kick-off'));
  const shown = { account, erp: erp as unknown as Erp, ref: shownRef, erpUser: ADA } as Shown;
  const state = (mayMove = true) => chatState(worker, account, { ...record }, shown.erp, mayMove);
  return { worker, account, record, comments, erp, chats, link, shown, state, get, document };
}

describe('what a record’s comments say', () => {
  it('is asked for only where the field names no chat', async () => {
    const named = await scene({ field: OURS });
    await named.state();
    expect(named.erp.comments).not.toHaveBeenCalled();
    const empty = await scene();
    expect(await empty.state()).toMatchObject({ kind: 'none', kept: { why: 'read-only' } });
    expect(empty.erp.comments).toHaveBeenCalledOnce();
  });

  it('is a chat that is borne out by its topic and by who is in it', async () => {
    const { state, link } = await scene();
    link(BOB, OURS);
    expect(await state()).toMatchObject({ kind: 'linked', kept: { why: 'read-only', by: BOB, mine: false } });
  });

  it.each([
    ['an outsider in it', { topic: 'Kick-off · EV-1', emails: [ADA, BOB, 'eve@evil.test'] }],
    ['somebody without an address in it', { topic: 'Kick-off · EV-1', emails: [ADA, ''] }],
    ['another topic', { topic: 'Come in', emails: [ADA, BOB] }],
  ])('is not believed with %s: nothing is sent there', async (_, chat) => {
    const { state, link, chats } = await scene();
    chats.set(OURS, chat);
    link(BOB, OURS);
    expect(await state()).toMatchObject({
      kind: 'unconfirmed',
      chat: { id: OURS },
      namedBy: { by: BOB, mayTake: false },
    });
  });

  it('hides no real chat behind one that somebody made up before, and many of one person count once', async () => {
    const { state, link, get } = await scene();
    for (let i = 0; i < 30; i++) link(MALLORY, asChatId(`19:${i}@thread.v2`));
    link(BOB, OURS);
    expect(await state()).toMatchObject({ kind: 'linked', chat: { id: OURS } });
    expect(get.mock.calls.length).toBeLessThanOrEqual(2);
  });

  it('of another document counts for nothing', async () => {
    const { state, link } = await scene();
    link(BOB, OURS, await documentHash('Event', 'another'));
    expect(await state()).toMatchObject({ kind: 'none' });
  });

  it('is set aside by a person for whom it is wrong, and stays so until its owner writes another', async () => {
    const { state, link, worker, shown, comments, document } = await scene();
    link(MALLORY, OTHER);
    expect(await state()).toMatchObject({ kind: 'unconfirmed', chat: { id: OTHER } });
    await ignoreChat(worker, shown, OTHER);
    expect(await state()).toMatchObject({ kind: 'none' });
    comments[0]!.data = say.link('1'.repeat(32), document, OURS, '', '').data!;
    expect(await state()).not.toMatchObject({ kind: 'none' });
  });
});

describe('a link in a comment', () => {
  it('moves into the field once somebody opens the record who may write it, and its own comment says no more', async () => {
    const { state, link, record, comments } = await scene({ mayWrite: true });
    link(ADA, OURS);
    expect(await state()).not.toHaveProperty('kept');
    expect(record.chatField).toBe(OURS);
    expect(comments[0]!.text).toMatchObject({ data: null, link: { text: 'Kick-off · EV-1' } });
  });

  it('leaves a colleague’s comment as it is', async () => {
    const { state, link, record, erp } = await scene({ mayWrite: true });
    link(BOB, OURS);
    await state();
    expect(record.chatField).toBe(OURS);
    expect(erp.editComment).not.toHaveBeenCalled();
  });

  it('does not move over unsaved edits, over somebody’s claim, or when nothing bears it out', async () => {
    const { state, link, erp, comments, document } = await scene({ mayWrite: true });
    link(BOB, OURS);
    await state(false);
    const claim = `deskside:1:${'9'.repeat(32)}:100:00000000-0000-4000-8000-00000000000a:${document}`;
    comments.push({ ...comments[0]!, name: 'claim', data: claim });
    await state();
    comments.pop();
    expect(erp.writeChatField).not.toHaveBeenCalled();
    const foreign = await scene({ mayWrite: true });
    foreign.link(MALLORY, OTHER);
    expect(await foreign.state()).toMatchObject({ kind: 'unconfirmed' });
    expect(foreign.erp.writeChatField).not.toHaveBeenCalled();
  });

  it('stays where ERPNext does not take it, and is tried again only after somebody saved the record', async () => {
    const { state, link, erp, record } = await scene({ mayWrite: true, more: { modified: '77' } });
    link(BOB, OURS);
    erp.writeChatField.mockRejectedValue(fail('erp-refused', 'Mandatory', 'Fill it in.'));
    expect(await state()).toMatchObject({ kind: 'linked' });
    await state();
    expect(erp.writeChatField).toHaveBeenCalledTimes(1);
    record.modified = '78';
    await state();
    expect(erp.writeChatField).toHaveBeenCalledTimes(2);
  });

  it('is taken back by who wrote it', async () => {
    const { link, worker, shown, comments, state } = await scene();
    link(ADA, OURS);
    await takeChat(worker, shown, OURS);
    expect(comments[0]!.text).toEqual(say.unlinked);
    expect(await state()).toMatchObject({ kind: 'none' });
  });

  it('is nobody else’s to take back: it says whose it is', async () => {
    const { link, worker, shown, comments } = await scene();
    link(BOB, OURS);
    await expect(takeChat(worker, shown, OURS)).rejects.toMatchObject({
      error: { code: 'not-permitted', title: `The link stands in a comment of ${BOB}` },
    });
    expect(comments[0]!.data).not.toBe('');
  });

  it('that nothing bears out is taken back for everybody by who may write the field', async () => {
    const { link, worker, shown, state, record } = await scene({ mayWrite: true });
    link(MALLORY, OTHER);
    expect(await state()).toMatchObject({ kind: 'unconfirmed', namedBy: { by: MALLORY, mayTake: true } });
    await takeChat(worker, shown, OTHER);
    expect(record.chatField).toBe(formatNone(arrival('2026-11-22 10:00:01.000000')));
    expect(await state()).toMatchObject({ kind: 'none' });
  });

  it('does not come back after somebody took the chat out of the field', async () => {
    const { link, worker, shown, record, state } = await scene({ mayWrite: true, field: OURS });
    link(BOB, OURS);
    await takeChat(worker, shown, OURS);
    expect(record.chatField).toBe(formatNone(arrival('2026-11-22 10:00:01.000000')));
    expect(await state()).toMatchObject({ kind: 'none' });
    // A later comment counts again.
    link(BOB, OURS);
    expect(await state()).toMatchObject({ kind: 'linked' });
  });

  it('is written for a chat that exists, where the field is closed', async () => {
    const { worker, shown, comments, state, record } = await scene();
    await putChat(worker, shown, { chatId: OTHER, shared: true });
    expect(record.chatField).toBe('');
    expect(comments[0]!.text).toMatchObject({
      sentence: 'The Teams chat of this record, linked by Deskside:',
      link: { text: 'Come in', url: 'https://teams.microsoft.com/l/chat/19%3Aother%40thread.v2/conversations' },
    });
    // The person chose it: nothing else need bear it out.
    expect(await state()).toMatchObject({ kind: 'linked', chat: { id: OTHER }, kept: { mine: true } });
  });

  it('gives way to one that a colleague wrote in the same moment', async () => {
    const { worker, shown, comments, link, erp } = await scene();
    const add = erp.addComment;
    erp.addComment = async (ref, text) => {
      link(BOB, OURS);
      await add(ref, text);
    };
    await expect(putChat(worker, shown, { chatId: OTHER, shared: true })).rejects.toMatchObject({
      error: { code: 'record-changed' },
    });
    expect(comments[1]!.text).toEqual(say.overtaken);
  });
});

describe('the chat of a document that another amends', () => {
  const amended = { name: asRecordName('EV-0') };
  it('is found in a comment as in the field', async () => {
    const { worker, account, record, erp, link, chats } = await scene();
    chats.set(OURS, { topic: 'Kick-off · EV-0', emails: [ADA, BOB] });
    link(BOB, OURS);
    const now = { ...record, amendedFrom: amended.name };
    const before = await predecessorOf(worker, account, now, erp as unknown as Erp);
    expect(before).toEqual({ name: 'EV-0', chatId: OURS });
  });

  it('is not offered from a comment that nothing bears out', async () => {
    const { worker, account, record, erp, link } = await scene();
    link(MALLORY, OTHER);
    const now = { ...record, amendedFrom: amended.name };
    expect(await predecessorOf(worker, account, now, erp as unknown as Erp)).toBeNull();
  });
});
