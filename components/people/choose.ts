import type { Participant, ResolvedParticipant } from '../../lib/model/participant.ts';
import type { Person } from '../../lib/model/person.ts';
import type { ChosenMember } from '../../lib/rpc/contract.ts';

/** What the person decided so far, by `keyOf`: left out, or which of several people is meant. */
export interface Choices {
  leftOut: ReadonlySet<string>;
  picked: ReadonlyMap<string, Person>;
}

/** Names one line of the preview, also where it has no e-mail. */
export function keyOf(participant: Participant): string {
  return participant.email ?? `name:${participant.name}`;
}

/** The person behind a line: found at once, or picked among several; null while nobody is. */
export function personOf(line: ResolvedParticipant, choices: Choices): Person | null {
  const { resolution } = line;
  if (resolution.state === 'found' || resolution.state === 'guest') return resolution.person;
  if (resolution.state === 'ambiguous') return choices.picked.get(keyOf(line.participant)) ?? null;
  return null;
}

/** At the start everybody is in; over the limit only the first (the acting person is always among them). */
export function firstChoices(people: readonly ResolvedParticipant[], limit: number): Choices {
  const nothing: Choices = { leftOut: new Set(), picked: new Map() };
  const ordered = [...people].sort((a, b) => Number(b.isMe) - Number(a.isMe));
  const able = ordered.filter((line) => line.resolution.state === 'ambiguous' || personOf(line, nothing));
  return { ...nothing, leftOut: new Set(able.slice(limit).map((line) => keyOf(line.participant))) };
}

/**
 * Who will be in the chat, one entry a person although two lines may name the same one. Guests of the tenant carry the
 * guest role, everybody else is an owner as Graph wants it.
 * @see https://learn.microsoft.com/graph/api/chat-post
 */
export function chosenMembers(people: readonly ResolvedParticipant[], choices: Choices): ChosenMember[] {
  const members = new Map<string, ChosenMember>();
  for (const line of people) {
    if (!line.isMe && choices.leftOut.has(keyOf(line.participant))) continue;
    const person = personOf(line, choices);
    if (!person || members.has(person.id)) continue;
    members.set(person.id, {
      email: line.participant.email,
      userId: person.id,
      role: person.guest ? 'guest' : 'owner',
    });
  }
  return [...members.values()];
}
