import { expect, it } from 'vitest';
import { findTerm, findTerms, foldSearch } from '../../../lib/util/search-fold.ts';

it.each([
  ['CAFÉ', 'cafe'],
  ['Straße', 'strasse'],
  ['İstanbul ısı', 'istanbul isi'],
  ['Ørsted Łódź', 'orsted lodz'],
  ['Ｆｕｌｌ　ｗｉｄｔｈ', 'full width'],
  ['ὈΔΥΣΣΕΎΣ', 'οδυσσευσ'],
  ['أَحْمَد إبراهيم', 'احمد ابراهيم'],
  ['שָׁלוֹם', 'שלום'],
  ['Ёлка', 'елка'],
  ['한국어', '한국어'],
  ['ガ', 'ガ'],
  ['ｶﾞ', 'ガ'],
  ['hy\u00adphen zero\u200bwidth', 'hyphen zerowidth'],
])('folds %s', (text, folded) => expect(foldSearch(text)).toBe(folded));

it('keeps apart what other scripts tell apart by marks', () => {
  expect(foldSearch('が')).not.toBe(foldSearch('か'));
  expect(foldSearch('ไม้')).not.toBe(foldSearch('ไม'));
  expect(foldSearch('कि')).not.toBe(foldSearch('कु'));
});

const find = (text: string, term: string, whole = false) =>
  findTerm(foldSearch(text), { text: foldSearch(term), whole }, 0, foldSearch(text).length);

it('finds the beginnings of words, and whole ones where that is asked', () => {
  expect(find('the delivery', 'deliv')).toBe(4);
  expect(find('redeliver', 'deliv')).toBe(-1);
  expect(find('order SO-2024-0017 came', 'so-2024')).toBe(6);
  expect(find('a cart, my car', 'car', true)).toBe(11);
  expect(find('see (car)', 'car', true)).toBe(5);
});

it('finds anything in scripts without spaces', () => {
  expect(find('明日の納品書を送ります', '納品')).toBe(3);
  expect(find('สวัสดีครับ', 'ครับ', true)).toBeGreaterThan(0);
});

it('says where to highlight, in the text as it is shown', () => {
  const marks = (text: string, ...terms: string[]) =>
    findTerms(
      text,
      terms.map((term) => ({ text: foldSearch(term), whole: false })),
    ).map(({ start, end }) => text.slice(start, end));
  expect(marks('Die Straße und das Café', 'strasse', 'cafe')).toEqual(['Straße', 'Café']);
  expect(marks('e\u0301te\u0301 ici', 'ete')).toEqual(['e\u0301te\u0301']);
  expect(marks('word wording', 'word', 'wordi')).toEqual(['word', 'wordi']);
  expect(marks('nothing', 'other')).toEqual([]);
});
