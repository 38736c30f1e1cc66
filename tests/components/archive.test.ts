import { describe, expect, test } from 'vitest';
import { begin, suggest, take } from '../../components/archive/suggest.ts';
import { readPlace, writePlace } from '../../entrypoints/archive/state/place.ts';
import { asAccountId, asChatId, asMessageId } from '../../lib/model/ids.ts';

const known = {
  people: ['Änne Óbrien', 'Bob'],
  places: ['Sales › Tenders', 'Summer fair'],
  records: [
    { value: 'EV00001', note: 'Summer fair' },
    { value: 'Event', note: '' },
  ],
};
const offered = (query: string) => suggest(query, query.length, known)?.options.map(({ value }) => value) ?? null;

describe('what the search box offers', () => {
  test.each([
    ['pump', null],
    ['pump from:', ['Änne Óbrien', 'Bob']],
    ['from:anne', ['Änne Óbrien']],
    ['from:"änne ób', ['Änne Óbrien']],
    ['from:nobody', null],
    ['FROM:b', ['Änne Óbrien', 'Bob']],
    ['in:tend', ['Sales › Tenders']],
    ['record:summer', ['EV00001']],
    ['record:ev', ['EV00001', 'Event']],
    ['has:', ['link', 'file', 'image', 'mention']],
    ['after:', ['7d', '1m', '6m', '1y']],
    ['nofrom:b', null],
    ['from:bob ', null],
  ])('%s', (query, values) => expect(offered(query)).toEqual(values));

  test('what is taken stands in the place of what was typed, quoted where it has to be', () => {
    const query = 'from:an pump';
    const at = suggest(query, 7, known)!;
    expect(take(query, at, 'Änne Óbrien')).toEqual({ query: 'from:"Änne Óbrien" pump', caret: 19 });
    expect(take('in:"sal', suggest('in:"sal', 7, known)!, 'Tenders').query).toBe('in:Tenders ');
  });

  test('a filter begins at the end', () => {
    expect(begin('', 'has')).toBe('has:');
    expect(begin('pump ', 'from')).toBe('pump from:');
  });
});

test('the page’s address says all of where it stands', () => {
  const place = {
    query: 'pump & "blue #1" from:ännе',
    teams: true,
    open: { account: asAccountId('a.b'), chatId: asChatId('19:x@thread.v2'), id: asMessageId('17') },
  };
  expect(readPlace(writePlace(place))).toEqual(place);
  expect(readPlace('')).toEqual({ query: '', teams: false, open: null });
  expect(readPlace('#account=a&teams=1')).toEqual({ query: '', teams: true, open: null });
});
