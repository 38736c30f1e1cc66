import { MEMBER_CHANGES } from '../graph/limits.ts';
import type { ChatMember } from '../model/chat.ts';
import { foldEmail, type UserId } from '../model/ids.ts';
import type { ResolvedParticipant } from '../model/participant.ts';

/** How a record's people and its chat's members differ. Nothing of it is done by itself. */
export interface MemberDifference {
  /** Of the record, known to Microsoft 365, not in the chat. */
  missing: ResolvedParticipant[];
  /** Of the record, and nobody to add: not found, without e-mail, or several to choose from. */
  unresolved: ResolvedParticipant[];
  /** In the chat, and not among the record's people. */
  extra: ChatMember[];
}

/**
 * @param people as `resolve` answers: the person acting and the record's owner included.
 * @param members all of the chat's.
 */
export function compareMembers(
  people: readonly ResolvedParticipant[],
  members: readonly ChatMember[],
): MemberDifference {
  const known = new Set<ChatMember>();
  const missing: ResolvedParticipant[] = [];
  const unresolved: ResolvedParticipant[] = [];
  for (const line of people) {
    const ids = candidatesOf(line);
    // An outsider, or somebody who left: Microsoft finds nobody by the address, and the chat still knows them by it.
    const email = line.participant.email;
    const present = members.filter((m) => (m.userId && ids.has(m.userId)) || (email && foldEmail(m.email) === email));
    for (const member of present) known.add(member);
    if (present.length > 0 || line.isMe) continue;
    const { state } = line.resolution;
    if (state === 'found' || state === 'guest') missing.push(line);
    else unresolved.push(line);
  }
  return { missing, unresolved, extra: members.filter((m) => !known.has(m)) };
}

function candidatesOf({ resolution }: ResolvedParticipant): Set<UserId> {
  if (resolution.state === 'found' || resolution.state === 'guest') return new Set([resolution.person.id]);
  return new Set(resolution.state === 'ambiguous' ? resolution.people.map((p) => p.id) : []);
}

const { count, window } = MEMBER_CHANGES;

/** Seconds that adding so many people takes, about. */
export function secondsToAdd(people: number): number {
  return people === 0 ? 0 : Math.floor((people - 1) / count) * (window / 1000) + people;
}
