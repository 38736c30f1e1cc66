import { expect, it } from 'vitest';
import { foldEmail } from '../../../lib/model/ids.ts';

it.each([
  [' Alice@Contoso.TEST ', 'alice@contoso.test'],
  ["o'brien@x.org", "o'brien@x.org"],
  ['müller@straße.de', 'müller@straße.de'],
  ['Administrator', null],
  ['a@b@c', null],
  ['a b@c.de', null],
  ['<a@b.de>', null],
  ['a@b.de, c@d.de', null],
  ['', null],
  [null, null],
])('folds %j to %j', (text, folded) => {
  expect(foldEmail(text)).toBe(folded);
});
