import { expect, it } from 'vitest';
import { isEmpty, parseQuery } from '../../../lib/util/search-query.ts';

const NOW = new Date(2026, 10, 23, 15, 30).getTime();
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();
const parse = (text: string) => parseQuery(text, NOW);

it('takes words, phrases, beginnings and what must not stand there', () => {
  const { terms, without } = parse('Crème "Purchase  Order" pump* -"old price" -cheap');
  expect(terms).toEqual([
    { text: 'creme', whole: false },
    { text: 'purchase order', whole: true },
    { text: 'pump', whole: false },
  ]);
  expect(without).toEqual([
    { text: 'old price', whole: true },
    { text: 'cheap', whole: false },
  ]);
});

it('takes who, where, and what with it', () => {
  expect(parse('from:"Bob Müller" in:pump record:EV-1 has:links has:file')).toMatchObject({
    terms: [],
    from: ['bob muller'],
    in: ['pump'],
    record: ['ev-1'],
    has: ['link', 'file'],
  });
});

it.each([
  ['after:2026-11-01', day(2026, 11, 1), null],
  ['before:2026-11-01', null, day(2026, 11, 1)],
  ['on:2026-02-28', day(2026, 2, 28), day(2026, 3, 1)],
  ['on:2026-12', day(2026, 12, 1), day(2027, 1, 1)],
  ['on:2025', day(2025, 1, 1), day(2026, 1, 1)],
  ['after:7d', day(2026, 11, 16), null],
  ['after:2w before:1d', day(2026, 11, 9), day(2026, 11, 22)],
  ['after:2026 after:2026-05', day(2026, 5, 1), null],
])('takes days: %s', (text, after, before) => expect(parse(text)).toMatchObject({ terms: [], after, before }));

it('searches for what is no operator as it stands', () => {
  expect(parse('https://erp.example re:offer on:2026-02-31 has:nothing 10:30').terms.map((t) => t.text)).toEqual([
    'https://erp.example',
    're:offer',
    'on:2026-02-31',
    'has:nothing',
    '10:30',
  ]);
});

it('knows when nothing was asked for', () => {
  for (const text of ['', '  ', '"', '*', '""']) expect(isEmpty(parse(text)), JSON.stringify(text)).toBe(true);
  for (const text of ['a', 'has:link', 'on:2026']) expect(isEmpty(parse(text)), text).toBe(false);
});
