// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDraftPictures } from '../../entrypoints/panel/state/draft-pictures.ts';
import { createDrafts } from '../../entrypoints/panel/state/drafts.ts';
import { createMessages } from '../../entrypoints/panel/state/messages.ts';
import { createPanelState } from '../../entrypoints/panel/state/panel-state.ts';
import { createSending } from '../../entrypoints/panel/state/sending.ts';
import { type Ask, createSession, type Send } from '../../entrypoints/panel/state/session.ts';
import { asChatId, type RecordKey } from '../../lib/model/ids.ts';
import { plainContent } from '../../lib/model/message.ts';
import { NOTHING_WRITTEN, type Writing } from '../../lib/model/writing.ts';
import { BEN, CHAT_ID, message, NOW, RECORD, SETTINGS } from './samples.ts';

const A = 'record A' as RecordKey;
const B = 'record B' as RecordKey;
const words = (text: string): Writing => ({ ...NOTHING_WRITTEN, text });
const ok = (value: unknown = undefined) => ({ ok: true, value });
const no = (code: string) => ({ ok: false, error: { code, title: code, text: '' } });
type Calls = [key: string, data: Record<string, unknown>][];

/** An `ask` that answers from a table and remembers what it was asked. */
function fakeAsk(answers: Record<string, (data: never) => unknown>) {
  const calls: Calls = [];
  const ask = (async (key: string, data: Record<string, unknown>) => {
    calls.push([key, data]);
    return (answers[key] ?? (() => ok()))(data as never);
  }) as unknown as Ask;
  return { ask, calls, of: (key: string) => calls.filter(([k]) => k === key).map(([, d]) => d) };
}

beforeEach(() => {
  vi.useRealTimers();
});

describe('the session', () => {
  it('trades one nonce for a pass and sends it with every call', async () => {
    const send = vi.fn(async (key: string) => (key === 'panel.enter' ? ok({ pass: 'P' }) : ok('answer')));
    const { ask } = createSession(send as unknown as Send, async () => 'N');
    const answers = await Promise.all([ask('panel.view', {}), ask('draft.load', { shown: A })]);
    expect(answers).toEqual([ok('answer'), ok('answer')]);
    expect(send.mock.calls.filter(([key]) => key === 'panel.enter')).toEqual([['panel.enter', { nonce: 'N' }]]);
    expect(send).toHaveBeenCalledWith('draft.load', { shown: A, pass: 'P' });
  });
  it('asks for a new nonce once where the pass is no longer known', async () => {
    let passes = 0;
    const send = vi.fn(async (key: string, data: { pass?: string }) => {
      if (key === 'panel.enter') return ok({ pass: `P${++passes}` });
      return data.pass === 'P2' ? ok() : no('unknown-frame');
    });
    const { ask } = createSession(send as unknown as Send, async () => 'N');
    expect(await ask('panel.view', {})).toEqual(ok());
    expect(passes).toBe(2);
  });
  it('gives up after the second refusal instead of going round', async () => {
    const send = vi.fn(async (key: string) => (key === 'panel.enter' ? ok({ pass: 'P' }) : no('unknown-frame')));
    const { ask } = createSession(send as unknown as Send, async () => 'N');
    expect(await ask('panel.view', {})).toEqual(no('unknown-frame'));
    expect(send).toHaveBeenCalledTimes(4);
  });
});

describe('drafts', () => {
  it('belong to their record, and are saved 400 ms after the first key not yet saved', () => {
    vi.useFakeTimers();
    const { ask, of } = fakeAsk({});
    const drafts = createDrafts(ask);
    drafts.set(A, words('h'));
    vi.advanceTimersByTime(300);
    drafts.set(A, words('he'));
    vi.advanceTimersByTime(99);
    expect(of('draft.save')).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(of('draft.save')).toEqual([{ shown: A, writing: words('he') }]);
    expect([drafts.writing(A).text, drafts.writing(B).text]).toEqual(['he', '']);
  });
  it('are written at once, under their own record, when the page may go', () => {
    vi.useFakeTimers();
    const { ask, of } = fakeAsk({});
    const drafts = createDrafts(ask);
    drafts.set(A, words('for A'));
    drafts.set(B, words('for B'));
    drafts.flush();
    expect(of('draft.save')).toEqual([
      { shown: A, writing: words('for A') },
      { shown: B, writing: words('for B') },
    ]);
    vi.advanceTimersByTime(1000);
    expect(of('draft.save')).toHaveLength(2);
  });
  it('asks again after a save that a dying worker took with it', async () => {
    vi.useFakeTimers();
    const answers = [no('bug'), ok()];
    const { ask, of } = fakeAsk({ 'draft.save': () => answers.shift() });
    const drafts = createDrafts(ask);
    drafts.set(A, words('he'));
    await vi.advanceTimersByTimeAsync(500);
    expect(of('draft.save')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(of('draft.save')).toEqual([
      { shown: A, writing: words('he') },
      { shown: A, writing: words('he') },
    ]);
  });
  it('sends along, as the page goes away, what has no answer yet', async () => {
    vi.useFakeTimers();
    const { ask, of } = fakeAsk({ 'draft.save': () => new Promise(() => {}) });
    const drafts = createDrafts(ask);
    drafts.set(A, words('he'));
    await vi.advanceTimersByTimeAsync(500);
    drafts.flush();
    expect(of('draft.save')).toHaveLength(2);
  });
  it('that were kept never overwrite what was typed meanwhile', async () => {
    let answer = (_: unknown) => {};
    const { ask } = fakeAsk({ 'draft.load': () => new Promise((resolve) => (answer = resolve)) });
    const drafts = createDrafts(ask);
    const loading = drafts.load(A);
    drafts.set(A, words('typed'));
    answer(ok({ text: 'kept' }));
    await loading;
    expect(drafts.writing(A).text).toBe('typed');
    drafts.flush();
  });
});

describe('sending', () => {
  const setUp = (answer: () => unknown) => {
    const fake = fakeAsk({ 'messages.send': answer });
    const drafts = createDrafts(fake.ask);
    const problems: string[] = [];
    let n = 0;
    const deps = {
      ask: fake.ask,
      drafts,
      newId: () => `id${++n}`,
      onProblem: (p: { code: string }) => problems.push(p.code),
    };
    const pictures = createDraftPictures({ ...deps, newId: () => `picture${++n}`, prepare: async () => null });
    return { ...fake, drafts, problems, sending: createSending({ ...deps, pictures }) };
  };
  it('carries the record and chat it was written for, as HTML', async () => {
    const { sending, drafts, of } = setUp(() => ok());
    drafts.set(A, words('**hi** <b>'));
    await sending.send(A, CHAT_ID, words('**hi** <b>'));
    expect(of('messages.send')).toEqual([
      {
        shown: A,
        chatId: CHAT_ID,
        localId: 'id1',
        content: plainContent('<p><strong>hi</strong> &lt;b&gt;</p>'),
        replyTo: null,
      },
    ]);
    expect(drafts.writing(A).text).toBe('');
  });
  it('refused, goes back to its own record before what was typed since', async () => {
    const { sending, drafts, problems } = setUp(() => {
      drafts.set(A, words('next'));
      return no('record-changed');
    });
    drafts.set(A, words('first'));
    await sending.send(A, CHAT_ID, words('first'));
    expect(drafts.writing(A).text).toBe('first\nnext');
    expect(drafts.writing(B).text).toBe('');
    expect(problems).toEqual(['record-changed']);
    drafts.flush();
  });
  it('goes back with its mentions where they stand, and as important as it was', async () => {
    const at = (start: number) => ({ start, end: start + 4, userId: BEN.id, name: 'Ben' });
    const { sending, drafts } = setUp(() => {
      drafts.set(A, { ...words('and @Ben'), mentions: [at(4)] });
      return no('record-changed');
    });
    await sending.send(A, CHAT_ID, { ...words('hi @Ben'), mentions: [at(3)], importance: 'high' });
    const back = drafts.writing(A);
    expect(back).toMatchObject({ text: 'hi @Ben\nand @Ben', importance: 'high' });
    expect(back.mentions.map((m) => back.text.slice(m.start, m.end))).toEqual(['@Ben', '@Ben']);
    drafts.flush();
  });
  it('tries again under the same id where the worker did not answer, also when the person sends the text again', async () => {
    let dead = true;
    const { sending, drafts, of } = setUp(() => (dead ? no('bug') : ok()));
    await sending.send(A, CHAT_ID, words('hi'));
    dead = false;
    await sending.send(A, CHAT_ID, drafts.writing(A));
    await sending.send(A, CHAT_ID, words('hi'));
    await sending.send(B, asChatId('other'), words('hi'));
    expect(of('messages.send').map((d) => d.localId)).toEqual(['id1', 'id1', 'id1', 'id2', 'id3']);
  });
});

describe('the panel’s state', () => {
  const linkedView = (key: RecordKey, more = {}) => ({ settings: SETTINGS, notices: [], ...RECORD, key, ...more });
  it('reads the messages of the record it turns to and forgets the other’s', async () => {
    let key = A;
    const pages: Record<string, unknown[]> = { [A]: [message(2, BEN, 'of A')], [B]: [message(1, BEN, 'of B')] };
    const { ask } = fakeAsk({
      'panel.view': () => ok(linkedView(key)),
      'messages.page': (d: { shown: string }) => ok({ messages: pages[d.shown], more: false }),
      'draft.load': () => ok(null),
    });
    const messages = createMessages(ask);
    const state = createPanelState({ ask, messages, drafts: createDrafts(ask), now: () => NOW, onScreen: () => true });
    await state.refresh();
    expect(messages.messages.value?.map((m) => m.html)).toEqual(['of A']);
    key = B;
    await state.refresh();
    expect(messages.messages.value?.map((m) => m.html)).toEqual(['of B']);
  });
  it('drops a page that arrives for the record left behind', async () => {
    let release = (_: unknown) => {};
    const { ask } = fakeAsk({ 'messages.page': () => new Promise((resolve) => (release = resolve)) });
    const messages = createMessages(ask);
    messages.show(A, CHAT_ID);
    const reading = messages.readNewest();
    messages.show(B, CHAT_ID);
    release(ok({ messages: [message(1, BEN, 'of A')], more: true }));
    (await reading)();
    expect(messages.messages.value).toBeNull();
  });
  it('makes one more run of any number of notices during a run', async () => {
    const { ask, of } = fakeAsk({ 'panel.view': () => ok({ settings: SETTINGS, notices: [], kind: 'no-record' }) });
    const state = createPanelState({
      ask,
      messages: createMessages(ask),
      drafts: createDrafts(ask),
      now: () => NOW,
      onScreen: () => true,
    });
    const first = state.refresh();
    for (let i = 0; i < 20; i++) state.hear({ kind: 'view' });
    await first;
    expect(of('panel.view')).toHaveLength(2);
  });
  describe('of a panel that nobody sees', () => {
    const hidden = () => {
      const fake = fakeAsk({ 'panel.view': () => ok({ settings: SETTINGS, notices: [], kind: 'no-record' }) });
      const shown = { onScreen: false };
      const state = createPanelState({
        ask: fake.ask,
        messages: createMessages(fake.ask),
        drafts: createDrafts(fake.ask),
        now: () => NOW,
        onScreen: () => shown.onScreen,
      });
      return { ...fake, state, shown };
    };
    it('reads nothing at a notice, and once when it is looked at', async () => {
      const { state, shown, of } = hidden();
      for (let i = 0; i < 3; i++) state.hear({ kind: 'view' });
      state.hear({ kind: 'messages', chatId: CHAT_ID, outbox: false });
      state.look();
      await Promise.resolve();
      expect(of('panel.view')).toHaveLength(0);
      shown.onScreen = true;
      state.look();
      state.look();
      await vi.waitFor(() => expect(state.view.value?.kind).toBe('no-record'));
      expect(of('panel.view')).toHaveLength(1);
    });
    it('forgets at once who signed out', async () => {
      const { state, of } = hidden();
      state.hear({ kind: 'account' });
      await vi.waitFor(() => expect(of('panel.view')).toHaveLength(1));
    });
    it('does not ask every few seconds whether a colleague is done', async () => {
      vi.useFakeTimers();
      let onScreen = true;
      const { ask, of } = fakeAsk({
        'panel.view': () => ok(linkedView(A, { chat: { kind: 'claimed', staleAt: NOW + 60_000 } })),
      });
      const state = createPanelState({
        ask,
        messages: createMessages(ask),
        drafts: createDrafts(ask),
        now: () => NOW,
        onScreen: () => onScreen,
      });
      await state.refresh();
      await vi.advanceTimersByTimeAsync(3_000);
      expect(of('panel.view')).toHaveLength(2);
      onScreen = false;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(of('panel.view')).toHaveLength(2);
      onScreen = true;
      state.look();
      await vi.advanceTimersByTimeAsync(0);
      expect(of('panel.view')).toHaveLength(3);
    });
  });
  it('shows and saves nothing of the person who wrote here before', async () => {
    vi.useFakeTimers();
    let me = RECORD.me;
    const { ask, of } = fakeAsk({
      'panel.view': () => ok(linkedView(A, { me, canRead: false })),
      'draft.load': () => ok(null),
    });
    const drafts = createDrafts(ask);
    const state = createPanelState({
      ask,
      messages: createMessages(ask),
      drafts,
      now: () => NOW,
      onScreen: () => true,
    });
    await state.refresh();
    drafts.set(A, words('of the first'));
    me = { ...me, id: 'somebody else' as typeof me.id };
    await state.refresh();
    vi.advanceTimersByTime(1000);
    expect(drafts.writing(A).text).toBe('');
    expect(of('draft.save')).toEqual([]);
  });
  it('asks for messages only where they may be read', async () => {
    const { ask, of } = fakeAsk({
      'panel.view': () => ok(linkedView(A, { canRead: false })),
      'draft.load': () => ok(null),
    });
    const messages = createMessages(ask);
    const state = createPanelState({ ask, messages, drafts: createDrafts(ask), now: () => NOW, onScreen: () => true });
    await state.refresh();
    await state.refresh();
    expect(of('messages.page')).toEqual([]);
  });
  it('keeps what a later read brought, whoever else is done last', async () => {
    const [old, fresh] = [message(2, BEN, 'old'), message(1, BEN, 'fresh')];
    const pages = [[old], [old], [old, fresh]];
    const { ask } = fakeAsk({ 'messages.page': () => ok({ messages: pages.shift(), more: false }) });
    const messages = createMessages(ask);
    messages.show(A, CHAT_ID);
    (await messages.readNewest())();
    // Begins first, and then waits for a view that takes its time.
    const slow = await messages.readNewest();
    (await messages.readNewest())();
    slow();
    expect(messages.messages.value?.map((m) => m.html)).toEqual(['old', 'fresh']);
  });
  it('jumps to an older message, follows the newer ones, and comes back to the newest', async () => {
    const all = Array.from({ length: 400 }, (_, i) => message(400 - i, BEN, `no ${i}`));
    const { ask } = fakeAsk({
      'messages.page': (d: { before: string | null; count: number }) => {
        const end = d.before ? all.findIndex((m) => m.id === d.before) : all.length;
        return ok({ messages: all.slice(Math.max(0, end - d.count), end), more: end > d.count });
      },
      'messages.stretch': (d: { id: string; before: number; after: number }) => {
        const at = all.findIndex((m) => m.id === d.id);
        if (at < 0) return ok(null);
        const stretch = all.slice(Math.max(0, at - d.before), at + d.after + 1);
        return ok({ messages: stretch, more: at > d.before, newer: at + d.after + 1 < all.length });
      },
    });
    const messages = createMessages(ask);
    const shown = () => messages.messages.value?.map((m) => m.html) ?? [];
    messages.show(A, CHAT_ID);
    (await messages.readNewest())();
    expect(await messages.jump(all[100]!.id)).toBe(true);
    expect([shown()[0], shown().at(-1), messages.newer.value]).toEqual(['no 50', 'no 150', true]);
    // A notice meanwhile: nothing joins what is new.
    (await messages.readNewest())();
    expect(shown().at(-1)).toBe('no 150');
    for (let i = 0; i < 5; i++) await messages.toNewer();
    expect([shown()[0], shown().at(-1), shown().length, messages.newer.value]).toEqual(['no 50', 'no 399', 350, false]);
    expect(await messages.jump(all[10]!.id)).toBe(true);
    await messages.toNewest();
    expect([shown()[0], shown().at(-1), messages.newer.value]).toEqual([expect.any(String), 'no 399', false]);
    expect(await messages.jump('1' as never)).toBe(false);
    expect(shown().at(-1)).toBe('no 399');
  });
  it('loads older pages in front', async () => {
    const newest = Array.from({ length: 50 }, (_, i) => message(50 - i, BEN, `new ${i}`));
    const { ask } = fakeAsk({
      'messages.page': (d: { before: string | null }) =>
        ok(d.before ? { messages: [message(99, BEN, 'older')], more: false } : { messages: newest, more: true }),
    });
    const messages = createMessages(ask);
    messages.show(A, CHAT_ID);
    (await messages.readNewest())();
    expect(messages.more.value).toBe(true);
    await messages.older();
    expect(messages.messages.value?.map((m) => m.html).slice(0, 2)).toEqual(['older', 'new 0']);
    expect(messages.messages.value).toHaveLength(51);
    expect(messages.more.value).toBe(false);
  });
});
