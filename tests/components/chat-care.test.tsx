// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PanelActions } from '../../components/panel/actions.ts';
import { AlsoLinked } from '../../components/panel/also-linked.tsx';
import { ChatMenu, type ChatMenuProps } from '../../components/panel/chat-menu.tsx';
import { Closed } from '../../components/panel/closed.tsx';
import { LinkExisting } from '../../components/panel/link-existing.tsx';
import { Over } from '../../components/panel/over.tsx';
import { Chats } from '../../components/settings/options-chats.tsx';
import { setLanguage } from '../../lib/i18n/translate.ts';
import { asChatId, asDoctype, asOrigin, asRecordName, asUserId } from '../../lib/model/ids.ts';
import type { ChatsView } from '../../lib/rpc/contract.ts';
import { BEN, CARE, CHAT, FOUND, ME, MEMBERS, RECORD } from './samples.ts';

const done = { ok: true as const, value: undefined };
const project = { key: RECORD.key, doctype: asDoctype('Project'), name: asRecordName('PROJ-0007') };
beforeEach(() => setLanguage('en'));
afterEach(cleanup);
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const linkTo = (name: string | RegExp) => new URL(screen.getByRole('link', { name }).getAttribute('href')!);

function menu(more: Partial<ChatMenuProps> = {}) {
  const calls = {
    onMute: vi.fn(),
    onLeave: vi.fn(),
    onAskMembers: vi.fn(),
    onReview: vi.fn(),
    onComments: vi.fn(),
    onDate: vi.fn(),
  };
  render(<ChatMenu chat={CHAT} me={ME.id} care={CARE} {...calls} {...more} />);
  click('More for this chat');
  return calls;
}

it('calls everybody else of the chat, by a link that Teams asks about', () => {
  menu();
  const link = linkTo('Call 3 people');
  expect(link.pathname).toBe('/l/call/0/0');
  expect(link.searchParams.get('users')?.split(',')).toEqual(MEMBERS.slice(1).map((member) => member.email));
});

it('says what Teams does not call: crowds, and people without an address', () => {
  const crowd = Array.from({ length: 21 }, (_, i) => ({ ...MEMBERS[1]!, userId: asUserId(`u${i}`) }));
  menu({ chat: { ...CHAT, members: crowd } });
  expect(screen.queryByRole('link', { name: /Call/ })).toBeNull();
  expect(screen.getByText(/at most 20 people/)).toBeTruthy();
  cleanup();
  menu({ chat: { ...CHAT, members: [...MEMBERS, { ...MEMBERS[1]!, email: null }] } });
  expect(screen.getByText('1 person without an address is not called.')).toBeTruthy();
});

it('mutes and says plainly that Teams has a mute of its own', () => {
  const { onMute } = menu();
  expect(screen.getByText(/Teams lets no app mute a chat/)).toBeTruthy();
  click('Mute here');
  expect(onMute).toHaveBeenCalledWith(true);
  cleanup();
  const muted = menu({ care: { ...CARE, muted: true } });
  click('Stop muting');
  expect(muted.onMute).toHaveBeenCalledWith(false);
});

it('leaves after a question, and where it may not says who can allow it', () => {
  const { onLeave } = menu();
  click('Leave the chat…');
  expect(onLeave).not.toHaveBeenCalled();
  click('Leave');
  expect(onLeave).toHaveBeenCalledOnce();
  cleanup();
  const { onAskMembers, onLeave: no } = menu({ care: { ...CARE, mayRemove: false } });
  click('Leave the chat…');
  expect(screen.getByText(/ChatMember.ReadWrite/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Leave' })).toBeNull();
  click('I have it: look again');
  expect(onAskMembers).toHaveBeenCalledOnce();
  expect(no).not.toHaveBeenCalled();
});

it('leads to the other records of the chat', () => {
  const onOpen = vi.fn();
  render(<AlsoLinked also={[project]} onOpen={onOpen} />);
  click('Project PROJ-0007');
  expect(onOpen).toHaveBeenCalledWith(RECORD.key);
});

it('a chat that is closed to me: first as whom, then whom to ask with words in my language, then another chat', () => {
  const actions = { act: vi.fn(), signIn: vi.fn(), takeChat: vi.fn() } as unknown as PanelActions;
  const askers = [
    { name: 'Ben Okafor', address: BEN.mail!, wasMember: true },
    { name: 'Zoe & Co', address: 'zoe@contoso.test', wasMember: false },
  ];
  const state = {
    kind: 'closed' as const,
    chatId: CHAT.id,
    problem: { code: 'not-a-member' as const, title: 'You are not in this chat', text: 'Ask.' },
    url: 'https://erp.contoso.test/app/event/EV%201',
    askers,
  };
  setLanguage('de');
  const { container } = render(<Closed state={state} title="Prüfung & mehr" me={ME} others={[]} actions={actions} />);
  const text = container.textContent!;
  expect(text.indexOf(ME.mail!)).toBeGreaterThan(-1);
  expect(text.indexOf(ME.mail!)).toBeLessThan(text.indexOf('Ben Okafor'));
  expect(text.indexOf('Ben Okafor')).toBeLessThan(text.indexOf('Chat ersetzen'));
  click('Anderes Konto verwenden');
  expect(actions.signIn).toHaveBeenCalledWith(true);
  const link = linkTo('Ben Okafor in Teams fragen');
  expect(link.pathname).toBe('/l/chat/0/0');
  expect(link.searchParams.get('users')).toBe(BEN.mail);
  expect(link.searchParams.get('message')).toMatch(/Prüfung & mehr.*https:\/\/erp\.contoso\.test\/app\/event\/EV%201$/);
  click('Chat ersetzen …');
  expect(actions.takeChat).not.toHaveBeenCalled();
  click('Ersetzen');
  expect(actions.takeChat).toHaveBeenCalledWith(CHAT.id);
});

it('says whose chat it is before it is linked here too', async () => {
  const putChat = vi.fn(async (_: unknown, shared: boolean) => ({
    ok: true as const,
    value: shared ? [] : [project],
  }));
  const actions = {
    findChats: async () => ({ ok: true, value: FOUND }),
    putChat,
    openRecord: vi.fn(),
  } as unknown as PanelActions;
  render(<LinkExisting me={ME.id} actions={actions} photoOf={() => null} onBack={() => {}} />);
  await screen.findByText(/EV00009, whose chat it was, is gone/);
  click('Event EV00001');
  expect(actions.openRecord).toHaveBeenCalledWith(RECORD.key);
  click('Link Launch');
  const asked = within(await screen.findByRole('alert'));
  expect(asked.getByText(/“Launch” is the chat of Project PROJ-0007/)).toBeTruthy();
  expect(putChat).toHaveBeenCalledTimes(1);
  fireEvent.click(asked.getByRole('button', { name: 'Link it here too' }));
  expect(putChat).toHaveBeenLastCalledWith(asChatId('19:2'), true);
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
});

it('a record that is over keeps its chat a click away, and writes a last word only when told to', async () => {
  const onFarewell = vi.fn(async () => done);
  const onShow = vi.fn();
  const over = { status: 'Completed', ask: true };
  const { rerender } = render(
    <Over title="Launch" over={over} unread={2} actions={{ act: vi.fn() }} {...{ onFarewell, onShow }} />,
  );
  click('Show the chat (2 unread)');
  expect(onShow).toHaveBeenCalledOnce();
  click('Write a last word…');
  expect(onFarewell).not.toHaveBeenCalled();
  fireEvent.input(screen.getByRole('textbox', { name: 'Last word in the chat' }), {
    target: { value: 'Bye <all>' },
  });
  click('Send to the chat');
  await waitFor(() => expect(onFarewell).toHaveBeenCalledWith('<p>Bye &lt;all&gt;</p>'));
  rerender(
    <Over
      title="Launch"
      over={{ ...over, ask: false }}
      unread={0}
      actions={{ act: vi.fn() }}
      {...{ onFarewell, onShow }}
    />,
  );
  expect(screen.queryByText(/say goodbye/)).toBeNull();
});

it('shows each setting as it stands, and greys what policy sets', () => {
  const chats: ChatsView = {
    settings: { followTitle: false, markRead: true, farewell: true },
    managed: ['farewell'],
    auto: { sites: [], doctypes: [asDoctype('Event')], managed: false },
    orphans: [],
  };
  const actions = { set: vi.fn(async () => done), auto: vi.fn(async () => done), forget: vi.fn(async () => done) };
  const site = asOrigin('https://erp.contoso.test');
  render(<Chats chats={chats} sites={[site]} doctypes={[asDoctype('Event')]} actions={actions} />);
  const one = (name: RegExp) => screen.getByRole<HTMLInputElement>('switch', { name });
  expect(one(/name follows/).checked).toBe(false);
  fireEvent.click(one(/name follows/));
  expect(actions.set).toHaveBeenCalledWith('followTitle', true);
  expect(one(/close their panel/).disabled).toBe(true);
  expect(one(/every Event/).checked).toBe(true);
  fireEvent.click(one(/every record of erp.contoso.test/));
  expect(actions.auto).toHaveBeenCalledWith({ of: 'site', origin: site }, true);
});
