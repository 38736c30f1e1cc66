// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import type { PanelActions } from '../../components/panel/actions.ts';
import { MembersPage } from '../../components/panel/members-page.tsx';
import { MembersStrip } from '../../components/panel/members-strip.tsx';
import type { MembersView } from '../../lib/rpc/contract.ts';
import { CHAT, CHLOE, COMPARED, GUEST, RECORD } from './samples.ts';

const done = { ok: true as const, value: undefined };
const actions = {
  act: vi.fn(),
  addMembers: vi.fn(async () => done),
  takeOut: vi.fn(async () => done),
  dismissMissing: vi.fn(),
  endAdding: vi.fn(),
  setAuto: vi.fn(),
} as unknown as PanelActions;
const onReview = vi.fn();
const onBack = vi.fn();
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

const strip = (more: Partial<Parameters<typeof MembersStrip>[0]> = {}) =>
  render(<MembersStrip adding={null} compared={COMPARED} {...{ actions, onReview }} {...more} />);
const page = (more: Partial<MembersView> = {}) =>
  render(
    <MembersPage
      view={RECORD}
      chat={CHAT}
      compared={{ ...COMPARED, ...more }}
      {...{ actions, onBack }}
      photoOf={() => null}
    />,
  );
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

it('offers the missing with what it takes, and puts exactly them off', () => {
  strip();
  expect(screen.getByRole('status').textContent).toContain('Chloé Durand and Dana Lund');
  expect(screen.getByText(/Takes 5 seconds/)).toBeTruthy();
  click('Add…');
  expect(onReview).toHaveBeenCalledOnce();
  click('Dismiss');
  expect(actions.dismissMissing).toHaveBeenCalledWith([CHLOE.id, GUEST.id]);
});

it('says nothing where everybody was put off, and offers whoever was not', () => {
  strip({ compared: { ...COMPARED, dismissed: [CHLOE.id, GUEST.id] } });
  expect(screen.queryByRole('status')).toBeNull();
  cleanup();
  strip({ compared: { ...COMPARED, dismissed: [CHLOE.id] } });
  expect(screen.getByText('1 person of this record is not in the chat')).toBeTruthy();
});

it('shows how far it has come, can be stopped, and reports by name', () => {
  strip({ adding: { done: 4, total: 6, problem: null, report: null } });
  expect(screen.getByRole('progressbar', { name: 'People added' }).getAttribute('value')).toBe('4');
  click('Stop');
  expect(actions.endAdding).toHaveBeenCalledOnce();
  cleanup();
  strip({
    adding: {
      done: 2,
      total: 2,
      problem: null,
      report: { added: ['Bo'], failed: [{ name: 'Cy', text: 'No licence.' }] },
    },
  });
  expect(screen.getByRole('status').textContent).toMatch(/1 person was added.*Bo.*Cy was not added\. No licence\./);
});

it('adds colleagues unless they are left out, and a guest only when ticked', () => {
  page();
  click('Add 1 person');
  expect(actions.addMembers).toHaveBeenLastCalledWith(CHAT.id, [CHLOE.id]);
  cleanup();
  page();
  fireEvent.click(screen.getByRole('checkbox', { name: /Dana/ }));
  click('Add 2 people');
  expect(actions.addMembers).toHaveBeenLastCalledWith(CHAT.id, [CHLOE.id, GUEST.id]);
});

it('takes nobody out but by a click, and not at all without the permission', () => {
  page();
  click('Remove Otto Gone');
  expect(actions.takeOut, 'asked first').not.toHaveBeenCalled();
  click('Remove');
  expect(actions.takeOut).toHaveBeenCalledWith(CHAT.id, 'm2');
  const otto = screen.getByText('Otto Gone').closest('li')!;
  expect(within(otto).getByText('Left Microsoft 365')).toBeTruthy();
  cleanup();
  page({ mayRemove: false });
  expect(screen.queryByRole('button', { name: /^Remove/ })).toBeNull();
  expect(screen.getByRole('link', { name: 'Open in Teams' })).toBeTruthy();
});

it('is off with its reason where the chat is full, or adding is not allowed', () => {
  page({ room: 0 });
  expect(screen.getByText('The chat takes only 0 more.')).toBeTruthy();
  click('Add 1 person');
  cleanup();
  page({ mayAdd: false });
  expect(screen.getByText(/needs the same permission/)).toBeTruthy();
  click('Add 1 person');
  expect(actions.addMembers).not.toHaveBeenCalled();
});
