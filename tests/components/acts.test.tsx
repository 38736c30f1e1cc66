// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Acting, ActingContext } from '../../components/chat/acting.ts';
import { MessageRow } from '../../components/chat/message-row.tsx';
import { actsByMessage, withActs } from '../../components/chat/pending-acts.ts';
import { hearEscape } from '../../components/ui/use-escape.ts';
import type { UserId } from '../../lib/model/ids.ts';
import { type Message, plainContent } from '../../lib/model/message.ts';
import type { MessageAct, PendingAct } from '../../lib/model/message-act.ts';
import { ACTS, BEN, CHAT_ID, CHLOE, ME, message, TALK } from './samples.ts';

afterEach(cleanup);

const own = message(5, ME, '<p>mine</p>');
const bens = message(6, BEN, '<p>his</p>', {
  reactions: [
    { type: 'like', userId: ME.id },
    { type: 'like', userId: CHLOE.id },
    { type: '🎉', userId: BEN.id },
  ],
});

function acting(more: Partial<Acting> = {}): Acting {
  const names = new Map<UserId | null, string>([BEN, CHLOE].map(({ id, displayName }) => [id, displayName]));
  return {
    me: ME.id,
    mayChange: true,
    mayReact: true,
    pending: new Map(),
    nameOf: (id) => (id === ME.id ? 'You' : (names.get(id) ?? 'Unknown person')),
    onReact: vi.fn(),
    onReply: vi.fn(),
    onEdit: vi.fn(),
    onDelete: vi.fn(),
    onRestore: vi.fn(),
    onRetry: vi.fn(),
    onGiveUp: vi.fn(),
    onAskChange: vi.fn(),
    entriesFor: () => [],
    ...more,
  };
}

function show(shown: Message, how: Acting | null = acting()): Acting {
  const isOwn = shown.from?.userId === ME.id;
  render(
    <ActingContext.Provider value={how}>
      <MessageRow message={shown} own={isOwn} first found={false} chatId={CHAT_ID} photoOf={() => null} />
    </ActingContext.Provider>,
  );
  return how!;
}

const menu = () => screen.getByRole('region', { name: 'More about this message' });
const openMenu = () => fireEvent.click(screen.getByRole('button', { name: 'More about this message' }));
const lines = () =>
  within(menu())
    .getAllByRole('button')
    .map((b) => b.textContent)
    .filter((s) => s!.length > 2);

describe("a message's menu", () => {
  it('has what can be done with one’s own message, and with anybody’s', () => {
    show(own);
    openMenu();
    expect(lines()).toEqual(['Reply', 'Edit', 'Delete', 'Copy the text']);
    cleanup();
    show(bens);
    openMenu();
    expect(lines()).toEqual(['Reply', 'Copy the text']);
    expect(within(menu()).getByRole('link', { name: 'Open this message in Teams' })).toBeTruthy();
  });

  it('does it and closes; what others appended stands below', () => {
    const more = vi.fn();
    const how = show(own, acting({ entriesFor: () => [{ id: 'x', icon: [], label: 'Into ERPNext', onSelect: more }] }));
    openMenu();
    expect(lines().at(-1)).toBe('Into ERPNext');
    fireEvent.click(screen.getByRole('button', { name: 'Into ERPNext' }));
    expect(more).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('region', { name: 'More about this message' })).toBeNull();
    openMenu();
    fireEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(how.onDelete).toHaveBeenCalledWith(own);
  });

  it('without the permission shows what is off, why, and how to get it', () => {
    const how = show(own, acting({ mayChange: false }));
    openMenu();
    for (const name of [/^Edit/, /^Delete/]) {
      const off = screen.getByRole('button', { name });
      expect(off.getAttribute('aria-disabled')).toBe('true');
      expect(off.textContent).toContain('may not change your messages');
      fireEvent.click(off);
    }
    expect([how.onEdit, how.onDelete].every((f) => vi.mocked(f!).mock.calls.length === 0)).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Ask for the permission' }));
    expect(how.onAskChange).toHaveBeenCalledTimes(1);
  });

  it('is left with Escape, which gives the focus back, and goes by arrow keys', () => {
    const undo = hearEscape(() => {});
    show(own);
    openMenu();
    const button = screen.getByRole('button', { name: 'More about this message' });
    expect(menu().contains(document.activeElement)).toBe(true);
    fireEvent.keyDown(document.activeElement!, { key: 'End' });
    expect(document.activeElement!.textContent).toBe('Open this message in Teams');
    fireEvent.keyDown(document.activeElement!, { key: 'Home' });
    expect(document.activeElement!.getAttribute('aria-label')).toBe('Like');
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(document.activeElement).toBe(button);
    undo();
  });

  it('where messages are only read has what needs nobody', () => {
    show(own, null);
    openMenu();
    expect(lines()).toEqual(['Copy the text']);
  });
});

describe('reactions', () => {
  it('are toggles with the names of who reacted', () => {
    const how = show(bens);
    const like = screen.getByRole('button', { name: '👍 by You and Chloé Durand' });
    expect([like.getAttribute('aria-pressed'), like.textContent]).toEqual(['true', '👍 2']);
    fireEvent.click(like);
    expect(how.onReact).toHaveBeenCalledWith(bens, '👍', false);
    const party = screen.getByRole('button', { name: '🎉 by Ben Okafor' });
    expect(party.getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(party);
    expect(how.onReact).toHaveBeenCalledWith(bens, '🎉', true);
  });

  it('the six usual ones stand in the menu, on or off', () => {
    const how = show(bens);
    openMenu();
    const like = screen.getByRole('button', { name: 'Like' });
    expect(like.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Heart' }));
    expect(how.onReact).toHaveBeenCalledWith(bens, '❤️', true);
  });

  it('where nothing can be read are shown alone', () => {
    show(bens, acting({ mayReact: false }));
    expect(screen.queryByRole('button', { name: /by You/ })).toBeNull();
    openMenu();
    expect(screen.queryByRole('button', { name: 'Like' })).toBeNull();
  });
});

describe('what waits, and what was refused', () => {
  const at = '2028-11-22T14:05:00.000Z';
  const pendingOf = (acts: PendingAct[]) => acting({ pending: actsByMessage(acts) });

  it('is shown as done while it waits, and put back once it was refused', () => {
    const shown = withActs(TALK, ACTS, ME.id, at);
    expect(shown[6]).toMatchObject({ html: '<p>Yes, they are done.</p>', editedAt: at });
    expect(shown[3]!.reactions).toContainEqual({ type: '❤️', userId: ME.id });
    expect(shown[7]).toBe(TALK[7]);
    expect(withActs(TALK, [], ME.id, at)).toBe(TALK);
  });

  it('an edit over an edit and a reaction taken back follow each other', () => {
    const acts: MessageAct[] = [
      { kind: 'edit', id: own.id, content: plainContent('first') },
      { kind: 'edit', id: own.id, content: plainContent('second') },
      { kind: 'react', id: own.id, reaction: '🎉', on: true },
      { kind: 'react', id: own.id, reaction: '🎉', on: false },
    ];
    const waiting = acts.map((act, i) => ({ localId: String(i), act, state: 'queued' as const, problem: null }));
    expect(withActs([own], waiting, ME.id, at)[0]).toMatchObject({ html: 'second', reactions: [] });
  });

  it('says that it waits, and for what', () => {
    const edit: PendingAct = { ...ACTS[0]!, act: { ...ACTS[0]!.act, id: own.id } as MessageAct };
    show(own, pendingOf([edit]));
    expect(screen.getByText('Saving the edit…')).toBeTruthy();
    cleanup();
    show(own, pendingOf([{ ...edit, problem: { code: 'signed-out', title: 'Please sign in again', text: 'x' } }]));
    expect(screen.getByText('Please sign in again')).toBeTruthy();
  });

  it('says why it was refused, and is tried again or left', () => {
    const how = show(TALK[7]!, pendingOf(ACTS));
    expect(screen.getByRole('status').textContent).toContain('Not deleted. Microsoft refused this');
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(how.onRetry).toHaveBeenCalledWith('act-delete');
    fireEvent.click(screen.getByRole('button', { name: 'Leave it as it is' }));
    expect(how.onGiveUp).toHaveBeenCalledWith('act-delete');
  });

  it('a deleted message of one’s own can be brought back', () => {
    const gone = { ...own, deletedAt: at, html: '' };
    const how = show(gone);
    fireEvent.click(screen.getByRole('button', { name: 'Undo deletion' }));
    expect(how.onRestore).toHaveBeenCalledWith(gone);
    cleanup();
    show({ ...bens, deletedAt: at, html: '' });
    expect(screen.queryByRole('button', { name: 'Undo deletion' })).toBeNull();
  });
});
