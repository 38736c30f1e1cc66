import type { Email } from './ids.ts';
import type { Person } from './person.ts';

/** A person as the ERPNext record names them. */
export interface Participant {
  /** Null: the row has no e-mail and its linked document gave none either (or may not be read). */
  email: Email | null;
  /** What to call them when Microsoft knows no better. */
  name: string;
  /** Where they come from: a row or field of the record, its owner, or the person acting. */
  source: 'row' | 'owner' | 'self';
  /** The document that would know the address, where this person may not read it. */
  hiddenIn?: { doctype: string; name: string };
}

/** Rule 7 of the design: every participant is in one of these, each with its remedy. */
export type Resolution =
  | { state: 'found'; person: Person }
  /** In this tenant as a guest; added with the guest role. */
  | { state: 'guest'; person: Person }
  /** Several people answer to the address: the person chooses. */
  | { state: 'ambiguous'; people: Person[] }
  | { state: 'not-found' }
  | { state: 'no-email' };

export interface ResolvedParticipant {
  participant: Participant;
  resolution: Resolution;
  /** The signed-in person: always a member, cannot be left out. */
  isMe: boolean;
  /**
   * Whom ERPNext's `azure_object_id` names in the place of whoever answers to the address. Every user may write their
   * own: nobody is added by it until a person says that it is right.
   */
  notBelieved?: Person;
}

/** Participants folded together by address: the first spelling of the name wins, `self` and `row` outrank `owner`. */
export function foldParticipants(participants: readonly Participant[]): Participant[] {
  const rank = { self: 0, row: 1, owner: 2 } as const;
  const byEmail = new Map<string, Participant>();
  const without: Participant[] = [];
  for (const p of participants) {
    if (!p.email) {
      if (!without.some((w) => w.name === p.name)) without.push(p);
      continue;
    }
    const known = byEmail.get(p.email);
    if (!known) byEmail.set(p.email, p);
    else if (rank[p.source] < rank[known.source]) byEmail.set(p.email, { ...p, name: known.name || p.name });
  }
  return [...byEmail.values(), ...without];
}
