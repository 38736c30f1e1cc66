// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PanelActions } from '../../components/panel/actions.ts';
import { PanelScreen } from '../../components/panel/panel-screen.tsx';
import { hearEscape } from '../../components/ui/use-escape.ts';
import { asErpUser, asUserId, foldEmail } from '../../lib/model/ids.ts';
import { NOTHING_WRITTEN } from '../../lib/model/writing.ts';
import type { LinkedRecord, PanelView, RecordView } from '../../lib/rpc/contract.ts';
import { STATES, type State } from './gallery/states.ts';
import { account, CHAT, ME, NOW, outgoing, PREVIEW, PROBLEM } from './samples.ts';

const ok = { ok: true as const, value: undefined };
let actions: PanelActions;
const talk = {
  onOlder: vi.fn(),
  onSeen: vi.fn(),
  onAct: vi.fn(),
  onEdit: vi.fn(),
  onResend: vi.fn(),
  onDiscard: vi.fn(),
  onGiveUp: vi.fn(),
  onEditOutgoing: vi.fn(),
  onWriting: vi.fn(),
  onSend: vi.fn(),
};

/** Whether the panel's frame can be seen; happy-dom lays nothing out, so it never tells by itself. */
let onScreen = true;
vi.stubGlobal(
  'IntersectionObserver',
  class {
    readonly #tell: (entries: { isIntersecting: boolean }[]) => void;
    constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
      this.#tell = tell;
    }
    observe() {
      this.#tell([{ isIntersecting: onScreen }]);
    }
    disconnect() {}
  },
);

beforeEach(() => {
  onScreen = true;
  vi.mocked(talk.onSeen).mockClear();
  actions = {
    close: vi.fn(),
    signIn: vi.fn(),
    useAccount: vi.fn(),
    askRead: vi.fn(),
    act: vi.fn(),
    preview: vi.fn(async () => ({ ok: true as const, value: PREVIEW })),
    create: vi.fn(async () => ok),
    confirmPerson: vi.fn(async () => ok),
    resume: vi.fn(),
    confirm: vi.fn(),
    useAmended: vi.fn(),
    setNotify: vi.fn(),
    searchEverywhere: vi.fn(),
    search: vi.fn(async () => ({ ok: true as const, value: { hits: [], more: false, since: null } })),
    findChats: vi.fn(async () => ({ ok: true as const, value: [{ ...CHAT, of: [] }] })),
    putChat: vi.fn(async () => ({ ok: true as const, value: [] as LinkedRecord[] })),
    takeChat: vi.fn(),
    ignoreChat: vi.fn(),
    agreeToSpeak: vi.fn(),
    addMembers: vi.fn(async () => ok),
    takeOut: vi.fn(async () => ok),
    dismissMissing: vi.fn(),
    endAdding: vi.fn(),
    notes: { may: vi.fn(), find: vi.fn(), write: vi.fn(), end: vi.fn(), comments: vi.fn() },
    mute: vi.fn(),
    leave: vi.fn(),
    farewell: vi.fn(async () => ok),
    askMembers: vi.fn(),
    openRecord: vi.fn(),
    setAuto: vi.fn(),
  };
});
afterEach(cleanup);

function show(state: State) {
  return render(
    <PanelScreen
      view={state.view}
      problem={state.problem ?? null}
      onProblemSeen={() => {}}
      actions={actions}
      photoOf={() => null}
      compared={state.compared ?? null}
      discarded={null}
      unlinked={state.unlinked ?? null}
      now={NOW}
      talk={{
        messages: state.messages ?? null,
        more: false,
        loadingOlder: false,
        newer: false,
        jumped: null,
        ownSends: 0,
        onOlder: talk.onOlder,
        onNewer: () => {},
        onNewest: () => {},
        onJump: () => {},
        onFind: async () => ({ ok: true, value: () => {} }),
        onSeen: talk.onSeen,
        acts: (known) => [...known],
        onAct: talk.onAct,
        onEdit: talk.onEdit,
        onReply: () => {},
        onResend: talk.onResend,
        onDiscard: talk.onDiscard,
        onGiveUp: talk.onGiveUp,
        onEditOutgoing: talk.onEditOutgoing,
        progress: (row) => row,
        compose: {
          writing: { ...NOTHING_WRITTEN, text: state.text ?? '' },
          size: 1,
          limit: 100,
          onWriting: talk.onWriting,
          onSend: talk.onSend,
        },
      }}
    />,
  );
}
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const changed = (state: string, more: Partial<RecordView>): State => ({
  ...STATES[state]!,
  view: { ...STATES[state]!.view, ...more } as PanelView,
});

describe.each(Object.entries(STATES))('%s', (_, state) => {
  it('names every control and forces no order of tabs', () => {
    const { container } = show(state);
    for (const control of container.querySelectorAll('button, a, input, textarea, select')) {
      const id = control.getAttribute('id');
      const name =
        control.getAttribute('aria-label') ||
        control.textContent?.trim() ||
        (id && container.querySelector(`label[for="${id}"]`)?.textContent);
      expect(name, control.outerHTML).toBeTruthy();
    }
    expect(container.querySelector('[tabindex]:not([tabindex="0"], [tabindex="-1"])')).toBeNull();
    expect(container.querySelectorAll('h1')).toHaveLength(1);
  });
});

describe('the panel', () => {
  it('waits 300 ms before it shows that it loads', async () => {
    show(STATES.loading!);
    expect(screen.queryByText(/Loading/)).toBeNull();
    await waitFor(() => expect(screen.getByText(/Loading/)).toBeTruthy());
  });

  it('offers to sign in, and with another account', () => {
    show(STATES['signed-out']!);
    click('Sign in with Microsoft');
    click('Use another account');
    expect(actions.signIn).toHaveBeenNthCalledWith(1, false);
    expect(actions.signIn).toHaveBeenNthCalledWith(2, true);
  });

  it('where nobody speaks yet, offers whoever is signed in', () => {
    show(STATES['which-account']!);
    expect(screen.getByText(/Nobody speaks for you on this site yet/)).toBeTruthy();
    click('Write as Gina Green (gina.green@contoso.test)');
    expect(actions.useAccount).toHaveBeenCalledWith(account('Gina Green').id);
    expect(screen.getByRole('button', { name: 'Use another account' })).toBeTruthy();
  });

  it('says why no chat can be created, and does not begin', () => {
    show(STATES['none-refused']!);
    expect(screen.getByText('You may not change this Event')).toBeTruthy();
    click('Create chat');
    expect(actions.preview).not.toHaveBeenCalled();
  });

  it('creates the chat with exactly the people agreed to', async () => {
    show(STATES.none!);
    click('Create chat');
    await screen.findByText('Quarterly review · EV00001');
    expect(screen.getByText('Guest')).toBeTruthy();
    expect(screen.getByText('Not found')).toBeTruthy();
    expect(screen.getByText('No e-mail')).toBeTruthy();
    expect(screen.getByText(/Fatima Noor will not be invited/)).toBeTruthy();

    // Somebody must be chosen, or left out, before the button works.
    click('First choose who is meant');
    expect(actions.create).not.toHaveBeenCalled();
    fireEvent.change(screen.getByRole('combobox'), { target: { value: 'id-sam-2' } });
    fireEvent.click(screen.getByRole('checkbox', { name: /Chloé/ }));
    click('Create chat with 3 people');
    await waitFor(() => expect(actions.create).toHaveBeenCalledOnce());
    expect(vi.mocked(actions.create).mock.calls[0]![0]).toEqual([
      { email: 'alice.anders@contoso.test', userId: 'id-alice.anders', role: 'owner' },
      { email: 'ben.okafor@contoso.test', userId: 'id-ben.okafor', role: 'owner' },
      { email: 'dana.lund@contoso.test', userId: 'id-dana.lund', role: 'guest' },
      { email: 'sam.lee@contoso.test', userId: 'id-sam-2', role: 'owner' },
    ]);
  });

  it('says whom ERPNext names for somebody, and adds them only once that is confirmed', async () => {
    const stranger = { ...ME, id: asUserId('id-eve'), displayName: 'Eve Other', mail: foldEmail('eve@contoso.test') };
    const people = PREVIEW.people.map((one, i) => (i === 1 ? { ...one, notBelieved: stranger } : one));
    actions.preview = vi.fn(async () => ({ ok: true as const, value: { ...PREVIEW, people } }));
    show(STATES.none!);
    click('Create chat');
    expect(
      await screen.findByText(/ERPNext names another Microsoft account: Eve Other \(eve@contoso\.test\)/),
    ).toBeTruthy();
    click('It is right: Eve Other');
    await waitFor(() => expect(actions.preview).toHaveBeenCalledTimes(2));
    expect(actions.confirmPerson).toHaveBeenCalledWith('ben.okafor@contoso.test', 'id-eve');
  });

  it('takes nobody over the limit', async () => {
    actions.preview = async () => ({ ok: true, value: { ...PREVIEW, limit: 2 } });
    show(STATES.none!);
    click('Create chat');
    fireEvent.click(await screen.findByRole('checkbox', { name: /Dana/ }));
    expect(screen.getByText('A chat holds at most 2 people. Leave out 1 more.')).toBeTruthy();
    click('Too many people for one chat');
    expect(actions.create).not.toHaveBeenCalled();
  });

  it('says on the button why it is off, never that it creates a chat with nobody', async () => {
    const refusal = { ...PROBLEM, title: 'There is nobody else to talk to yet' };
    actions.preview = async () => ({ ok: true, value: { ...PREVIEW, refusal } });
    show(STATES.none!);
    click('Create chat');
    const button = await screen.findByRole('button', { name: refusal.title });
    expect(button.getAttribute('aria-disabled')).toBe('true');
    fireEvent.click(button);
    expect(actions.create).not.toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: /Create chat with/ })).toBeNull();
  });

  it('counts nobody where everybody else was left out', async () => {
    actions.preview = async () => ({ ok: true, value: { ...PREVIEW, people: PREVIEW.people.slice(0, 2) } });
    show(STATES.none!);
    click('Create chat');
    fireEvent.click(await screen.findByRole('checkbox', { name: /Ben/ }));
    expect(screen.getByRole('button', { name: 'Nobody else would be in the chat' })).toBeTruthy();
    expect(screen.getByText('Include at least one other person.')).toBeTruthy();
  });

  it('shows what the lookup failed with, and looks again', async () => {
    actions.preview = vi.fn(async () => ({ ok: false as const, error: PROBLEM }));
    show(STATES.none!);
    click('Create chat');
    fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(actions.preview).toHaveBeenCalledTimes(2));
  });

  it('asks the person where a creation may not go on by itself', () => {
    show(STATES['creating-question']!);
    click('Create the chat');
    click("Don't create it");
    expect(vi.mocked(actions.resume).mock.calls).toEqual([['go-on'], ['give-up']]);
  });

  it('sends nothing to a chat nobody vouched for', () => {
    show(STATES.unconfirmed!);
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(talk.onSeen).not.toHaveBeenCalled();
    click('Yes, this is the right chat');
    expect(actions.confirm).toHaveBeenCalledWith(CHAT.id);
  });

  it('says where the link will stand, and still offers the field to who may create it', () => {
    show(STATES['none-no-field']!);
    expect(screen.getByText('The link will stand in a comment')).toBeTruthy();
    click('Create the field');
    expect(vi.mocked(actions.act).mock.calls.at(-1)?.[0].kind).toBe('create-field');
  });

  it('lets a person set aside what somebody else’s comment names, and says whose it is', () => {
    show(STATES['unconfirmed-kept']!);
    expect(screen.getByText(/A comment of ben@contoso.test names this chat/)).toBeTruthy();
    click('This is not its chat');
    expect(actions.ignoreChat).toHaveBeenCalledWith(CHAT.id);
  });

  it('says where the link stands, and has a request to the administrator to copy', () => {
    show(STATES['linked-kept']!);
    expect(screen.getByText('The link stands in a comment')).toBeTruthy();
    expect(screen.getByText(/A comment of ben@contoso.test on this record leads to the chat/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy a request to your administrator' })).toBeTruthy();
  });

  it('shows the talk: people, events in words, edited and deleted, and marks it seen', async () => {
    show(STATES.linked!);
    const log = screen.getByRole('log');
    expect(log.textContent).toContain('Alice Anders added Ben Okafor, Chloé Durand');
    expect(log.textContent).toContain('This message was deleted.');
    expect(log.textContent).not.toContain('gone');
    expect(log.textContent).toContain('Edited');
    expect(screen.getAllByRole('article')).toHaveLength(9);
    fireEvent.click(screen.getAllByRole('button', { name: 'More about this message' })[0]!);
    const link = screen.getByRole('link', { name: 'Open this message in Teams' });
    expect(link.getAttribute('href')).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/message\/19%3A/);
    await waitFor(() => expect(talk.onSeen).toHaveBeenCalled());
  });

  it('marks nothing seen in a panel that is closed: its frame lives on, hidden', () => {
    onScreen = false;
    show(STATES.linked!);
    expect(screen.getByRole('log').textContent).toContain('Edited');
    expect(talk.onSeen).not.toHaveBeenCalled();
  });

  it('keeps at most 400 of many messages in the page', () => {
    show(STATES.long!);
    expect(screen.getAllByRole('article').length).toBeLessThanOrEqual(400);
  });

  it('lets a failed message be tried again or discarded, and an uncertain one sent again with its risk said', () => {
    show(STATES.outgoing!);
    click('Try again');
    click('Discard');
    click('Send again');
    expect(talk.onResend).toHaveBeenCalledTimes(2);
    expect(talk.onDiscard).toHaveBeenCalledTimes(1);
    expect(screen.getByText(/it may appear twice/)).toBeTruthy();
  });

  it('shows the detail that a failed message speaks of', () => {
    const problem = { ...PROBLEM, text: 'Show the detail below to your administrator.', detail: '403 Forbidden r-1' };
    const { container } = show(changed('linked', { outbox: [outgoing('failed', '<p>x</p>', { problem })] }));
    const detail = container.querySelector('.chat-out details')!;
    expect(detail.querySelector('summary')?.textContent).toBe('Technical detail');
    expect(detail.querySelector('code')?.textContent).toBe('403 Forbidden r-1');
  });

  it('does not offer to send again before it looked', () => {
    show(changed('linked', { outbox: [outgoing('unknown', '<p>x</p>')] }));
    expect(screen.queryByRole('button', { name: 'Send again' })).toBeNull();
    expect(screen.getByText(/looking whether the message arrived/)).toBeTruthy();
  });

  it('shows what is on its way before Microsoft answered with the chat', () => {
    const { messages: _, ...loading } = changed('linked', { outbox: [outgoing('queued', '<p>in the tunnel</p>')] });
    show(loading);
    expect(screen.getByText('in the tunnel')).toBeTruthy();
  });

  it('links a chat of mine instead of a new one, found by its words', async () => {
    show(STATES.none!);
    click('Link an existing chat…');
    fireEvent.input(screen.getByRole('searchbox', { name: 'Search by name or people' }), {
      target: { value: 'review' },
    });
    await waitFor(() => expect(actions.findChats).toHaveBeenLastCalledWith('review'));
    fireEvent.click(await screen.findByRole('button', { name: /^Link/ }));
    expect(actions.putChat).toHaveBeenCalledWith(CHAT.id, false);
  });

  it('parts record and chat after a question, and offers to undo it', () => {
    show(STATES.closed!);
    click('Replace the chat…');
    expect(actions.takeChat).not.toHaveBeenCalled();
    click('Replace it');
    expect(actions.takeChat).toHaveBeenCalledOnce();
    cleanup();
    show({ ...STATES.none!, unlinked: CHAT.id });
    click('Undo');
    expect(actions.putChat).toHaveBeenCalledWith(CHAT.id, true);
  });

  it('asks before it writes as somebody else than ERPNext knows', () => {
    const speaker = { erpUser: asErpUser('alice@contoso.test'), microsoft: 'Ben Okafor (ben@contoso.test)' };
    show({ ...changed('linked', { speaker, others: [account('Alice Anders')] }), text: 'Hello' });
    expect(screen.getByRole('alert').textContent).toContain('Ben Okafor (ben@contoso.test)');
    fireEvent.keyDown(screen.getByRole('textbox', { name: 'Message' }), { key: 'Enter' });
    expect(talk.onSend).not.toHaveBeenCalled();
    click('Write as this person');
    expect(actions.agreeToSpeak).toHaveBeenCalledOnce();
    click('Use another account');
    expect(actions.signIn).toHaveBeenCalledWith(true);
    click(/^Write as Alice Anders/);
    expect(actions.useAccount).toHaveBeenCalledWith(account('Alice Anders').id);
  });

  it('writes in the base tier, and asks for history where a person can', () => {
    show(STATES['base-tier']!);
    expect(screen.getByRole('textbox', { name: 'Message' })).toBeTruthy();
    expect(screen.getByText('Sent')).toBeTruthy();
    click('Allow reading');
    expect(actions.askRead).toHaveBeenCalledOnce();
    expect(screen.getAllByRole('link', { name: 'Open in Teams' }).length).toBeGreaterThan(0);
  });

  it('turns notifications on and off', () => {
    show(changed('linked', { notify: false }));
    click(/Notify me/);
    expect(actions.setNotify).toHaveBeenCalledWith(true);
  });

  it('closes the innermost thing first with Escape', () => {
    const outermost = vi.fn();
    const undo = hearEscape(outermost);
    show(STATES.linked!);
    click(/show the list/);
    expect(screen.getByRole('region', { name: 'Members of the chat' })).toBeTruthy();
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.queryByRole('region', { name: 'Members of the chat' })).toBeNull();
    expect(outermost).not.toHaveBeenCalled();
    fireEvent.keyDown(window, { key: 'Escape', isComposing: true });
    expect(outermost).not.toHaveBeenCalled();
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(outermost).toHaveBeenCalledOnce();
    undo();
  });
});
