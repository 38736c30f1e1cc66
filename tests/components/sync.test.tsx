// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ChatSync, ChatSyncContext } from '../../components/panel/chat-sync.ts';
import { FillingLine, SyncItem, SyncStrip } from '../../components/panel/sync-strip.tsx';
import { MessagesSection } from '../../components/settings/messages-section.tsx';
import { SyncAll } from '../../components/settings/sync-card.tsx';
import { createChatSync } from '../../entrypoints/panel/state/chat-sync.ts';
import { setLanguage } from '../../lib/i18n/translate.ts';
import { fail } from '../../lib/model/errors.ts';
import { asAccountId, asChatId } from '../../lib/model/ids.ts';
import type { AccountSyncView, SyncSettingsView } from '../../lib/rpc/contract/sync.ts';
import { CHAT, RECORD } from './samples.ts';

beforeEach(() => setLanguage('en'));
afterEach(cleanup);
const NOW = Date.parse('2028-11-22T10:00:00Z');
const ACCOUNT: AccountSyncView = {
  id: asAccountId('ann.tenant'),
  name: 'Ann',
  run: null,
  doneAt: '2028-11-22T09:00:00Z',
  brought: 12,
  problem: null,
  dueAt: null,
  filled: { done: 3, total: 4 },
};
const run = { done: 20, total: 45, wakeAt: null, problem: null };
const BUSY = fail('throttled', 'Microsoft asks for a pause', 'x').error;

describe('all conversations', () => {
  const actions = { start: vi.fn(), cancel: vi.fn() };
  const show = (...accounts: AccountSyncView[]) => render(<SyncAll sync={{ accounts }} actions={actions} />);
  const bars = () => screen.getAllByRole('progressbar') as unknown as HTMLProgressElement[];

  it('says when all were brought up to date, and what that brought', () => {
    show(ACCOUNT);
    expect(screen.getByRole('status').textContent).toMatch(/^All up to date since .*22.*2028.*: 12 new messages\.$/);
    fireEvent.click(screen.getByRole('button', { name: 'Sync all conversations' }));
    expect(actions.start).toHaveBeenCalled();
  });

  it('counts with several accounts from the one that is furthest behind', () => {
    show(ACCOUNT, { ...ACCOUNT, id: asAccountId('bo.x'), doneAt: '2027-01-02T09:00:00Z', brought: 1 });
    expect(screen.getByRole('status').textContent).toMatch(/2027.*: 13 new messages/);
    cleanup();
    show(ACCOUNT, { ...ACCOUNT, id: asAccountId('bo.x'), doneAt: null });
    expect(screen.getByRole('status').textContent).toBe('Not all conversations were brought up to date yet.');
  });

  it('shows how far a run is, whose it is where there are several, and stops it', () => {
    show({ ...ACCOUNT, run }, { ...ACCOUNT, id: asAccountId('bo.x'), name: 'Bo', run: { ...run, total: null } });
    const [ann, bo] = bars();
    expect(screen.getByLabelText('Ann: 20 of 45 conversations')).toBe(ann);
    expect([ann?.value, ann?.max]).toEqual([20, 45]);
    expect(screen.getByLabelText(/^Bo: Looking which conversations/)).toBe(bo);
    expect(bo?.hasAttribute('value')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(actions.cancel).toHaveBeenCalled();
  });

  it('says why it waits and when it goes on, and why the last one ended', () => {
    show({ ...ACCOUNT, run: { ...run, problem: BUSY, wakeAt: '2028-11-22T10:02:00Z' } });
    expect(screen.getByText(/Microsoft asks for a pause\. It goes on by itself at /)).toBeTruthy();
    cleanup();
    show({ ...ACCOUNT, problem: fail('signed-out', 'Please sign in again', 'x').error });
    expect(screen.getByText('Please sign in again')).toBeTruthy();
  });

  it('says what is missing where nobody may read', () => {
    show();
    expect(screen.getByText(/must be allowed to read/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('the options for messages', () => {
  const actions = {
    start: vi.fn(),
    cancel: vi.fn(),
    set: vi.fn(async () => ({ ok: true as const, value: undefined })),
  };
  const show = (view: Partial<SyncSettingsView> = {}) =>
    render(
      <MessagesSection
        view={{ settings: { historyDays: 90, syncMinutes: null }, managed: [], ...view }}
        sync={{ accounts: [{ ...ACCOUNT, dueAt: '2028-11-22T11:00:00Z' }] }}
        actions={actions}
      />,
    );

  it('choose how far back, say how far it is, and what is kept', () => {
    show();
    const depth = screen.getByLabelText('Fetch older messages by itself') as HTMLSelectElement;
    expect([...depth.options].map(({ text }) => text)).toEqual(['30 days', '90 days', '365 days', 'Everything']);
    expect(depth.value).toBe('90');
    fireEvent.change(depth, { target: { value: '0' } });
    expect(actions.set).toHaveBeenLastCalledWith({ historyDays: null });
    expect(screen.getByLabelText('3 of 4 conversations are fetched that far back.')).toBeTruthy();
    expect(screen.getByText(/Your other chats are never kept/)).toBeTruthy();
  });

  it('turn the timer on beside Microsoft’s rule, and say when it rings next', () => {
    show();
    const timer = screen.getByRole('switch', { name: /in the background/ });
    expect(document.getElementById(timer.getAttribute('aria-describedby')!)?.textContent).toContain('once a day');
    expect(screen.queryByLabelText('How often')).toBeNull();
    fireEvent.click(timer);
    expect(actions.set).toHaveBeenLastCalledWith({ syncMinutes: 60 });
    cleanup();
    show({ settings: { historyDays: 90, syncMinutes: 60 } });
    const often = screen.getByLabelText('How often') as HTMLSelectElement;
    expect([...often.options].map(({ text }) => text)).toEqual([
      'Every 15 minutes',
      'Every 30 minutes',
      'Every hour',
      'Every 4 hours',
      'Once a day',
    ]);
    expect(screen.getByText(/^Next at /)).toBeTruthy();
    fireEvent.change(often, { target: { value: '240' } });
    expect(actions.set).toHaveBeenLastCalledWith({ syncMinutes: 240 });
  });

  it('show what an administrator set, also where it is none of the choices, and leave it', () => {
    show({ settings: { historyDays: 45, syncMinutes: 20 }, managed: ['historyDays', 'syncMinutes'] });
    const depth = screen.getByLabelText('Fetch older messages by itself') as HTMLSelectElement;
    expect([depth.disabled, depth.selectedOptions[0]?.text]).toEqual([true, '45 days']);
    expect((screen.getByRole('switch') as HTMLInputElement).disabled).toBe(true);
    expect(screen.getByLabelText('How often')).toHaveProperty('value', '20');
    expect(screen.getAllByText(/Set by your organisation/)).toHaveLength(2);
  });
});

describe('the chat on screen', () => {
  const LINKED = { ...RECORD, canRead: true, chat: { kind: 'linked', chat: CHAT } } as never;

  it('is brought up to date by the menu; what came of it is said, and goes by itself', async () => {
    vi.useFakeTimers();
    let answer = (_: unknown) => {};
    const ask = vi.fn((key: string) =>
      key === 'chat.sync'
        ? new Promise((resolve) => {
            answer = resolve;
          })
        : Promise.resolve({ ok: true, value: null }),
    );
    const sync = createChatSync(ask as never);
    sync.follow(LINKED);
    sync.value()?.start(asChatId('19:another@thread.v2'));
    expect(ask, 'the menu of another chat').not.toHaveBeenCalledWith('chat.sync', expect.anything());
    sync.value()?.start(CHAT.id);
    sync.value()?.start(CHAT.id);
    expect(ask.mock.calls.filter(([key]) => key === 'chat.sync')).toHaveLength(1);
    expect(sync.value()?.asked).toEqual({ state: 'reading' });
    answer({ ok: true, value: { messages: 12 } });
    await vi.advanceTimersByTimeAsync(1);
    expect(sync.value()?.asked).toEqual({ state: 'done', messages: 12 });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(sync.value()?.asked).toBeNull();
    vi.useRealTimers();
  });

  it('forgets what came of it with the chat, and has none where nothing may be read', async () => {
    const filling = { from: '2028-11-02T10:00:00Z', until: null, share: 0.5 };
    const ask = vi.fn(async (key: string) => ({ ok: true, value: key === 'chat.sync' ? { messages: 0 } : filling }));
    const sync = createChatSync(ask as never);
    sync.follow(LINKED);
    await waitFor(() => expect(sync.value()?.filling).toEqual(filling));
    sync.value()?.start(CHAT.id);
    sync.follow({ ...(LINKED as object), canRead: false } as never);
    expect(sync.value()).toBeNull();
  });

  const show = (more: Partial<ChatSync>) => {
    const value: ChatSync = { asked: null, filling: null, start: vi.fn(), putAway: vi.fn(), ...more };
    render(
      <ChatSyncContext.Provider value={value}>
        <SyncItem chatId={CHAT.id} onChosen={() => {}} />
        <SyncStrip problem={null} onAction={() => {}} />
        <FillingLine now={NOW} />
      </ChatSyncContext.Provider>,
    );
    return value;
  };

  it('says so in words that are heard', async () => {
    const { start } = show({ asked: { state: 'reading' } });
    expect(screen.getByRole('status').textContent).toContain('Looking for what is new');
    expect(screen.queryByRole('progressbar'), 'quick work needs no bar').toBeNull();
    expect(await screen.findByRole('progressbar', {}, { timeout: 2_000 })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Sync now' }));
    expect(start).toHaveBeenCalledWith(CHAT.id);
    cleanup();
    show({ asked: { state: 'done', messages: 0 } });
    expect(screen.getByRole('status').textContent).toBe('Up to date');
    cleanup();
    const { putAway } = show({ asked: { state: 'failed', problem: BUSY } });
    expect(screen.getByRole('alert').textContent).toContain('Microsoft asks for a pause');
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(putAway).toHaveBeenCalled();
  });

  it('says at the top of what is stored how far older messages are fetched', () => {
    show({ filling: { from: '2028-11-02T10:00:00Z', until: '2028-08-24T10:00:00Z', share: 0.25 } });
    expect(screen.getByText(/back to .*24.*, so far to .*2/)).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: /history/ })).toHaveProperty('value', 0.25);
    expect(screen.getByRole('progressbar').closest('[aria-live]')?.getAttribute('aria-live')).toBe('off');
    cleanup();
    show({ filling: { from: '2028-11-02T10:00:00Z', until: null, share: 0 } });
    expect(screen.getByText(/to the first one/)).toBeTruthy();
  });
});
