import { afterEach, describe, expect, it } from 'vitest';
import de from '../../lib/i18n/de.json';
import en from '../../lib/i18n/en.json';
import { dayKey, formatDay } from '../../lib/i18n/format.ts';
import { locale, type MessageKey, setLanguage, shownLanguage, t } from '../../lib/i18n/translate.ts';

const CATALOGUES: Record<string, Record<string, unknown>> = { en, de };

afterEach(() => setLanguage('en'));

/** The names in braces of a sentence, or of all its forms together. */
function params(entry: unknown): string[] {
  return [...new Set(JSON.stringify(entry).match(/\{\w+\}/g) ?? [])].sort();
}

describe.each(Object.keys(CATALOGUES))('the %s catalogue', (name) => {
  const catalogue = CATALOGUES[name]!;
  it('has the same keys as English', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });
  it('names the same values in each sentence, and has a plural where English has', () => {
    for (const [key, entry] of Object.entries(en)) {
      expect(params(catalogue[key]), key).toEqual(params(entry));
      expect(typeof catalogue[key], key).toBe(typeof entry);
    }
  });
  it('leaves nothing empty', () => {
    for (const [key, entry] of Object.entries(catalogue)) expect(JSON.stringify(entry).length, key).toBeGreaterThan(2);
  });
});

describe('t', () => {
  it('fills in values and takes the plural form of the count', () => {
    expect(t('people.count', { count: 1 })).toBe('1 member');
    expect(t('people.count', { count: 3 })).toBe('3 members');
    expect(t('none.title', { title: '$& {title}' })).toBe('No conversation about $& {title} yet');
  });
  it('speaks Desk’s language, its regional forms too, and English where there is no catalogue', () => {
    setLanguage('de-AT');
    expect(t('none.button')).toBe('Chat anlegen');
    expect(locale()).toBe('de-AT');
    setLanguage('ar');
    expect(t('none.button')).toBe('Create chat');
    expect(shownLanguage()).toBe('en');
  });
  it('survives a tag that is none', () => {
    setLanguage('"><script>');
    expect(t('ui.copy' satisfies MessageKey)).toBe('Copy');
  });
});

describe('days', () => {
  const noon = (text: string) => new Date(`${text}T12:00:00`).getTime();
  it('are said as today, yesterday, a weekday, and with the year once it is another', () => {
    setLanguage('en-GB');
    const now = noon('2028-01-02');
    expect(formatDay(noon('2028-01-02'), now)).toBe('Today');
    expect(formatDay(noon('2028-01-01'), now)).toBe('Yesterday');
    expect(formatDay(noon('2027-12-30'), now)).toContain('2027');
    expect(formatDay(noon('2028-03-01'), noon('2028-03-05'))).not.toContain('2028');
  });
  it('are the calendar’s, not 24 hours', () => {
    const late = new Date('2028-01-01T23:59:00');
    const early = new Date('2028-01-02T00:01:00');
    expect(dayKey(late.getTime())).not.toBe(dayKey(early.getTime()));
    setLanguage('en');
    expect(formatDay(late.getTime(), early.getTime())).toBe('Yesterday');
  });
});
