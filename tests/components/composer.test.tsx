// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Composer, type ComposerProps } from '../../components/chat/composer.tsx';
import { RecentEmojiContext } from '../../components/compose/recent-emoji.ts';
import { hearEscape } from '../../components/ui/use-escape.ts';
import { asChatId, type RecordKey } from '../../lib/model/ids.ts';
import { NOTHING_WRITTEN, type Writing } from '../../lib/model/writing.ts';
import { BEN, ME, MEMBERS } from './samples.ts';

const A = 'A' as RecordKey;
const B = 'B' as RecordKey;
const CHATS = { A: asChatId('chat of A'), B: asChatId('chat of B') } as Record<string, ReturnType<typeof asChatId>>;
const words = (text: string) => ({ ...NOTHING_WRITTEN, text });

afterEach(cleanup);

/** The composer as the panel holds it: one text a record. */
function Held({
  record,
  onSend,
  ...more
}: { record: RecordKey } & Pick<ComposerProps, 'onSend'> & Partial<ComposerProps>) {
  const [writings, setWritings] = useState<Record<string, Writing>>({});
  const writing = writings[record] ?? NOTHING_WRITTEN;
  return (
    <Composer
      record={record}
      chatId={CHATS[record]!}
      writing={writing}
      me={ME.id}
      meName="Alice"
      members={MEMBERS}
      photoOf={() => null}
      offReason={null}
      size={writing.text.length}
      limit={100}
      onWriting={(of, next) => setWritings((all) => ({ ...all, [of]: next }))}
      onSend={onSend}
      {...more}
    />
  );
}

const field = () => screen.getByRole('textbox', { name: 'Message' }) as HTMLTextAreaElement;
const type = (text: string) => fireEvent.input(field(), { target: { value: text } });

describe('the composer', () => {
  it('sends with Enter what stands in it, with the record and chat it was written for', () => {
    const onSend = vi.fn();
    render(<Held record={A} onSend={onSend} />);
    type('hello');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).toHaveBeenCalledExactlyOnceWith(A, 'chat of A', words('hello'));
  });

  it('never sends one record’s text to another: the route changes between keystroke and Enter', () => {
    const onSend = vi.fn();
    const { rerender } = render(<Held record={A} onSend={onSend} />);
    type('for A only');
    rerender(<Held record={B} onSend={onSend} />);
    expect(field().value).toBe('');
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).not.toHaveBeenCalled();
    rerender(<Held record={A} onSend={onSend} />);
    expect(field().value).toBe('for A only');
  });

  it('breaks the line with Shift+Enter and lets an input method take Enter', () => {
    const onSend = vi.fn();
    render(<Held record={A} onSend={onSend} />);
    type('日本');
    fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field(), { key: 'Enter', keyCode: 229 });
    expect(onSend).not.toHaveBeenCalled();
  });

  it('sends nothing that is empty, too long, or off, and says why', () => {
    const onSend = vi.fn();
    const { rerender } = render(<Held record={A} onSend={onSend} />);
    type('   ');
    fireEvent.keyDown(field(), { key: 'Enter' });
    type('x'.repeat(101));
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(screen.getByText(/too long for one message/)).toBeTruthy();
    type('fine');
    rerender(<Held record={A} onSend={onSend} offReason="You are offline." />);
    fireEvent.keyDown(field(), { key: 'Enter' });
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByText('You are offline.')).toBeTruthy();
  });

  it('tells how long the text is once it nears the limit', () => {
    render(<Held record={A} onSend={vi.fn()} />);
    type('x'.repeat(79));
    expect(screen.queryByText(/of the longest message/)).toBeNull();
    type('x'.repeat(85));
    expect(screen.getByText(/85 % of the longest message/)).toBeTruthy();
  });

  it('marks the selection bold and italic by key and by button', () => {
    render(<Held record={A} onSend={vi.fn()} />);
    type('one two');
    field().setSelectionRange(4, 7);
    fireEvent.keyDown(field(), { key: 'b', ctrlKey: true });
    expect(field().value).toBe('one **two**');
    fireEvent.click(screen.getByRole('button', { name: /Italic/ }));
    expect(field().value).toBe('one ***two***');
  });
});

describe('what the composer offers while one types', () => {
  const options = () => screen.getAllByRole('option').map((option) => option.textContent);
  const key = (key: string) => fireEvent.keyDown(field(), { key });
  const at = (text: string) => {
    type(text);
    field().setSelectionRange(text.length, text.length);
    fireEvent.select(field());
  };
  const start = (more: Partial<ComposerProps> = {}) => {
    const onSend = vi.fn();
    render(<Held record={A} onSend={onSend} {...more} />);
    field().focus();
    return onSend;
  };

  it('people after "@": chosen by keys, Enter takes one and sends nothing, and the next Enter sends them along', async () => {
    const onSend = start();
    at('Hi @');
    await waitFor(() => expect(options().length).toBeGreaterThan(1));
    expect(options().join()).not.toContain(ME.displayName);
    const first = screen.getAllByRole('option')[0]!;
    expect(field().getAttribute('aria-activedescendant')).toBe(first.id);
    expect(field().getAttribute('aria-controls')).toBe(screen.getByRole('listbox').id);
    key('ArrowUp');
    await waitFor(() =>
      expect(field().getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option').at(-1)!.id),
    );
    at(`Hi @${BEN.displayName.slice(0, 3).toUpperCase()}`);
    await waitFor(() => expect(options()).toHaveLength(1));
    key('Enter');
    expect(onSend).not.toHaveBeenCalled();
    await waitFor(() => expect(field().value).toBe(`Hi @${BEN.displayName} `));
    expect(screen.queryByRole('listbox')).toBeNull();
    key('Enter');
    expect(onSend).toHaveBeenCalledExactlyOnceWith(A, 'chat of A', {
      ...words(`Hi @${BEN.displayName} `),
      mentions: [{ start: 3, end: 4 + BEN.displayName.length, userId: BEN.id, name: BEN.displayName }],
    });
  });

  it('two people of one name with their addresses, and each stands for the one chosen', async () => {
    const twin = (n: number) => ({ ...MEMBERS[1]!, userId: `twin${n}` as typeof BEN.id, email: `twin${n}@x.test` });
    const onSend = start({ members: [twin(1), twin(2)] });
    at('@ben');
    await waitFor(() => expect(options()).toHaveLength(2));
    expect(options()[1]).toContain('twin2@x.test');
    fireEvent.click(screen.getAllByRole('option')[1]!);
    await waitFor(() => expect(field().value).toMatch(/ $/));
    key('Enter');
    expect(onSend.mock.calls[0]![2].mentions).toMatchObject([{ userId: 'twin2' }]);
  });

  it('nothing more of what Escape put away, which closes nothing else', async () => {
    const closed = vi.fn();
    const undo = hearEscape(closed);
    const onSend = start();
    at('@');
    await waitFor(() => screen.getByRole('listbox'));
    fireEvent.keyDown(field(), { key: 'Escape', bubbles: true });
    await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
    expect(closed).not.toHaveBeenCalled();
    key('Enter');
    expect(onSend).toHaveBeenCalledWith(A, 'chat of A', words('@'));
    undo();
  });

  it('emoji by their names, and a name that is closed becomes its emoji by itself', async () => {
    start();
    at('so :tad');
    await waitFor(() => expect(options()[0]).toContain(':tada:'), { timeout: 15_000 });
    key('Tab');
    await waitFor(() => expect(field().value).toBe('so 🎉'));
    at('so 🎉 :+1:');
    await waitFor(() => expect(field().value).toBe('so 🎉 👍'));
    at('at 10:30: ok');
    expect(field().value).toBe('at 10:30: ok');
  });

  it('emoji from the picker: by words, by keys, remembered', async () => {
    const used = vi.fn();
    render(
      <RecentEmojiContext.Provider value={{ recent: ['🐙'], used }}>
        <Held record={A} onSend={vi.fn()} />
      </RecentEmojiContext.Provider>,
    );
    type('hi ');
    fireEvent.click(screen.getByRole('button', { name: /^Emoji/ }));
    const search = screen.getByRole('searchbox', { name: 'Search emoji' });
    await waitFor(() => expect(screen.getByRole('option', { name: 'octopus' })).toBeTruthy());
    fireEvent.input(search, { target: { value: 'red heart' } });
    await waitFor(() => expect(screen.getAllByRole('option')[0]!.getAttribute('aria-label')).toBe('red heart'));
    fireEvent.keyDown(search, { key: 'ArrowDown' });
    await waitFor(() =>
      expect(search.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]!.id),
    );
    fireEvent.keyDown(search, { key: 'Enter' });
    await waitFor(() => expect(field().value).toBe('hi ❤️'));
    expect(used).toHaveBeenCalledExactlyOnceWith('❤️');
    expect(screen.queryByRole('searchbox')).toBeNull();
  });

  it('how important it is, which goes along', async () => {
    const onSend = start();
    at('now');
    fireEvent.click(screen.getByRole('button', { name: 'Importance' }));
    fireEvent.click(screen.getByRole('button', { name: /^Urgent/ }));
    await waitFor(() => expect(screen.getByText(/Urgent ·/)).toBeTruthy());
    key('Enter');
    expect(onSend).toHaveBeenCalledWith(A, 'chat of A', { ...words('now'), importance: 'urgent' });
  });

  it('code and quotes around what is chosen', () => {
    start();
    at('one\ntwo');
    field().setSelectionRange(0, 7);
    fireEvent.click(screen.getByRole('button', { name: 'More to put in' }));
    fireEvent.click(screen.getByRole('button', { name: /^Code/ }));
    expect(field().value).toBe('```\none\ntwo\n```');
    at('said');
    fireEvent.click(screen.getByRole('button', { name: 'More to put in' }));
    fireEvent.click(screen.getByRole('button', { name: /^Quote/ }));
    expect(field().value).toBe('> said');
  });
});
