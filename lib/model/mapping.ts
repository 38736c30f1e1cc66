import type { AppError } from './errors.ts';
import { asUserId, type Email, type ErpUser, type UserId } from './ids.ts';
import type { Person } from './person.ts';

/** A user as an ERPNext site lists them. */
export interface SiteUser {
  user: ErpUser;
  /** Null: no address that anybody could answer to. */
  email: Email | null;
  name: string;
  /**
   * What `azure_object_id` holds, '' where it is empty. Every user may write their own, so it is no more than a claim.
   * Null: the site has no such field, or keeps it from this person.
   */
  azureId: string | null;
}

/** Somebody Microsoft 365 knows, with what only User.Read.All shows. */
export interface DirectoryPerson extends Person {
  /** False: the account is disabled. Null: not shown to us. */
  enabled: boolean | null;
  /** Every address they answer to, the first one included. Null: not shown to us. */
  aliases: Email[] | null;
}

/**
 * What is known of an ERPNext user's Microsoft account. Only `mapped` is certain enough to add anybody by: one person
 * answers to the address, or a person confirmed it.
 */
export type MappingState =
  | 'mapped'
  /** Several answer to the address: a person chooses. */
  | 'ambiguous'
  /** ERPNext, or an earlier look-up, names somebody who does not answer to the address: a person confirms. */
  | 'disagrees'
  /** The account is there and disabled; seen with User.Read.All alone. */
  | 'disabled'
  /** Whoever it was is no longer in Microsoft 365. */
  | 'left'
  | 'not-found'
  | 'no-email';

export const MAPPING_STATES: readonly MappingState[] = [
  'mapped',
  'ambiguous',
  'disagrees',
  'disabled',
  'left',
  'not-found',
  'no-email',
];

/** One ERPNext user and their Microsoft account, as far as this account on this machine knows. */
export interface Mapping extends SiteUser {
  state: MappingState;
  /** Whom the user is, or was; null where nobody is certain. */
  person: DirectoryPerson | null;
  /** Whom a person may choose from, where they have to. */
  candidates: DirectoryPerson[];
  /** What vouches for `person`: the address at Microsoft, another address of theirs, or somebody who said so. */
  by: 'address' | 'alias' | 'person' | null;
  /** Milliseconds since 1970. */
  lookedUpAt: number;
  /** Why ERPNext did not take the id; null where it was not asked or took it. */
  problem: AppError | null;
}

/** The id in ERPNext, where it has the form of one; anything else would spoil a whole look-up and names nobody. */
export function claimedId(azureId: string | null): UserId | null {
  const id = (azureId ?? '').trim().toLowerCase();
  return GUID.test(id) ? asUserId(id) : null;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether ERPNext should hold this person's id and does not. */
export function isUnwritten(mapping: Mapping): boolean {
  const { state, person, azureId } = mapping;
  return state === 'mapped' && person !== null && azureId !== null && claimedId(azureId) !== person.id.toLowerCase();
}
