import { describe, expect, it } from 'vitest';
import { documentHash, formatClaim, hasTimeLeft, LEASE_SECONDS, readChatField } from '../../../lib/records/claim.ts';

const NOW = 1_795_376_754_000;
const claim = {
  nonce: '0123456789abcdef0123456789abcdef',
  leaseEnds: NOW / 1000 + LEASE_SECONDS,
  account: '00000000-0000-4000-8000-00000000000a',
  document: 'aaaaaaaaaaaaaaaa',
};

describe('what a chat field says', () => {
  it('gives a claim back as it was written, within the 140 characters of a Data field', () => {
    const text = formatClaim(claim);
    expect(text.length).toBeLessThanOrEqual(140);
    expect(readChatField(text, NOW, claim.document)).toEqual({ kind: 'claim', claim, stale: false });
  });

  it('holds no e-mail and no name', () => {
    expect(formatClaim(claim)).toMatch(/^[a-z0-9:-]+$/);
  });

  it.each([
    ['just before its lease ends', LEASE_SECONDS - 1, false],
    ['when its lease ends', LEASE_SECONDS, true],
  ])('is %s', (_, seconds, stale) => {
    expect(readChatField(formatClaim(claim), NOW + seconds * 1000, claim.document)).toMatchObject({ stale });
  });

  it('is void in another document', () => {
    expect(readChatField(formatClaim(claim), NOW, 'bbbbbbbbbbbbbbbb')).toEqual({ kind: 'void' });
  });

  it.each(['deskside:', 'deskside:2:x', 'deskside:1:zz:1:2:3'])('takes %j for void, never for a chat', (text) => {
    expect(readChatField(text, NOW, claim.document)).toEqual({ kind: 'void' });
  });

  it('takes anything else for a chat id', () => {
    expect(readChatField(' 19:x@thread.v2 ', NOW, '')).toEqual({ kind: 'chat', chatId: '19:x@thread.v2' });
    expect(readChatField('  ', NOW, '')).toEqual({ kind: 'empty' });
  });

  it('lets nobody create a chat with less than half the lease left', () => {
    expect(hasTimeLeft(claim, NOW + 60_000)).toBe(true);
    expect(hasTimeLeft(claim, NOW + 61_000)).toBe(false);
  });
});

describe('the hash of a document', () => {
  it('tells doctype and creation apart, however they are split', async () => {
    const all = await Promise.all([
      documentHash('Event', '2026-01-01 10:00:00.000001'),
      documentHash('Project', '2026-01-01 10:00:00.000001'),
      documentHash('Event', '2026-01-01 10:00:00.000002'),
      documentHash('Event2026', '-01-01'),
    ]);
    expect(new Set(all).size).toBe(4);
    for (const hash of all) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });
});
