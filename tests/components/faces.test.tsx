// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Faces, FacesContext } from '../../components/people/faces.ts';
import { MemberList } from '../../components/people/member-list.tsx';
import { PresenceOffer } from '../../components/people/presence-offer.tsx';
import { createPresence } from '../../entrypoints/panel/state/presence.ts';
import type { Ask } from '../../entrypoints/panel/state/session.ts';
import { PRESENCE_SHAPES, type Presence, presenceOf } from '../../lib/model/presence.ts';
import type { PanelView, PresenceView } from '../../lib/rpc/contract.ts';
import { BEN, CHAT, ME, RECORD } from './samples.ts';

afterEach(cleanup);

const faces = (more: Partial<Faces> = {}): Faces => ({
  presenceOf: () => null,
  state: 'on',
  problem: null,
  onShow: async () => ({ ok: true, value: undefined }),
  ...more,
});
const ben = (more: object = {}) => ({
  userId: BEN.id,
  displayName: BEN.displayName,
  email: BEN.mail as string | null,
  role: 'owner' as const,
  ...more,
});
const alice = { userId: ME.id, displayName: ME.displayName, email: ME.mail, role: 'owner' as const };
const list = (members: (typeof alice | ReturnType<typeof ben>)[], presence: Presence | null = null) =>
  render(
    <FacesContext.Provider value={faces({ presenceOf: (id) => (id === BEN.id ? presence : null) })}>
      <MemberList members={members} me={ME.id} photoOf={() => null} />
    </FacesContext.Provider>,
  );

describe('a person in a list', () => {
  it('has a face that says whether they can be reached, and opens the ways to them', () => {
    list([alice, ben()], presenceOf('Busy', 'InACall', false));
    expect(screen.getByRole('img', { name: 'In a call' })).toBeTruthy();
    const face = screen.getByRole('button', { name: 'Ben Okafor, In a call: ways to reach them' });
    expect(face.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(face);
    expect(face.getAttribute('aria-expanded')).toBe('true');
    const address = encodeURIComponent(BEN.mail!);
    const href = (name: string) => screen.getByRole('link', { name }).getAttribute('href');
    expect(href('Chat')).toBe(`https://teams.microsoft.com/l/chat/0/0?users=${address}`);
    expect(href('Call')).toBe(`https://teams.microsoft.com/l/call/0/0?users=${address}`);
    expect(href('E-mail')).toBe(`mailto:${BEN.mail}`);
    fireEvent.click(face);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('offers no way to oneself, nor to somebody without an address', () => {
    list([alice, ben({ email: null })]);
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('whose address carries a header does not send it', () => {
    list([ben({ email: 'ben?cc=eve@evil.test&subject=x' })]);
    fireEvent.click(screen.getByRole('button'));
    const mail = screen.getByRole('link', { name: 'E-mail' }).getAttribute('href')!;
    expect(new URL(mail).search).toBe('');
    expect(screen.getByRole('link', { name: 'Chat' }).getAttribute('href')).not.toContain('&subject');
  });
});

it('draws each look in a shape of its own', () => {
  const shapes = Object.values(PRESENCE_SHAPES).map((shape) => JSON.stringify(shape));
  expect(new Set(shapes).size).toBe(shapes.length);
});

describe('the offer under a list', () => {
  const offer = (more: Partial<Faces>) =>
    render(
      <FacesContext.Provider value={faces(more)}>
        <PresenceOffer />
      </FacesContext.Provider>,
    );

  it('stands where presence is off, says why it was refused, and how to get it', async () => {
    const error = {
      code: 'admin-consent-needed' as const,
      title: 'An administrator must approve this first',
      text: 'Send the link.',
      action: { kind: 'consent' as const, label: 'Ask an administrator', url: 'https://login.example/adminconsent' },
    };
    const onShow = vi.fn(async () => ({ ok: false as const, error }));
    offer({ state: 'off', onShow });
    fireEvent.click(screen.getByRole('button', { name: 'Show who can be reached' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('An administrator must approve this first');
    expect(within(alert).getByRole('link').getAttribute('href')).toBe('https://login.example/adminconsent');
    expect(onShow).toHaveBeenCalledOnce();
  });

  it('explains a missing permission, and is not there where nobody can change it', () => {
    offer({ state: 'not-allowed' });
    expect(screen.getByText(/has not allowed it yet/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Allow presence' })).toBeTruthy();
    for (const state of ['none-here', 'refused', null, 'on'] as const) {
      cleanup();
      offer({ state });
      expect(screen.queryByRole('button')).toBeNull();
    }
  });
});

describe('the panel’s presence', () => {
  const view = { ...RECORD, chat: { kind: 'linked', chat: CHAT } } as unknown as PanelView;
  const members = CHAT.members.flatMap(({ userId }) => userId ?? []);
  const setUp = (answer: Partial<PresenceView> = {}) => {
    let time = 0;
    const ask = vi.fn(async (_key: string, { userIds }: { userIds: string[] }) => ({
      ok: true,
      value: {
        state: 'on',
        problem: null,
        people: userIds.map((userId) => ({ userId, presence: presenceOf('Away', 'Away', false) })),
        ...answer,
      },
    }));
    const presence = createPresence(ask as unknown as Ask, () => time);
    const settle = () => new Promise((resolve) => setTimeout(resolve));
    return { presence, ask, settle, pass: (ms: number) => (time += ms) };
  };

  it('asks once for all of a chat, and not again for who is drawn', async () => {
    const { presence, ask, settle } = setUp();
    presence.follow(view);
    for (const id of members) presence.presenceOf(id);
    await settle();
    expect(ask.mock.calls.map(([, data]) => data.userIds)).toEqual([members]);
    expect(presence.presenceOf(members[0]!)?.look).toBe('away');
    presence.follow({ ...view });
    await settle();
    expect(ask).toHaveBeenCalledOnce();
  });

  it('asks again as the person acts, a minute later at the soonest, and never by itself', async () => {
    const { presence, ask, settle, pass } = setUp();
    presence.follow(view);
    await settle();
    pass(59_000);
    presence.act();
    await settle();
    expect(ask).toHaveBeenCalledTimes(1);
    pass(1_000);
    await settle();
    expect(ask).toHaveBeenCalledTimes(1);
    presence.act();
    await settle();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('asks for somebody who shows beside them, with the others', async () => {
    const { presence, ask, settle } = setUp();
    presence.follow(view);
    await settle();
    presence.presenceOf(BEN.id);
    await settle();
    const last = ask.mock.calls.at(-1)![1].userIds;
    expect(new Set(last)).toEqual(new Set([...members, BEN.id]));
  });

  it('turns to the next record’s people alone', async () => {
    const { presence, ask, settle } = setUp();
    presence.follow(view);
    await settle();
    presence.follow({ kind: 'no-record' } as PanelView);
    presence.act();
    await settle();
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
