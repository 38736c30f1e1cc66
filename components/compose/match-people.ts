import type { Member } from '../../lib/model/chat.ts';
import type { UserId } from '../../lib/model/ids.ts';
import { foldSearch } from '../../lib/util/search-fold.ts';

/** Somebody who can be mentioned. */
export type Mentionable = Member & { userId: UserId };

/**
 * Members whose names have a word beginning with each word asked for, or whose address begins with it; without case and
 * accents. Whose name begins with the question comes first, then by name. Oneself is left out.
 */
export function matchPeople(members: readonly Member[], me: UserId, query: string): Mentionable[] {
  const words = foldSearch(query).split(/\s+/).filter(Boolean);
  const asked = words.join(' ');
  return members
    .filter((m): m is Mentionable => m.userId !== null && m.userId !== me && m.displayName.trim() !== '')
    .map((member) => ({ member, name: foldSearch(member.displayName) }))
    .filter(({ member, name }) => {
      const parts = name.split(/[\s\-.,()'’]+/);
      return words.every((word) => parts.some((p) => p.startsWith(word))) || startsAddress(member, asked);
    })
    .sort(
      (a, b) =>
        Number(b.name.startsWith(asked)) - Number(a.name.startsWith(asked)) ||
        a.member.displayName.localeCompare(b.member.displayName),
    )
    .map(({ member }) => member);
}

function startsAddress({ email }: Member, asked: string): boolean {
  return asked !== '' && !!email && foldSearch(email).startsWith(asked);
}
