import { expect, test } from 'vitest';
import { toKql } from '../../../lib/util/kql.ts';
import { parseQuery } from '../../../lib/util/search-query.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const day = (y: number, m: number, d: number) => new Date(y, m - 1, d).toISOString().replace('.000Z', 'Z');

test.each([
  ['blue pump', 'blue* pump*'],
  ['"blue pump"', '"blue pump"'],
  ['Straße', 'strasse*'],
  ['会議', '会議*'],
  ['SO-0012', '"so-0012"'],
  ['a:b (c)', '"a:b" "(c)"'],
  ['and or not', 'and* or* not*'],
  ['price -offer', 'price* NOT offer*'],
  ['from:"Bob Bhatt" late', 'late* from:"bob bhatt"'],
  ['has:file', 'hasAttachment:true'],
  ['pump after:2026-05-01', `pump* sent>=${day(2026, 5, 1)}`],
  ['pump before:2026-05', `pump* sent<${day(2026, 5, 1)}`],
  ['pump in:tenders record:EV1', 'pump*'],
])('%s is asked as %s', (query, kql) => {
  expect(toKql(parseQuery(query, NOW))).toEqual({ kql });
});

test('what Microsoft cannot be asked is named, and nothing is asked in its place', () => {
  expect(toKql(parseQuery('pump has:image has:link has:mention', NOW))).toEqual({
    unable: ['has:image', 'has:link', 'has:mention'],
  });
});
