// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Composer, type Putting } from '../../components/chat/composer.tsx';
import { contentOf } from '../../components/compose/content-of.ts';
import { createDraftPictures } from '../../entrypoints/panel/state/draft-pictures.ts';
import { createDrafts } from '../../entrypoints/panel/state/drafts.ts';
import type { Ask } from '../../entrypoints/panel/state/session.ts';
import { asChatId, type RecordKey } from '../../lib/model/ids.ts';
import { IMAGES_BYTES, MOST_IMAGES } from '../../lib/model/message-size.ts';
import type { CardSource } from '../../lib/model/record-card.ts';
import { NOTHING_WRITTEN, type Writing } from '../../lib/model/writing.ts';
import { ME, MEMBERS } from './samples.ts';

const A = 'record A' as RecordKey;
const B = 'record B' as RecordKey;
const ok = (value: unknown = undefined) => ({ ok: true, value });
const no = (code: string) => ({ ok: false, error: { code, title: code, text: '' } });
const file = (name: string, type = 'image/png') => new File(['x'], name, { type });
const image = { id: 'x', name: 'a.png', contentType: 'image/png', width: 4, height: 3, alt: '', size: 10 };

afterEach(cleanup);

function setUp(answers: Record<string, (data: Record<string, unknown>) => unknown> = {}, size = 10) {
  const calls: [string, Record<string, unknown>][] = [];
  const ask = (async (key: string, data: Record<string, unknown>) => {
    calls.push([key, data]);
    return (answers[key] ?? (() => ok()))(data);
  }) as unknown as Ask;
  const drafts = createDrafts(ask);
  const problems: string[] = [];
  const asked: number[] = [];
  let n = 0;
  const pictures = createDraftPictures({
    ask,
    drafts,
    newId: () => `p${++n}`,
    async prepare(given, most) {
      asked.push(most);
      if (!given.type.startsWith('image/')) return null;
      return { contentType: 'image/png', bytes: `bytes of ${(given as File).name}`, size, width: 4, height: 3 };
    },
    onProblem: (p) => problems.push(p.title),
  });
  return { drafts, pictures, problems, asked, calls, of: (key: string) => calls.filter(([k]) => k === key) };
}

describe('pictures of a draft', () => {
  it('are with the worker before the draft names them, and at hand at once', async () => {
    const { drafts, pictures, of, calls } = setUp({
      'draft.keep': () => {
        expect(drafts.writing(A).images).toEqual([]);
        return ok();
      },
    });
    const adding = pictures.add(A, [file('a.png')]);
    expect(pictures.busy(A)).toBe(true);
    await adding;
    expect([pictures.busy(A), pictures.busy(B)]).toEqual([false, false]);
    expect(of('draft.keep')).toEqual([
      ['draft.keep', { shown: A, id: 'p1', contentType: 'image/png', bytes: 'bytes of a.png' }],
    ]);
    expect(drafts.writing(A).images).toEqual([{ ...image, id: 'p1' }]);
    expect(pictures.bytesOf(A, drafts.writing(A).images[0]!)).toBe('bytes of a.png');
    drafts.flush();
    expect(calls.at(-1)).toEqual(['draft.save', { shown: A, writing: drafts.writing(A) }]);
  });

  it('stay with the record they were put into, whatever is on screen when they are ready', async () => {
    const { drafts, pictures } = setUp();
    await Promise.all([pictures.add(A, [file('a.png'), file('b.png')]), pictures.add(B, [file('c.png')])]);
    expect(drafts.writing(A).images.map((i) => i.name)).toEqual(['a.png', 'b.png']);
    expect(drafts.writing(B).images.map((i) => i.name)).toEqual(['c.png']);
  });

  it('get the room that the others leave, and where there is none that is said', async () => {
    const { drafts, pictures, problems, asked } = setUp({}, IMAGES_BYTES / 2 - 10_000);
    await pictures.add(A, [file('a'), file('b'), file('c')]);
    expect(asked[1]!).toBeLessThan(IMAGES_BYTES / 2 + 10_001);
    expect(drafts.writing(A).images).toHaveLength(2);
    expect(problems).toEqual(['No more pictures fit into this message']);
    const many = setUp();
    await many.pictures.add(
      A,
      Array.from({ length: MOST_IMAGES + 1 }, (_, i) => file(`${i}`)),
    );
    expect(many.drafts.writing(A).images).toHaveLength(MOST_IMAGES);
  });

  it('that are none, or that the worker did not keep, are not there, and that is said', async () => {
    const { drafts, pictures, problems, of } = setUp({ 'draft.keep': () => no('bug') });
    await pictures.add(A, [file('a.txt', 'text/plain'), file('b.png')]);
    expect(drafts.writing(A).images).toEqual([]);
    expect(problems).toEqual(['This is no picture that can be sent', 'bug']);
    expect(of('draft.keep'), 'once more where a worker died').toHaveLength(2);
  });

  it('come back with the draft; one that is gone leaves it', async () => {
    const { drafts, pictures, of } = setUp({
      'draft.load': () => ok({ text: 'hi', images: [image, { ...image, id: 'gone' }] }),
      'draft.picture': ({ id }) => ok(id === 'x' ? { contentType: 'image/png', bytes: 'kept' } : null),
    });
    await drafts.load(A);
    const [first, second] = drafts.writing(A).images;
    expect([pictures.bytesOf(A, first!), pictures.bytesOf(A, second!)]).toEqual([null, null]);
    await vi.waitFor(() => expect(pictures.bytesOf(A, first!)).toBe('kept'));
    await vi.waitFor(() => expect(drafts.writing(A).images).toEqual([image]));
    expect(of('draft.picture')).toHaveLength(2);
  });

  it('taken out are forgotten by the worker, too', async () => {
    const { drafts, pictures, of } = setUp();
    await pictures.add(A, [file('a')]);
    pictures.describe(A, 'p1', 'a plan');
    expect(drafts.writing(A).images[0]!.alt).toBe('a plan');
    pictures.remove(A, 'p1');
    expect(drafts.writing(A).images).toEqual([]);
    expect(of('draft.drop')).toEqual([['draft.drop', { shown: A, ids: ['p1'] }]]);
  });
});

describe('pictures in the composer', () => {
  const put = (more: Partial<Putting['pictures']> = {}) => ({
    onFiles: vi.fn(),
    files: vi.fn(),
    card: vi.fn(),
    onCard: vi.fn(),
    pictures: { busy: false, bytesOf: () => 'AAAA', onRemove: vi.fn(), onDescribe: vi.fn(), ...more },
  });
  function Held({ given, onSend, start }: { given: Putting; onSend: () => void; start: Partial<Writing> }) {
    const [writing, setWriting] = useState<Writing>({ ...NOTHING_WRITTEN, ...start });
    return (
      <Composer
        {...{ writing, onSend }}
        record={A}
        chatId={asChatId('c')}
        me={ME.id}
        meName="Alice"
        members={MEMBERS}
        photoOf={() => null}
        offReason={null}
        size={1}
        limit={100}
        onWriting={(_, next) => setWriting(next)}
        put={given}
      />
    );
  }
  const field = () => screen.getByRole('textbox', { name: 'Message' });
  const send = () => fireEvent.keyDown(field(), { key: 'Enter' });

  it('are pasted, dropped or picked; words that Office pastes with a picture of them stay words', () => {
    const given = put();
    render(<Held given={given} onSend={vi.fn()} start={{}} />);
    const files = [file('a.png')];
    const paste = (text: string) => fireEvent.paste(field(), { clipboardData: { files, getData: () => text } });
    paste('words');
    expect(given.onFiles).not.toHaveBeenCalled();
    paste('');
    expect(given.onFiles).toHaveBeenLastCalledWith(files);
    const drop = Object.assign(new Event('drop', { bubbles: true }), { dataTransfer: { files, types: ['Files'] } });
    fireEvent(field(), drop);
    expect(given.onFiles).toHaveBeenCalledTimes(2);
  });

  it('send a message without words, and hold it back until their bytes are here', async () => {
    const onSend = vi.fn();
    const { rerender } = render(
      <Held given={put({ bytesOf: () => null })} onSend={onSend} start={{ images: [image] }} />,
    );
    send();
    rerender(<Held given={put({ busy: true })} onSend={onSend} start={{}} />);
    send();
    expect(onSend).not.toHaveBeenCalled();
    rerender(<Held given={put()} onSend={onSend} start={{}} />);
    send();
    expect(onSend).toHaveBeenCalledWith(A, 'c', { ...NOTHING_WRITTEN, images: [image] });
  });

  it('are described in words and removed', async () => {
    const given = put();
    render(<Held given={given} onSend={vi.fn()} start={{ images: [image] }} />);
    fireEvent.click(screen.getByRole('button', { name: 'Say what a.png shows' }));
    const alt = await waitFor(() => screen.getByRole('textbox', { name: /What the picture shows/ }));
    fireEvent.input(alt, { target: { value: 'The plan' } });
    expect(given.pictures.onDescribe).toHaveBeenCalledWith('x', 'The plan');
    fireEvent.click(screen.getByRole('button', { name: 'Remove a.png' }));
    expect(given.pictures.onRemove).toHaveBeenCalledWith('x');
  });
});

describe('what the record has, in the composer', () => {
  const SOURCE: CardSource = {
    title: 'Fair',
    doctype: 'Event',
    name: 'EV1',
    url: 'https://erp.test/app/event/EV1',
    fields: [
      { fieldname: 'status', label: 'Status', value: 'Open', kind: 'text' },
      { fieldname: 'starts_on', label: 'Starts on', value: '2026-11-24 09:00:00', kind: 'datetime' },
    ],
    chosen: ['status'],
  };
  function start(more: Partial<Putting>, onSend = vi.fn(), members = MEMBERS) {
    const given: Putting = {
      onFiles: vi.fn(),
      files: vi.fn(),
      card: vi.fn(),
      onCard: vi.fn(),
      pictures: { busy: false, bytesOf: () => '', onRemove: vi.fn(), onDescribe: vi.fn() },
      ...more,
    };
    function Held() {
      const [writing, setWriting] = useState<Writing>(NOTHING_WRITTEN);
      return (
        <Composer
          {...{ writing, onSend, members }}
          record={A}
          chatId={asChatId('c')}
          me={ME.id}
          meName="Alice"
          photoOf={() => null}
          offReason={null}
          size={1}
          limit={100}
          onWriting={(_, next) => setWriting(next)}
          put={given}
        />
      );
    }
    render(<Held />);
    fireEvent.click(screen.getByRole('button', { name: 'More to put in' }));
    return { given, onSend };
  }
  const field = () => screen.getByRole('textbox', { name: 'Message' }) as HTMLTextAreaElement;

  it('a file as a link that ends where it should, with who may open it and a word about guests', async () => {
    const file = { name: 'Plan [A].pdf', url: 'https://erp.test/private/files/a(1).pdf', isPrivate: true };
    start({ files: async () => ({ ok: true, value: [file] }) });
    fireEvent.click(screen.getByRole('button', { name: /^File of the record/ }));
    const line = await waitFor(() => screen.getByRole('button', { name: /Plan \[A\]\.pdf.*Private/ }));
    expect(screen.getByText(/There are people from outside here/)).toBeTruthy();
    fireEvent.click(line);
    expect(field().value).toBe('[Plan (A).pdf](https://erp.test/private/files/a%281%29.pdf) ');
  });

  it('no word about guests where there are none, and what went wrong is said', async () => {
    const error = { code: 'no-tab' as const, title: 'No ERPNext tab is open', text: '' };
    const own = MEMBERS.filter(({ role, userId }) => role !== 'guest' && userId);
    start({ files: async () => ({ ok: false, error }) }, vi.fn(), own);
    fireEvent.click(screen.getByRole('button', { name: /^File of the record/ }));
    await waitFor(() => screen.getByText('No ERPNext tab is open'));
    expect(screen.queryByText(/There are guests/)).toBeNull();
  });

  it('a card of the fields that were chosen, as it was shown before', async () => {
    const { given, onSend } = start({ card: async () => ({ ok: true, value: SOURCE }) });
    fireEvent.click(screen.getByRole('button', { name: /^Card of the record/ }));
    const preview = await waitFor(() => screen.getByRole('region', { name: 'How the card will look' }));
    expect(preview.textContent).toBe('FairEvent · EV1StatusOpen');
    fireEvent.click(screen.getByRole('checkbox', { name: 'Starts on' }));
    await waitFor(() => expect(preview.textContent).toMatch(/Nov 24, 2026, 9:00/));
    fireEvent.click(screen.getByRole('button', { name: 'Put it in' }));
    await waitFor(() => screen.getByRole('button', { name: 'Remove Fair' }));
    expect(given.onCard).toHaveBeenCalledWith('Event', ['status', 'starts_on']);
    fireEvent.keyDown(field(), { key: 'Enter' });
    const { cards } = onSend.mock.calls[0]![2] as Writing;
    expect(JSON.parse(cards[0]!.content).body[2].facts).toMatchObject([
      { title: 'Status', value: 'Open' },
      { title: 'Starts on', value: expect.stringContaining('2026') },
    ]);
    const sent = contentOf(onSend.mock.calls[0]![2], () => '');
    expect(sent.html).toBe(`<attachment id="${cards[0]!.id}"></attachment>`);
    expect(sent.attachments).toMatchObject([
      { id: cards[0]!.id, contentType: 'application/vnd.microsoft.card.adaptive' },
    ]);
  });
});
