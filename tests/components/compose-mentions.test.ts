import { describe, expect, it, test } from 'vitest';
import { contentOf } from '../../components/compose/content-of.ts';
import { matchPeople } from '../../components/compose/match-people.ts';
import { followEdit, putMention } from '../../components/compose/mentions.ts';
import { closedName, triggerAt } from '../../components/compose/trigger.ts';
import type { Member } from '../../lib/model/chat.ts';
import { asUserId } from '../../lib/model/ids.ts';
import { type MentionRange, NOTHING_WRITTEN } from '../../lib/model/writing.ts';

const BO = { userId: asUserId('bo'), name: 'Bo Lind' };

/** A text in which `|` is the caret. */
const at = (text: string) => ({ text: text.replace('|', ''), caret: text.indexOf('|') });
const range = (text: string, name: string, userId = 'bo', from = 0): MentionRange => {
  const start = text.indexOf(`@${name}`, from);
  return { start, end: start + name.length + 1, userId: asUserId(userId), name };
};
/** What the mentions stand on. */
const read = (text: string, mentions: readonly MentionRange[]) => mentions.map((m) => text.slice(m.start, m.end));

describe('a mention in a text', () => {
  it('stands where it was looked for, with a blank behind it', () => {
    expect(putMention('hi @b', [], { from: 3, to: 5 }, BO)).toEqual({
      text: 'hi @Bo Lind ',
      mentions: [{ ...BO, start: 3, end: 11 }],
      caret: 12,
    });
    expect(putMention('@b, come', [], { from: 0, to: 2 }, BO).text).toBe('@Bo Lind , come');
    expect(putMention('@b come', [], { from: 0, to: 2 }, BO).text).toBe('@Bo Lind come');
  });

  const before = 'Ask @Bo Lind and @Bo Lind now';
  const two = [range(before, 'Bo Lind', 'one'), range(before, 'Bo Lind', 'two', 10)];
  test.each<[string, string, string[]]>([
    ['typed before', 'Do ask @Bo Lind and @Bo Lind now|', ['one', 'two']],
    ['typed between', 'Ask @Bo Lind or|and @Bo Lind now', ['one', 'two']],
    ['typed right behind', 'Ask @Bo Linds| and @Bo Lind now', ['one', 'two']],
    ['typed inside', 'Ask @Boo| Lind and @Bo Lind now', ['two']],
    ['a letter taken away inside', 'Ask @B| Lind and @Bo Lind now', ['two']],
    ['the last letter taken away', 'Ask @Bo Lind and @Bo Lin| now', ['one']],
    ['one of two equals taken away', 'Ask |and @Bo Lind now', ['two']],
    ['the other taken away', 'Ask @Bo Lind and |now', ['one']],
    ['made bold', 'Ask **@Bo Lind** and @Bo Lind now|', ['one', 'two']],
    ['all replaced', 'Never mind|', []],
    ['nothing left', '|', []],
  ])('%s', (_, now, left) => {
    const { text, caret } = at(now);
    const kept = followEdit(two, before, text, caret);
    expect(kept.map((m) => m.userId)).toEqual(left);
    expect(read(text, kept).every((words) => words === '@Bo Lind')).toBe(true);
  });

  it('follows a thousand random edits: what is left of it always reads as it was chosen', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    let text = 'aa @aa aaa @a a';
    let mentions = [range(text, 'aa', 'x'), range(text, 'a', 'y', 6)];
    for (let i = 0; i < 1000; i++) {
      const from = random(text.length + 1);
      const to = Math.min(text.length, from + random(3));
      const put = ['a', '@', ' ', '', 'aa'][random(5)]!;
      const next = text.slice(0, from) + put + text.slice(to);
      const kept = followEdit(mentions, text, next, from + put.length);
      for (const m of kept) expect(next.slice(m.start, m.end)).toBe(`@${m.name}`);
      for (const [a, b] of kept.slice(1).map((m, n) => [kept[n]!, m] as const)) expect(a.end <= b.start).toBe(true);
      text = next;
      mentions = kept.length ? kept : [{ start: text.length, end: text.length + 2, userId: asUserId('z'), name: 'a' }];
      if (!kept.length) text += '@a';
    }
  });
});

describe('what a list can complete', () => {
  test.each<[string, string | null]>([
    ['@|', ''],
    ['hi @an|', 'an'],
    ['(@an|', 'an'],
    ['hi @Anna Ma|', 'Anna Ma'],
    ['a\n@an|', 'an'],
    ['mail a@b|', null],
    ['@ an|', null],
    ['@an  x|', null],
    ['@an\nx|', null],
    [`@${'x'.repeat(60)}|`, null],
  ])('%j is looked for as %j', (typed, query) => {
    const { text, caret } = at(typed);
    const found = triggerAt(text, caret);
    expect(found?.query ?? null).toBe(query);
    if (found) expect(text.slice(found.from, found.to)).toBe(`@${query}`);
  });

  test.each<[string, string | null]>([
    [':ta|', 'ta'],
    ['ok :+1|', '+1'],
    ['so :größ|', 'größ'],
    ['hi @an and :ta|', 'ta'],
    ['at 10:30|', null],
    ['https://x|', null],
    [': ta|', null],
    [':t|', null],
  ])('%j is looked for as the emoji %j', (typed, query) => {
    const { text, caret } = at(typed);
    expect(triggerAt(text, caret)?.query ?? null).toBe(query);
  });

  it('knows a name that was just closed, and leaves a mention that was chosen alone', () => {
    expect(closedName('ok :tada:', 9)).toEqual({ kind: 'emoji', from: 3, to: 9, query: 'tada' });
    expect(closedName('hi @an :tada:', 13)?.query).toBe('tada');
    expect(closedName('10:30:', 6)).toBeNull();
    expect(triggerAt('@Bo Lind likes', 14, 8)).toBeNull();
  });
});

describe('who is offered', () => {
  const member = (displayName: string, more: Partial<Member> = {}): Member => ({
    userId: asUserId(displayName),
    displayName,
    email: null,
    role: 'member',
    ...more,
  });
  const members = [
    member('Zoë Ångström'),
    member('Anna-Lena Maier', { email: 'lena@x.test' }),
    member('Max Anders'),
    member('Me Myself'),
    member('Nobody', { userId: null }),
    member('عمر حسن'),
  ];
  test.each([
    ['', ['Anna-Lena Maier', 'Max Anders', 'Zoë Ångström', 'عمر حسن']],
    ['an', ['Anna-Lena Maier', 'Max Anders', 'Zoë Ångström']],
    ['zoe', ['Zoë Ångström']],
    ['ANGSTROM', ['Zoë Ångström']],
    ['lena m', ['Anna-Lena Maier']],
    ['lena@', ['Anna-Lena Maier']],
    ['حسن', ['عمر حسن']],
    ['myself', []],
    ['body', []],
  ])('%j', (query, names) => {
    const found = matchPeople(members, asUserId('Me Myself'), query).map((m) => m.displayName);
    expect([...found].sort()).toEqual([...names].sort());
    expect(found.slice(0, 1)).toEqual(query === 'an' ? ['Anna-Lena Maier'] : found.slice(0, 1));
  });
});

describe('what is sent', () => {
  it('holds each mention that is one, and those in code no more', () => {
    const text = '  @Bo Lind `@Bo Lind` @A<b> & you';
    const mentions = [
      range(text, 'Bo Lind', 'one'),
      range(text, 'Bo Lind', 'two', 12),
      range(text, 'A<b> & you', 'three'),
    ];
    expect(contentOf({ ...NOTHING_WRITTEN, text, mentions, importance: 'urgent' }, () => '')).toEqual({
      html: '<p><at id="0">Bo Lind</at> <code>@Bo Lind</code> <at id="2">A&lt;b&gt; &amp; you</at></p>',
      importance: 'urgent',
      mentions: [
        { id: 0, name: 'Bo Lind', userId: 'one' },
        { id: 2, name: 'A<b> & you', userId: 'three' },
      ],
      attachments: [],
      images: [],
    });
  });

  it('shows each picture where its bytes lie, with its words, and no wider than Teams shows it', () => {
    const image = {
      id: 'x',
      name: 'a.png',
      contentType: 'image/png',
      width: 1200,
      height: 800,
      alt: '"<Plan>',
      size: 3,
    };
    const small = { ...image, id: 'y', contentType: 'image/gif', width: 20, height: 10, alt: '' };
    const writing = { ...NOTHING_WRITTEN, text: 'See', images: [image, small] };
    expect(contentOf(writing, ({ id }) => `bytes of ${id}`)).toMatchObject({
      html:
        '<p>See</p><p><img src="../hostedContents/1/$value" alt="&quot;&lt;Plan&gt;" width="600" height="400"></p>' +
        '<p><img src="../hostedContents/2/$value" alt="" width="20" height="10"></p>',
      images: [
        { id: '1', contentType: 'image/png', bytes: 'bytes of x' },
        { id: '2', contentType: 'image/gif', bytes: 'bytes of y' },
      ],
    });
  });
});
