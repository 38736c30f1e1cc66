import type { DirectoryUser } from '../tenant/people.ts';
import { GraphError } from './graph-error.ts';

/**
 * $search over users (search-query-parameter.md, directory objects): `"property:words"` clauses joined by AND, OR. A
 * display name is searched word by word, the other properties by their beginning.
 */
export function searchUsers(users: DirectoryUser[], text: string, eventual: boolean): DirectoryUser[] {
  if (!eventual)
    throw refused(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  const alternatives = text.split(/\s+OR\s+/).map((part) => part.split(/\s+AND\s+/).map(clause));
  return users.filter((user) => alternatives.some((all) => all.every((one) => one(user))));
}

function clause(text: string): (user: DirectoryUser) => boolean {
  const [, property, value] = /^"(\w+):((?:[^"\\]|\\.)+)"$/s.exec(text.trim()) ?? [];
  if (!property || !value) throw refused(`Syntax error: invalid search clause ${text}.`);
  const wanted = value.replace(/\\(.)/g, '$1').toLowerCase();
  if (property === 'displayName') {
    const words = tokens(wanted);
    return (user) => {
      const own = tokens(user.displayName.toLowerCase());
      return words.every((word) => own.some((token) => token.startsWith(word)));
    };
  }
  const read = READERS[property];
  if (!read) throw refused(`Unsupported search property '${property}'.`);
  return (user) => (read(user) ?? '').toLowerCase().startsWith(wanted);
}

const READERS: Record<string, (user: DirectoryUser) => string | null> = {
  mail: (user) => user.mail,
  userPrincipalName: (user) => user.userPrincipalName,
  givenName: (user) => user.givenName,
  surname: (user) => user.surname,
};

const tokens = (text: string) => text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
const refused = (message: string) => new GraphError(400, 'Request_UnsupportedQuery', message);
