import { badRequest } from './graph-error.ts';

/** What a query in Microsoft's Keyword Query Language asks for (search-concept-chat-messages.md, example 3). */
export type Kql =
  | { kind: 'and' | 'or'; parts: Kql[] }
  | { kind: 'not'; part: Kql }
  /** A word, the beginning of one (`deliv*`), or a "phrase". */
  | { kind: 'text'; text: string; prefix: boolean }
  | { kind: 'property'; name: string; operator: string; value: string };

/** The scope terms that the page lists, by their lower-case names. */
const PROPERTIES = ['from', 'to', 'sent', 'hasattachment', 'isread', 'ismentioned', 'mentions'];
const TOKEN =
  /\s*(?:([()])|([A-Za-z]+)\s*(:|<=|>=|<>|=|<|>)\s*(?:"([^"]*)"|([^\s()"]+))|([+-]?)"([^"]*)"|([^\s()"]+))/y;

/** @throws 400 where it cannot be read or names a property that messages do not have */
export function parseKql(query: string): Kql {
  const tokens = tokenise(query);
  let at = 0;
  const peek = () => tokens[at];

  function or(): Kql {
    const parts = [and()];
    while (peek() === 'OR') {
      at += 1;
      parts.push(and());
    }
    return parts.length === 1 ? (parts[0] as Kql) : { kind: 'or', parts };
  }

  function and(): Kql {
    const parts: Kql[] = [];
    for (let next = peek(); next !== undefined && next !== ')' && next !== 'OR'; next = peek()) {
      if (next === 'AND') at += 1;
      else parts.push(not());
    }
    if (parts.length === 0) throw invalid(query);
    return parts.length === 1 ? (parts[0] as Kql) : { kind: 'and', parts };
  }

  function not(): Kql {
    const next = tokens[at++];
    if (next === 'NOT') return { kind: 'not', part: not() };
    if (typeof next === 'object') return next;
    if (next !== '(') throw invalid(query);
    const inner = or();
    if (tokens[at++] !== ')') throw invalid(query);
    return inner;
  }

  const found = or();
  if (at < tokens.length) throw invalid(query);
  return found;
}

type Token = Kql | '(' | ')' | 'AND' | 'OR' | 'NOT';

function tokenise(query: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = query.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(query);
    if (!match) throw invalid(query);
    const [, bracket, name, operator = '', quoted, bare, sign, phrase, word = ''] = match;
    if (bracket) tokens.push(bracket as '(' | ')');
    else if (name) tokens.push(property(name, operator, quoted ?? bare ?? ''));
    else if (phrase !== undefined) tokens.push(signed(sign, { kind: 'text', text: phrase, prefix: false }));
    else if (word === 'AND' || word === 'OR' || word === 'NOT') tokens.push(word);
    else tokens.push(signed(/^[+-]/.exec(word)?.[0], textOf(word.replace(/^[+-]/, ''))));
  }
  return tokens;
}

const textOf = (word: string): Kql => ({ kind: 'text', text: word.replace(/\*$/, ''), prefix: word.endsWith('*') });
const signed = (sign: string | undefined, part: Kql): Kql => (sign === '-' ? { kind: 'not', part } : part);

function property(name: string, operator: string, value: string): Kql {
  const known = name.toLowerCase();
  if (!PROPERTIES.includes(known)) throw badRequest(`The property '${name}' is not searchable for chatMessage.`);
  if (operator !== ':' && operator !== '=' && known !== 'sent')
    throw badRequest(`The property '${name}' has no order.`);
  return { kind: 'property', name: known, operator, value };
}

const invalid = (query: string) => badRequest(`The query '${query}' is not valid KQL.`);
