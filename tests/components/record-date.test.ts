import { expect, it } from 'vitest';
import { formatRecordDate } from '../../lib/i18n/record-date.ts';
import { setLanguage } from '../../lib/i18n/translate.ts';

it('shows a date as it stands in ERPNext, in whatever zone this machine is', () => {
  setLanguage('en-GB');
  expect(formatRecordDate('2026-12-01', true)).toBe('1 Dec 2026');
  expect(formatRecordDate('2026-12-01 14:05:00', false)).toBe('1 Dec 2026, 14:05');
  expect(formatRecordDate('2026-12-01 00:00:00', true)).toBe('1 Dec 2026');
  expect(formatRecordDate('2026-12-01 14:05:00.123456', false)).toBe('1 Dec 2026, 14:05');
  expect(formatRecordDate('someday', false)).toBe('someday');
});
