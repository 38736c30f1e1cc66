import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../lib/auth/roll.ts';
import { speakerOn, withoutAccount, withSignedIn, withSite } from '../../../lib/auth/speaker-on.ts';
import { asAccountId, asOrigin, asUserId } from '../../../lib/model/ids.ts';

const [NORTH, SOUTH, NEW] = ['north', 'south', 'new'].map((name) => asOrigin(`https://${name}.example`)) as [
  ReturnType<typeof asOrigin>,
  ReturnType<typeof asOrigin>,
  ReturnType<typeof asOrigin>,
];
const LISTED = [NORTH, SOUTH];
const entry = (name: string): Omit<Entry, 'sites'> => ({
  account: { id: asAccountId(name), userId: asUserId(name), name, username: `${name}@example.org`, tenantId: 't' },
  tier: 'base',
  granted: [],
  privately: false,
  leaving: false,
});
const ADA = entry('ada');
const BOB = entry('bob');
const on = (entries: readonly Entry[], site = NORTH) => speakerOn(entries, site)?.account.id ?? null;
const alone = withSignedIn([], ADA, NORTH, LISTED);

describe('one account', () => {
  it('speaks on every site, listed now or later, and none is written down', () => {
    expect([NORTH, SOUTH, NEW].map((site) => on(alone, site))).toEqual(['ada', 'ada', 'ada']);
    expect(alone[0]?.sites).toEqual([]);
    expect(withSignedIn(alone, ADA, SOUTH, LISTED), 'signing in again changes nothing').toEqual(alone);
  });
  it('is nobody’s where nobody is signed in', () => {
    expect(on([])).toBeNull();
  });
});

describe('a second account', () => {
  const two = withSignedIn(alone, BOB, SOUTH, LISTED);
  it('speaks on the site where it signed in; the first keeps the others', () => {
    expect([on(two, NORTH), on(two, SOUTH)]).toEqual(['ada', 'bob']);
  });
  it('leaves a site that comes later to be asked about', () => {
    expect(on(two, NEW)).toBeNull();
    expect(on(withSignedIn(two, ADA, NEW, LISTED), NEW)).toBe('ada');
  });
  it('added for no site takes none away', () => {
    const added = withSignedIn(alone, BOB, null, LISTED);
    expect([on(added, NORTH), on(added, SOUTH), on(added, NEW)]).toEqual(['ada', 'ada', null]);
  });
  it('takes a site over, and gives it back', () => {
    const over = withSite(two, BOB.account.id, NORTH);
    expect([on(over, NORTH), on(over, SOUTH)]).toEqual(['bob', 'bob']);
    expect(on(withSite(over, ADA.account.id, NORTH))).toBe('ada');
  });
  it('asked for on the site of the first becomes that site’s', () => {
    expect(on(withSignedIn(alone, BOB, NORTH, LISTED))).toBe('bob');
    expect(on(withSignedIn(alone, BOB, NORTH, LISTED), SOUTH)).toBe('ada');
  });
});

describe('after one of two signed out', () => {
  const two = withSignedIn(alone, BOB, SOUTH, LISTED);
  it('its sites ask, and the other’s stay', () => {
    const left = withoutAccount(two, ADA.account.id, LISTED);
    expect([on(left, NORTH), on(left, SOUTH), on(left, NEW)]).toEqual([null, 'bob', null]);
  });
  it('nobody is asked any more where the one left speaks on all', () => {
    const left = withoutAccount(withSite(two, BOB.account.id, NORTH), ADA.account.id, LISTED);
    expect([on(left, NORTH), on(left, NEW)]).toEqual(['bob', 'bob']);
  });
  it('an account that spoke nowhere leaves one for all', () => {
    const left = withoutAccount(withSignedIn(alone, BOB, null, LISTED), BOB.account.id, LISTED);
    expect(on(left, NEW)).toBe('ada');
  });
  it('when all are gone the next is for all again', () => {
    const none = withoutAccount(withoutAccount(two, ADA.account.id, LISTED), BOB.account.id, LISTED);
    expect(none).toEqual([]);
    expect(on(withSignedIn(none, BOB, NORTH, LISTED), SOUTH)).toBe('bob');
  });
});
