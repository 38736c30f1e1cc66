import { describe, expect, it } from 'vitest';
import type { Found } from '../../../lib/graph/people.ts';
import { asErpUser, asUserId, foldEmail, type UserId } from '../../../lib/model/ids.ts';
import { type DirectoryPerson, isUnwritten, type Mapping, type SiteUser } from '../../../lib/model/mapping.ts';
import { decideMapping, idsOf } from '../../../lib/records/decide-mapping.ts';

const guid = (n: number) => asUserId(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
const person = (n: number, mail: string | null, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id: guid(n),
  displayName: `P${n}`,
  mail: foldEmail(mail),
  userPrincipalName: mail ?? `p${n}@contoso.test`,
  guest: false,
  enabled: null,
  aliases: null,
  ...more,
});
const user = (email: string | null, azureId: string | null = ''): SiteUser => ({
  user: asErpUser(email ?? 'someone'),
  email: foldEmail(email),
  name: 'Bob',
  azureId,
});
/** As `lookUp` answers: by address, and everybody seen. */
function directory(answers: Record<string, DirectoryPerson[]>, others: DirectoryPerson[] = []): Found {
  const all = [...Object.values(answers).flat(), ...others];
  return {
    byAddress: new Map(Object.entries(answers).map(([email, people]) => [foldEmail(email)!, people])),
    byId: new Map<UserId, DirectoryPerson>(all.map((p) => [p.id, p])),
  };
}
const decide = (who: SiteUser, found: Found, earlier?: Mapping) => decideMapping(who, found, earlier, 7);
const BOB = 'bob@contoso.test';
const bob = person(1, BOB);
const eve = person(2, 'eve@contoso.test');

describe('who an ERPNext user is at Microsoft', () => {
  it('is the one who answers to the address', () => {
    const mapping = decide(user(BOB), directory({ [BOB]: [bob] }));
    expect(mapping).toMatchObject({ state: 'mapped', person: bob, by: 'address', candidates: [], lookedUpAt: 7 });
    expect(isUnwritten(mapping)).toBe(true);
    expect(
      decide(user(BOB), directory({ [BOB]: [person(1, 'robert@contoso.test', { aliases: [bob.mail!] })] })).by,
    ).toBe('alias');
  });

  it('agrees with the id in ERPNext, however that is spelled; a site without the field is asked for nothing', () => {
    const same = decide(user(BOB, ` ${bob.id.toUpperCase()} `), directory({ [BOB]: [bob] }));
    expect(same.state).toBe('mapped');
    expect(isUnwritten(same)).toBe(false);
    expect(isUnwritten(decide(user(BOB, null), directory({ [BOB]: [bob] })))).toBe(false);
  });

  it('is never believed of the id in ERPNext alone', () => {
    const forged = user(BOB, eve.id);
    expect(idsOf(forged, undefined)).toEqual([{ id: eve.id, email: forged.email }]);
    expect(decide(forged, directory({ [BOB]: [bob] }, [eve]))).toMatchObject({
      state: 'disagrees',
      person: null,
      candidates: [bob, eve],
    });
    const nobody = decide(forged, directory({ [BOB]: [] }, [eve]));
    expect(nobody).toMatchObject({ state: 'disagrees', person: null, candidates: [eve] });
    expect(isUnwritten(nobody)).toBe(false);
    expect(decide(user(null, eve.id), directory({}, [eve]))).toMatchObject({ state: 'disagrees', person: null });
  });

  it('is chosen among several; the id in ERPNext may choose one of those, and nobody else', () => {
    const found = directory({ [BOB]: [bob, person(3, null, { userPrincipalName: BOB })] }, [eve]);
    expect(decide(user(BOB), found)).toMatchObject({ state: 'ambiguous', person: null });
    expect(decide(user(BOB), found).candidates.map((p) => p.id)).toEqual([bob.id, guid(3)]);
    expect(decide(user(BOB, guid(3)), found)).toMatchObject({
      state: 'mapped',
      by: 'address',
      person: { id: guid(3) },
    });
    expect(decide(user(BOB, eve.id), found).state).toBe('ambiguous');
  });

  it('is not an account that is disabled, unless there is no other', () => {
    const old = person(3, BOB, { enabled: false });
    expect(decide(user(BOB), directory({ [BOB]: [old] }))).toMatchObject({ state: 'disabled', person: old });
    const heir = person(4, BOB, { enabled: true });
    expect(decide(user(BOB), directory({ [BOB]: [old, heir] }))).toMatchObject({ state: 'mapped', person: heir });
  });

  it('stays whom a person confirmed, until that account goes', () => {
    const earlier: Mapping = { ...decide(user(BOB), directory({})), state: 'mapped', person: eve, by: 'person' };
    expect(idsOf(user(BOB), earlier)).toEqual([{ id: eve.id, email: BOB }]);
    expect(decide(user(BOB), directory({ [BOB]: [bob] }, [eve]), earlier)).toMatchObject({
      state: 'mapped',
      person: eve,
      by: 'person',
    });
    expect(decide(user(BOB), directory({ [BOB]: [bob] }), earlier)).toMatchObject({ state: 'left', person: eve });
    const off = directory({ [BOB]: [bob] }, [{ ...eve, enabled: false }]);
    expect(decide(user(BOB), off, earlier)).toMatchObject({ state: 'disabled' });
  });

  it('left where they were known and are gone, and is asked about where they have another address now', () => {
    const earlier = decide(user(BOB), directory({ [BOB]: [bob] }));
    expect(decide(user(BOB), directory({ [BOB]: [] }), earlier)).toMatchObject({ state: 'left', person: bob });
    const renamed = { ...bob, mail: foldEmail('robert@contoso.test') };
    expect(decide(user(BOB), directory({ [BOB]: [] }, [renamed]), earlier)).toMatchObject({
      state: 'disagrees',
      candidates: [renamed],
    });
    expect(decide(user(BOB, guid(9)), directory({ [BOB]: [] })).state).toBe('left');
  });

  it('is nobody where nobody answers, or there is no address; what is no id at all counts as nothing', () => {
    expect(decide(user(BOB), directory({ [BOB]: [] })).state).toBe('not-found');
    expect(decide(user(null), directory({})).state).toBe('no-email');
    const nonsense = user(BOB, "x') or startswith(mail,'a");
    expect(idsOf(nonsense, undefined)).toEqual([]);
    expect(decide(nonsense, directory({ [BOB]: [] })).state).toBe('not-found');
  });

  it('an id that nobody has gives way to whoever answers to the address', () => {
    const mapping = decide(user(BOB, guid(9)), directory({ [BOB]: [bob] }));
    expect(mapping).toMatchObject({ state: 'mapped', person: bob });
    expect(isUnwritten(mapping)).toBe(true);
  });
});
