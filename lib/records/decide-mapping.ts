import type { Found, NamedId } from '../graph/people.ts';
import { claimedId, type DirectoryPerson, type Mapping, type SiteUser } from '../model/mapping.ts';

/** Whom to look at by id, besides whoever answers to the address: the one ERPNext names, and the one known before. */
export function idsOf(user: SiteUser, earlier: Mapping | undefined): NamedId[] {
  const ids = [claimedId(user.azureId), earlier?.person?.id ?? null];
  return ids.filter((id) => id !== null).map((id) => ({ id, email: user.email }));
}

/**
 * Who an ERPNext user is at Microsoft. The address decides, since only an administrator of ERPNext may set it; what a
 * person confirmed stands as long as that account does. The id in ERPNext decides nothing: it is written by its owner,
 * and may at most choose among those who answer to the address.
 * @param found of a look-up that asked for the user's address and for `idsOf` them.
 * @param earlier the mapping under the same address, as it was.
 */
export function decideMapping(user: SiteUser, found: Found, earlier: Mapping | undefined, now: number): Mapping {
  const decided: Mapping = {
    ...user,
    state: 'not-found',
    person: null,
    candidates: [],
    by: null,
    lookedUpAt: now,
    problem: null,
  };
  const known = earlier?.person ?? null;
  if (known && earlier?.by === 'person') return { ...decided, ...alive(known, found, 'person') };

  const claim = claimedId(user.azureId);
  const claimed = (claim && found.byId.get(claim)) || null;
  const answering = user.email ? (found.byAddress.get(user.email) ?? []) : [];
  // A disabled account may have left its address to the next one.
  const able = answering.filter((person) => person.enabled !== false);
  const people = able.length > 0 ? able : answering;
  const [first] = people;

  if (people.length > 1) {
    const chosen = people.find((person) => person.id === claim);
    if (chosen) return { ...decided, ...alive(chosen, found, vouching(user, chosen)) };
    return { ...decided, state: 'ambiguous', candidates: people };
  }
  if (first) {
    if (claimed && claimed.id !== first.id) return { ...decided, state: 'disagrees', candidates: [first, claimed] };
    return { ...decided, ...alive(first, found, vouching(user, first)) };
  }
  if (claimed) return { ...decided, state: 'disagrees', candidates: [claimed] };
  if (known) {
    const still = found.byId.get(known.id);
    if (still) return { ...decided, state: 'disagrees', candidates: [still] };
    return { ...decided, state: 'left', person: known };
  }
  if (claim) return { ...decided, state: 'left' };
  return user.email ? decided : { ...decided, state: 'no-email' };
}

/** The decision of a person: this is who it is. */
export function chosen(person: DirectoryPerson, now: number) {
  const state = person.enabled === false ? ('disabled' as const) : ('mapped' as const);
  return { state, person, by: 'person' as const, candidates: [], lookedUpAt: now, problem: null };
}

type Decision = Pick<Mapping, 'state' | 'person' | 'by'>;

/** A certain person: mapped, disabled, or gone from the directory. */
function alive(person: DirectoryPerson, found: Found, by: Mapping['by']): Decision {
  const now = found.byId.get(person.id);
  if (!now) return { state: 'left', person, by };
  return { state: now.enabled === false ? 'disabled' : 'mapped', person: now, by };
}

function vouching({ email }: SiteUser, person: DirectoryPerson): Mapping['by'] {
  return person.mail === email || person.userPrincipalName.toLowerCase() === email ? 'address' : 'alias';
}
