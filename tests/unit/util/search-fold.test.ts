import { expect, it } from 'vitest';
import { findTerm, findTerms, foldSearch } from '../../../lib/util/search-fold.ts';
import { random } from '../random.ts';

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

/** Folding as it is defined: over the whole text, in steps. */
function foldPlainly(text: string): string {
  const marks = new RegExp(
    '[\\u0300-\\u036f\\u0591-\\u05bd\\u05bf-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06ed' +
      '\\u00ad\\u200b-\\u200f\\u2060\\ufeff\\ufe00-\\ufe0f]',
    'g',
  );
  const same: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l' };
  Object.assign(same, { þ: 'th', ς: 'σ', ى: 'ي' });
  const bare = text.normalize('NFKD').replace(marks, '').normalize('NFC').toLowerCase().replace(marks, '');
  return Array.from(bare, (char) => same[char] ?? char).join('');
}

it('folds each character, and each beside others, as the whole text would be', () => {
  const roll = random(7);
  // Where letters of all scripts lie, marks and halves of characters among them.
  const blocks = [0x20, 0x80, 0x300, 0x370, 0x400, 0x590, 0x600, 0x900, 0xe00, 0x1100, 0x1e00, 0x1f00, 0x2000, 0x3000];
  blocks.push(0x3100, 0x4e00, 0xa960, 0xac00, 0xd7a0, 0xd800, 0xd83c, 0xd83d, 0xdc00, 0xf900, 0xfb00, 0xfe00, 0xff00);
  const near = () => blocks[Math.floor(roll() * blocks.length)]! + Math.floor(roll() * 256);
  const anyUnit = () => (roll() < 0.7 ? near() : Math.floor(roll() * 0x10000));
  const wrong: string[] = [];
  const check = (text: string) => {
    if (foldSearch(text) !== foldPlainly(text)) wrong.push(JSON.stringify(text));
  };
  for (let unit = 0; unit < 0x10000; unit++) check(String.fromCharCode(unit));
  for (let unit = 0; unit < 0x10000; unit++) check(`a${String.fromCharCode(anyUnit(), unit, anyUnit())}b`);
  for (let i = 0; i < 20_000; i++) {
    const block = near();
    const length = 1 + Math.floor(roll() * 12);
    const unit = () => (roll() < 0.8 ? block + Math.floor(roll() * 64) : anyUnit());
    check(String.fromCharCode(...Array.from({ length }, unit)));
  }
  for (const emoji of ['🙂', '👍🏽', '👨‍👩‍👧', '🄰', '𝐀bc', '🇩🇪', '🯰', '❤️']) check(`so ${emoji} ΣΑΣ é`);
  expect(wrong).toEqual([]);
});
