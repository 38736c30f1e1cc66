import { describe, expect, it } from 'vitest';
import { chatLink, messageLink } from '../../components/chat/deep-links.ts';
import { eventWords } from '../../components/chat/event-words.ts';
import { groupMessages } from '../../components/chat/group-messages.ts';
import { mergeNewest, mergeOlder } from '../../components/chat/merge-page.ts';
import {
  AT_NEWEST,
  inWindow,
  MOST,
  newerWindow,
  olderWindow,
  type Window,
} from '../../components/chat/window-messages.ts';
import { insertLink, toggleList, toggleMark } from '../../components/chat/wrap-selection.ts';
import { asChatId, asMessageId, asUserId } from '../../lib/model/ids.ts';
import { DONE_EVENTS, type SystemEvent } from '../../lib/model/system-event.ts';
import { BEN, CHLOE, ME, message } from './samples.ts';

describe('grouping', () => {
  const heads = (minutes: [number, typeof ME][]) =>
    groupMessages(
      minutes.map(([m, p]) => message(m, p, 'x')),
      ME.id,
    ).map((row) => (row.kind === 'message' ? (row.first ? 'head' : 'next') : row.kind));

  it('gives one head to what one author wrote within five minutes', () => {
    expect(
      heads([
        [20, BEN],
        [17, BEN],
        [13, BEN],
      ]),
    ).toEqual(['day', 'head', 'next', 'next']);
    expect(
      heads([
        [20, BEN],
        [15, BEN],
      ]),
    ).toEqual(['day', 'head', 'head']);
    expect(
      heads([
        [20, BEN],
        [19, CHLOE],
        [18, BEN],
      ]),
    ).toEqual(['day', 'head', 'head', 'head']);
  });
  it('starts anew after a new day and after an event', () => {
    const day = 24 * 60;
    expect(
      heads([
        [day + 20, BEN],
        [20, BEN],
      ]),
    ).toEqual(['day', 'head', 'day', 'head']);
    const rows = groupMessages(
      [
        message(3, BEN, 'a'),
        message(2, null, '', { event: { kind: 'joined', who: [named('Ann')] } }),
        message(1, BEN, 'b'),
      ],
      ME.id,
    );
    expect(rows.map((r) => r.kind)).toEqual(['day', 'message', 'event', 'message']);
    expect(rows[3]).toMatchObject({ first: true });
  });
  it('knows own messages by the account, not by the name', () => {
    const other = { ...ME, id: BEN.id };
    const rows = groupMessages([message(9, ME, 'a'), message(8, other, 'b')], ME.id);
    expect(rows.slice(1)).toMatchObject([{ own: true }, { own: false, first: true }]);
  });
});

describe('merging pages', () => {
  const at = (m: number, etag = '1') => message(m, BEN, `m${m}`, { etag });
  it('replaces what was read again and keeps what is older', () => {
    const merged = mergeNewest([at(9), at(8), at(7)], [at(8, '2'), at(7), at(6)]);
    expect(merged.map((m) => [m.html, m.etag])).toEqual([
      ['m9', '1'],
      ['m8', '2'],
      ['m7', '1'],
      ['m6', '1'],
    ]);
  });
  it('drops older ones where there would be a gap', () => {
    expect(mergeNewest([at(90), at(80)], [at(8), at(7)]).map((m) => m.html)).toEqual(['m8', 'm7']);
  });
  it('keeps everything when nothing came', () => {
    expect(mergeNewest([at(9)], [])).toHaveLength(1);
  });
  it('puts an older page in front, each message once, in order of age', () => {
    expect(mergeOlder([at(8), at(7)], [at(10), at(9), at(8)]).map((m) => m.html)).toEqual(['m10', 'm9', 'm8', 'm7']);
  });
});

describe('the window of messages in the page', () => {
  const all = Array.from({ length: 1000 }, (_, i) => message(5000 - i, BEN, String(i)));
  const texts = (w: Window) => inWindow(all, w).shown.map((m) => Number(m.html));

  it('never holds more than the most, at every step up and down, and misses none', () => {
    let w = AT_NEWEST;
    const seen = new Set(texts(w));
    for (let i = 0; i < 12; i++) {
      w = olderWindow(all, w);
      expect(texts(w).length).toBeLessThanOrEqual(MOST);
      for (const n of texts(w)) seen.add(n);
    }
    expect(seen.size).toBe(1000);
    expect(texts(w)[0]).toBe(0);
    expect(olderWindow(all, w)).toEqual(w);
    for (let i = 0; i < 12 && w.last !== null; i++) w = newerWindow(all, w);
    expect(texts(w).at(-1)).toBe(999);
  });
  it('overlaps from step to step, so that the place read stays in the page', () => {
    let w: Window = { last: null, size: MOST };
    for (let i = 0; i < 6; i++) {
      const next = olderWindow(all, w);
      expect(texts(next)).toContain(texts(w)[0]);
      w = next;
    }
  });
});

describe('events in words', () => {
  it('names who did what, or someone', () => {
    expect(eventWords({ kind: 'members-added', by: named('Ann'), who: [named('Bo'), named('Cy')] }, [])).toBe(
      'Ann added Bo and Cy',
    );
    expect(
      eventWords({ kind: 'members-added', by: named('Ann', 'u1'), who: [named('Ann', 'u1'), named('Bo', 'u2')] }, []),
    ).toBe('Ann added Bo');
    const bo = { userId: asUserId('u2'), displayName: 'Bo', email: null, role: 'owner' as const };
    expect(eventWords({ kind: 'joined', who: [named('', 'u2')] }, [bo])).toBe('Bo joined the chat');
    expect(eventWords({ kind: 'left', who: [named('')] }, [])).toBe('Someone left the chat');
    expect(eventWords({ kind: 'renamed', by: named(''), topic: 'New' }, [])).toBe('Someone renamed the chat to “New”');
  });
  it.each<[SystemEvent, string]>([
    [{ kind: 'call-started', by: named('Ann'), call: 'meeting' }, 'Ann started the meeting'],
    [
      { kind: 'call-ended', by: named(''), call: 'call', seconds: 600, who: [named('Ann'), named('Bo')] },
      'The call ended after 10 minutes. Took part: Ann and Bo',
    ],
    [
      { kind: 'call-ended', by: named(''), call: 'screen', seconds: null, who: [] },
      'The screen is not shared any more',
    ],
    [{ kind: 'recording', by: named('Ann'), state: 'running', url: null, seconds: null }, 'Ann records this call'],
    [{ kind: 'role', by: named('Ann'), who: named('Bo'), owner: true }, 'Ann made Bo an owner'],
    [{ kind: 'meeting-chat', by: named('Ann'), on: false }, 'Ann closed the meeting\u0027s chat for writing'],
    [{ kind: 'done', what: 'teamsAppRemoved', by: named('Ann'), name: 'Polls' }, 'Ann removed the app Polls'],
    [{ kind: 'other', type: 'somethingNew' }, 'Something changed in the chat.'],
  ])('%j', (event, words) => {
    expect(eventWords(event, [])).toBe(words);
  });
  it('has words for everything that is done', () => {
    for (const what of DONE_EVENTS)
      expect(eventWords({ kind: 'done', what, by: named('Ann'), name: 'X' }, [])).toMatch(/^Ann /);
  });
});

describe('links into Teams', () => {
  const chat = asChatId('19:a b@thread.v2');
  it('encode ids and context', () => {
    expect(messageLink(chat, asMessageId('1700'))).toBe(
      'https://teams.microsoft.com/l/message/19%3Aa%20b%40thread.v2/1700?context=%7B%22contextType%22%3A%22chat%22%7D',
    );
  });
  it('take Graph’s own link only where a browser may follow it', () => {
    expect(chatLink(chat, 'https://teams.example.test/x')).toBe('https://teams.example.test/x');
    expect(chatLink(chat, 'javascript:alert(1)')).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/chat\//);
  });
});

describe('marks around the selection', () => {
  const at = (text: string, start: number, end: number) => ({ text, start, end });
  it('sets and takes away bold and italic without mixing them up', () => {
    expect(toggleMark(at('a b c', 2, 3), '**')).toEqual(at('a **b** c', 4, 5));
    expect(toggleMark(at('a **b** c', 4, 5), '**')).toEqual(at('a b c', 2, 3));
    expect(toggleMark(at('a **b** c', 4, 5), '*')).toEqual(at('a ***b*** c', 5, 6));
    expect(toggleMark(at('a ***b*** c', 5, 6), '*')).toEqual(at('a **b** c', 4, 5));
  });
  it('makes the touched lines a list, and no list again', () => {
    const listed = toggleList(at('a\nb\nc', 2, 5));
    expect(listed.text).toBe('a\n- b\n- c');
    expect(toggleList(at(listed.text, 2, listed.text.length)).text).toBe('a\nb\nc');
  });
  it('selects the part of a link that is still to be written', () => {
    const words = insertLink(at('see plan', 4, 8), 'text');
    expect(words.text.slice(words.start, words.end)).toBe('https://');
    const url = insertLink(at('https://a.test', 0, 14), 'text');
    expect(url.text).toBe('[text](https://a.test)');
    expect(url.text.slice(url.start, url.end)).toBe('text');
  });
});

function named(name: string, id?: string) {
  return { userId: id ? asUserId(id) : null, name };
}
