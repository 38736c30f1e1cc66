// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OutgoingRow } from '../../components/chat/outgoing-row.tsx';
import { rewritten, splitContent, writingOfOutgoing } from '../../components/chat/outgoing-text.ts';
import { contentOf } from '../../components/compose/content-of.ts';
import { asChatId, asMessageId, asUserId } from '../../lib/model/ids.ts';
import type { OutgoingMessage } from '../../lib/model/message.ts';
import { NOTHING_WRITTEN, type Writing } from '../../lib/model/writing.ts';

afterEach(cleanup);

const PICTURE = {
  id: 'p',
  name: 'a.png',
  contentType: 'image/png',
  width: 9,
  height: 9,
  alt: 'The "hall" & more',
  size: 3,
};
const CARD = {
  id: '11111111-1111-1111-1111-111111111111',
  title: 'EV-1',
  content: '{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","text":"On the card"}]}',
};

function out(writing: Partial<Writing>, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const content = contentOf({ ...NOTHING_WRITTEN, ...writing }, () => 'AAAA');
  const place = { localId: 'one', chatId: asChatId('19:a@thread.v2'), replyTo: null, writtenAt: 0 };
  return {
    ...place,
    content,
    state: 'queued',
    problem: null,
    emptyLooks: 0,
    mayResend: false,
    editable: true,
    ...more,
  };
}
const show = (row: OutgoingMessage, onEdit?: () => void) =>
  render(<OutgoingRow row={row} onResend={() => {}} onDiscard={() => {}} onEdit={onEdit} />).container;

describe('a message on its way', () => {
  it('of a picture or a card alone is no empty bubble', () => {
    const picture = show(out({ images: [PICTURE] }));
    expect(screen.getByAltText(PICTURE.alt).getAttribute('src')).toBe('data:image/png;base64,AAAA');
    expect(picture.querySelector('.chat-body')).toBeNull();
    cleanup();
    show(out({ cards: [CARD] }));
    expect(screen.getByText('On the card')).toBeTruthy();
  });

  it('says whom it answers, and how far its files are', () => {
    const file = { id: 'f', name: 'film.mp4', size: 4_000_000, sent: 1_000_000, there: false };
    const answers = { author: 'Bob', html: '<p>Shall <b>we</b>?</p>' };
    show(out({ text: 'Yes' }, { replyTo: asMessageId('1'), answers, files: [file] }));
    expect(screen.getByText('Bob').closest('blockquote')?.textContent).toContain('Shall we?');
    const bar = screen.getByRole('progressbar', { name: 'film.mp4 is being uploaded' }) as HTMLProgressElement;
    expect([bar.value, bar.max]).toEqual([1_000_000, 4_000_000]);
    expect(screen.getByRole('article', { name: 'Your message: Uploading' })).toBeTruthy();
    expect(screen.getByText('1 MB of 4 MB')).toBeTruthy();
  });

  it.each([
    ['queued', true, ['Edit', 'Discard']],
    ['queued', false, ['Discard']],
    ['failed', true, ['Try again', 'Edit', 'Discard']],
    ['sending', true, []],
  ] as const)('%s, which left: not %s, offers what can be done then', (state, editable, buttons) => {
    const { editable: _, ...row } = out({ text: 'Yes' }, { state });
    show(editable ? { ...row, editable } : row, vi.fn());
    expect(screen.queryAllByRole('button').map((button) => button.textContent?.trim())).toEqual([...buttons]);
  });

  it('gets another text, and keeps what goes along', () => {
    const mention = { start: 5, end: 9, userId: asUserId('bob'), name: 'Bob' };
    const writing = { text: 'Dear @Bob', mentions: [mention], images: [PICTURE], cards: [CARD] };
    const row = out({ ...writing, importance: 'high' });
    expect(writingOfOutgoing(row)).toMatchObject({ text: 'Dear @Bob', mentions: [mention], importance: 'high' });
    const other = { ...NOTHING_WRITTEN, text: 'Never mind <attachment id="x">' };
    const content = rewritten(row, other);
    expect(content).toMatchObject({ attachments: row.content.attachments, images: row.content.images, mentions: [] });
    expect(content.html).toBe(contentOf({ ...other, images: [PICTURE], cards: [CARD] }, () => '').html);
    expect(splitContent(content.html)).toMatchObject({ text: contentOf(other, () => '').html, alts: [PICTURE.alt] });
  });
});
