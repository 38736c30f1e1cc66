import { describe, expect, it } from 'vitest';
import { asErpUser, asUserId, type Email, foldEmail } from '../../../lib/model/ids.ts';
import type { Participant } from '../../../lib/model/participant.ts';
import type { Person } from '../../../lib/model/person.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import { peopleOf, refusalFor, resolve } from '../../../lib/records/people.ts';

const person = (id: string, mail: string, more: Partial<Person> = {}): Person => ({
  id: asUserId(id),
  displayName: id,
  mail: foldEmail(mail),
  userPrincipalName: mail,
  guest: false,
  ...more,
});
const row = (email: string | null, name = email ?? 'Somebody'): Participant => ({
  email: foldEmail(email),
  name,
  source: 'row',
});
const me = person('me', 'me@contoso.test');
const record = (participants: Participant[]) =>
  ({ participants, owner: asErpUser('me@contoso.test') }) as unknown as SavedRecord;
const found = (...people: Person[]) => new Map<Email, Person[]>(people.map((p) => [p.mail!, [p]]));

describe('the people of a record', () => {
  it('are folded together: case, spaces, rows, owner and the person acting', () => {
    const people = peopleOf(
      record([row('Bob@Contoso.test'), row(' bob@contoso.test '), { ...row('me@contoso.test'), source: 'owner' }]),
      me,
    );
    expect(people.map((p) => [p.email, p.source])).toEqual([
      ['me@contoso.test', 'self'],
      ['bob@contoso.test', 'row'],
    ]);
  });

  it('keeps everybody without an address, each once', () => {
    expect(peopleOf(record([row(null, 'Ann'), row(null, 'Ann'), row(null, 'Ben')]), me)).toHaveLength(3);
  });
});

describe('resolving them', () => {
  const states = (participants: Participant[], map: Map<Email, Person[]>) =>
    resolve(peopleOf(record(participants), me), map, me).map((p) => p.resolution.state);

  it('tells members, guests, ambiguous, unknown and addressless people apart', () => {
    const bob = person('bob', 'bob@contoso.test');
    const erin = person('erin', 'erin@partner.example', { guest: true });
    const map = found(bob, erin);
    map.set(foldEmail('chris@contoso.test')!, [person('c1', 'chris@contoso.test'), person('c2', 'c2@contoso.test')]);
    expect(
      states(
        [row('bob@contoso.test'), row('erin@partner.example'), row('chris@contoso.test'), row('x@y.z'), row(null)],
        map,
      ),
    ).toEqual(['found', 'found', 'guest', 'ambiguous', 'not-found', 'no-email']);
  });

  it('makes two addresses of one person one entry, also of the person acting', () => {
    const map = found(person('bob', 'bob@contoso.test'));
    map.set(foldEmail('bbhatt@contoso.test')!, [person('bob', 'bob@contoso.test')]);
    map.set(foldEmail('alias@contoso.test')!, [me]);
    expect(states([row('bob@contoso.test'), row('bbhatt@contoso.test'), row('alias@contoso.test')], map)).toEqual([
      'found',
      'found',
    ]);
  });

  it('never takes the id in ERPNext alone for somebody, and shows whom it names', () => {
    const [bob, eve] = [person('bob', 'bob@contoso.test'), person('eve', 'eve@contoso.test')];
    const claimed = new Map([[foldEmail('bob@contoso.test')!, eve]]);
    const resolveBob = (map: Map<Email, Person[]>, mapped = { confirmed: new Map<Email, Person>(), claimed }) =>
      resolve([row('bob@contoso.test')], map, me, mapped)[0]!;
    expect(resolveBob(found(bob))).toMatchObject({ resolution: { state: 'found', person: bob }, notBelieved: eve });
    const unknown = resolveBob(new Map());
    expect(unknown).toMatchObject({ resolution: { state: 'not-found' }, notBelieved: eve });
    expect(refusalFor([unknown])).not.toBeNull();
    // Agreement needs no word; among several who answer to the address the id may choose.
    const agreed = { confirmed: new Map<Email, Person>(), claimed: new Map([[bob.mail!, bob]]) };
    expect(resolveBob(found(bob), agreed).notBelieved).toBeUndefined();
    const several = new Map([[bob.mail!, [person('other', 'x@y.z'), bob]]]);
    expect(resolveBob(several, agreed).resolution).toEqual({ state: 'found', person: bob });
    expect(resolveBob(several)).toMatchObject({ resolution: { state: 'ambiguous' }, notBelieved: eve });
  });

  it('takes whom a person confirmed before whoever answers to the address', () => {
    const [bob, eve] = [person('bob', 'bob@contoso.test'), person('eve', 'eve@contoso.test', { guest: true })];
    const mapped = { confirmed: new Map([[bob.mail!, eve]]), claimed: new Map<Email, Person>() };
    for (const map of [found(bob), new Map<Email, Person[]>()])
      expect(resolve([row('bob@contoso.test')], map, me, mapped)[0]).toEqual({
        participant: row('bob@contoso.test'),
        resolution: { state: 'guest', person: eve },
        isMe: false,
      });
  });

  it('refuses where there is nobody to talk to, and says which of the two reasons it is', () => {
    const alone = resolve(peopleOf(record([]), me), new Map(), me);
    expect(refusalFor(alone)?.text).toMatch(/Add participants/);
    const unknown = resolve(peopleOf(record([row('x@y.z')]), me), new Map(), me);
    expect(refusalFor(unknown)?.text).toMatch(/Microsoft 365/);
    const two = resolve(peopleOf(record([row('bob@contoso.test')]), me), found(person('bob', 'bob@contoso.test')), me);
    expect(refusalFor(two)).toBeNull();
  });
});
