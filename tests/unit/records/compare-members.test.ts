import { describe, expect, it } from 'vitest';
import type { ChatMember } from '../../../lib/model/chat.ts';
import { asUserId, foldEmail } from '../../../lib/model/ids.ts';
import type { Resolution, ResolvedParticipant } from '../../../lib/model/participant.ts';
import type { Person } from '../../../lib/model/person.ts';
import { compareMembers, secondsToAdd } from '../../../lib/records/compare-members.ts';

const person = (id: string, guest = false): Person => ({
  id: asUserId(id),
  displayName: id,
  mail: foldEmail(`${id}@contoso.test`),
  userPrincipalName: `${id}@contoso.test`,
  guest,
});
const line = (name: string, resolution: Resolution, isMe = false): ResolvedParticipant => ({
  participant: { email: foldEmail(`${name}@contoso.test`), name, source: isMe ? 'self' : 'row' },
  resolution,
  isMe,
});
const found = (id: string, isMe = false) => line(id, { state: 'found', person: person(id) }, isMe);
const member = (id: string | null, email: string | null = null): ChatMember => ({
  membershipId: `m-${id ?? email}`,
  userId: id ? asUserId(id) : null,
  displayName: id ?? '',
  email,
  role: 'owner',
});
const names = (lines: ResolvedParticipant[]) => lines.map((l) => l.participant.name);

describe('a record’s people beside its chat’s members', () => {
  it('differ in nothing where everybody is there', () => {
    expect(compareMembers([found('me', true), found('bob')], [member('me'), member('bob')])).toEqual({
      missing: [],
      unresolved: [],
      extra: [],
    });
  });

  it('tells who can be added, who cannot, and who is there besides', () => {
    const people = [
      found('me', true),
      found('bob'),
      line('dana', { state: 'guest', person: person('dana', true) }),
      line('erik', { state: 'not-found' }),
      line('sam', { state: 'ambiguous', people: [person('sam1'), person('sam2')] }),
    ];
    const result = compareMembers(people, [member('me'), member('zoe')]);
    expect(names(result.missing)).toEqual(['bob', 'dana']);
    expect(names(result.unresolved)).toEqual(['erik', 'sam']);
    expect(result.extra.map((m) => m.userId)).toEqual(['zoe']);
  });

  it('takes one of several as present where one of them is', () => {
    const sam = line('sam', { state: 'ambiguous', people: [person('sam1'), person('sam2')] });
    expect(compareMembers([found('me', true), sam], [member('me'), member('sam2')])).toEqual({
      missing: [],
      unresolved: [],
      extra: [],
    });
  });

  it('knows whom Microsoft finds no more by the address the chat still has', () => {
    const gone = line('leaver', { state: 'not-found' });
    const result = compareMembers([found('me', true), gone], [member('me'), member('old-id', 'Leaver@contoso.test')]);
    expect(result).toEqual({ missing: [], unresolved: [], extra: [] });
  });

  it('never counts the person acting as somebody besides', () => {
    expect(compareMembers([found('me', true)], [member('me')]).extra).toEqual([]);
  });
});

describe('what adding takes', () => {
  it('is four at once, and a minute for each four more', () => {
    expect([0, 1, 4, 5, 8, 9].map(secondsToAdd)).toEqual([0, 1, 4, 68, 71, 135]);
  });
});
