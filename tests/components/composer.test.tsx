// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Composer, type ComposerProps } from '../../components/chat/composer.tsx';
import { asChatId, type RecordKey } from '../../lib/model/ids.ts';

const A = 'A' as RecordKey;
const B = 'B' as RecordKey;
const CHATS = { A: asChatId('chat of A'), B: asChatId('chat of B') } as Record<string, ReturnType<typeof asChatId>>;

afterEach(cleanup);

/** The composer as the panel holds it: one text a record. */
function Held({
  record,
  onSend,
  ...more
}: { record: RecordKey } & Pick<ComposerProps, 'onSend'> & Partial<ComposerProps>) {
  const [texts, setTexts] = useState<Record<string, string>>({});
  const text = texts[record] ?? '';
  return (
    <Composer
      record={record}
      chatId={CHATS[record]!}
      text={text}
      meName="Alice"
      offReason={null}
      size={text.length}
      limit={100}
      onText={(of, next) => setTexts((all) => ({ ...all, [of]: next }))}
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
    expect(onSend).toHaveBeenCalledExactlyOnceWith(A, 'chat of A', 'hello');
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
