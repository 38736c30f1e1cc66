import { describe, expect, it } from 'vitest';
import { unreadOf } from '../../../lib/storage/unread.ts';
import { bob, me } from './fixtures.ts';

const row = (more: Partial<Parameters<typeof unreadOf>[0]> = {}) =>
  unreadOf({ me, readUpTo: '2026-11-22T10:00:00Z', unread: 0, watermark: '2026-11-22T10:00:00Z', ...more });
const preview = (at: string, by = bob) => ({ preview: { at, by } });

describe('unread messages of a chat', () => {
  it('are those stored', () => {
    expect(row({ unread: 7 })).toBe(7);
  });
  it('are at least one where the list tells of a newer one that is not stored', () => {
    expect(row(preview('2026-11-22T10:05:00Z'))).toBe(1);
    expect(row({ unread: 7, ...preview('2026-11-22T10:05:00Z') })).toBe(7);
    expect(row({ watermark: null, readUpTo: null, ...preview('2026-11-22T10:05:00Z') })).toBe(1);
  });
  it('are none where the newest is mine, was read, or is stored and counted', () => {
    expect(row(preview('2026-11-22T10:05:00Z', me))).toBe(0);
    expect(row({ readUpTo: '2026-11-22T10:06:00Z', ...preview('2026-11-22T10:05:00Z') })).toBe(0);
    expect(row({ watermark: '2026-11-22T10:05:00Z', ...preview('2026-11-22T10:05:00Z') })).toBe(0);
  });
});
