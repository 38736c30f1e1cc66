import type { AppError } from '../model/errors.ts';
import { type Email, foldEmail } from '../model/ids.ts';
import { foldParticipants, type Participant, type Resolution, type ResolvedParticipant } from '../model/participant.ts';
import type { Person } from '../model/person.ts';
import type { SavedRecord } from '../model/record.ts';

/** Microsoft's limit of a chat (100 in the government clouds). */
export const CHAT_LIMIT = { global: 250, china: 250, 'gcc-high': 100, dod: 100 } as const;

/** The record's people and the person acting, folded together, without anybody twice. */
export function peopleOf(record: SavedRecord, me: Person): Participant[] {
  const self: Participant = {
    email: me.mail ?? foldEmail(me.userPrincipalName),
    name: me.displayName,
    source: 'self',
  };
  return foldParticipants([self, ...record.participants]);
}

/** What is known of people besides who answers to their addresses; by address, too. */
export interface Mapped {
  /** Whom a person said it is. */
  confirmed: ReadonlyMap<Email, Person>;
  /** Whom the id in ERPNext names: at most a hint. */
  claimed: ReadonlyMap<Email, Person>;
}

const NOTHING: Mapped = { confirmed: new Map(), claimed: new Map() };

/**
 * Each participant with what Microsoft 365 knows. Two addresses of one person (mail and UPN, an alias on the row)
 * become one entry. What a person confirmed counts before the address; the id in ERPNext only chooses among several who
 * answer to it.
 * @param found as `findPeople` answers: by folded address.
 */
export function resolve(
  participants: readonly Participant[],
  found: ReadonlyMap<Email, Person[]>,
  me: Person,
  mapped: Mapped = NOTHING,
): ResolvedParticipant[] {
  const seen = new Set<string>();
  const result: ResolvedParticipant[] = [];
  for (const participant of participants) {
    const isSelf = participant.source === 'self';
    const { people, notBelieved } = isSelf ? { people: [me] } : whoIs(participant.email, found, mapped);
    const [person] = people;
    const hint = notBelieved ? { notBelieved } : {};
    if (people.length === 1 && person) {
      if (seen.has(person.id)) continue;
      seen.add(person.id);
      result.push({
        participant,
        resolution: { state: person.guest ? 'guest' : 'found', person },
        isMe: person.id === me.id,
        ...hint,
      });
    } else {
      const state = participant.email ? 'not-found' : 'no-email';
      const resolution: Resolution = people.length > 1 ? { state: 'ambiguous', people } : { state };
      result.push({ participant, resolution, isMe: false, ...hint });
    }
  }
  return result;
}

function whoIs(
  email: Email | null,
  found: ReadonlyMap<Email, Person[]>,
  { confirmed, claimed }: Mapped,
): { people: Person[]; notBelieved?: Person } {
  if (!email) return { people: [] };
  const sure = confirmed.get(email);
  if (sure) return { people: [sure] };
  const people = found.get(email) ?? [];
  const claim = claimed.get(email);
  if (!claim) return { people };
  const agreed = people.filter((person) => person.id === claim.id);
  return agreed.length > 0 ? { people: agreed } : { people, notBelieved: claim };
}

/** Why no chat can be made of these people; null where it can. */
export function refusalFor(people: readonly ResolvedParticipant[]): AppError | null {
  const others = people.filter(
    (p) => !p.isMe && p.resolution.state !== 'not-found' && p.resolution.state !== 'no-email',
  );
  if (others.length > 0) return null;
  const missing = people.filter((p) => !p.isMe);
  return {
    code: 'not-permitted',
    title: 'There is nobody else to talk to yet',
    text:
      missing.length === 0
        ? 'A chat needs at least two people. Add participants to this record and save it; then the chat can be created.'
        : 'None of this record’s other people was found in Microsoft 365. Give them their work e-mail address in ERPNext, or add a colleague, and save.',
  };
}
