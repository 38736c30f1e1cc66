import { type DirectoryUser, emailOf } from '../tenant/people.ts';
import type { GraphContext } from './env.ts';
import { badRequest } from './graph-error.ts';

/** All that User.ReadBasic.All shows of other people. */
const BASIC = ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName', 'securityIdentifier'];

/** Given without $select. */
const DEFAULT = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

/** Properties of a user that this directory fills, by the names Graph has for them. */
const READERS: Record<string, (user: DirectoryUser) => string | boolean | null | string[]> = {
  id: (u) => u.id,
  displayName: (u) => u.displayName,
  givenName: (u) => u.givenName,
  surname: (u) => u.surname,
  mail: (u) => u.mail,
  userPrincipalName: (u) => u.userPrincipalName,
  securityIdentifier: () => null,
  businessPhones: () => [],
  jobTitle: (u) => u.jobTitle,
  mobilePhone: () => null,
  officeLocation: () => null,
  preferredLanguage: () => null,
  department: () => null,
  companyName: () => null,
  userType: (u) => u.userType,
  accountEnabled: (u) => u.accountEnabled,
  proxyAddresses: (u) => [...(u.mail ? [`SMTP:${u.mail}`] : []), ...u.aliases.map((alias) => `smtp:${alias}`)],
  otherMails: () => [],
  mailNickname: (u) => emailOf(u).split('@')[0] ?? null,
};

/** Whether the token shows all of this person, or the basic properties alone. */
export function seesAll(c: GraphContext, user?: DirectoryUser): boolean {
  return c.get('scopes').has('User.Read.All') || (user !== undefined && user.id === c.get('me').id);
}

/** What may be read of people with this token: the rest is left out without a word. */
export function readable(c: GraphContext, name: string): boolean {
  const property = propertyName(name);
  return BASIC.includes(property) || seesAll(c);
}

/** The property as Graph spells it; 400 where a user has none of that name. */
export function propertyName(name: string): string {
  const found = Object.keys(READERS).find((known) => known.toLowerCase() === name.toLowerCase());
  if (!found) throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.user'.`);
  return found;
}

export function readProperty(user: DirectoryUser, name: string): string | boolean | null {
  const value = READERS[propertyName(name)]?.(user) ?? null;
  return Array.isArray(value) ? (value[0] ?? null) : value;
}

export function readList(user: DirectoryUser, name: string): (string | boolean | null)[] {
  const value = READERS[propertyName(name)]?.(user) ?? null;
  return Array.isArray(value) ? value : [value];
}

/** A user as JSON. Properties that the token may not see come as null by default, and not at all when selected. */
export function shapeUser(c: GraphContext, user: DirectoryUser, select: readonly string[]): Record<string, unknown> {
  const all = seesAll(c, user);
  const names = select.length > 0 ? select.map(propertyName) : DEFAULT;
  const shape: Record<string, unknown> = {};
  for (const name of names) {
    if (all || BASIC.includes(name)) shape[name] = READERS[name]?.(user) ?? null;
    else if (select.length === 0) shape[name] = name === 'businessPhones' ? [] : null;
  }
  return shape;
}
