import { badRequest } from './graph-error.ts';

/** What a $filter says. Which properties and operators a call really takes, that call checks. */
export type Filter =
  | { kind: 'and'; parts: Filter[] }
  | { kind: 'or'; parts: Filter[] }
  | { kind: 'not'; part: Filter }
  | { kind: 'compare'; path: string; operator: string; value: Literal }
  | { kind: 'in'; path: string; values: Literal[] }
  | { kind: 'call'; name: string; path: string; value: Literal }
  /** One of a list: `proxyAddresses/any(a:a eq 'smtp:x')`. */
  | { kind: 'any'; path: string; operator: string; value: Literal };

/** Text, boolean or null as written; dates and numbers stay text. */
export type Literal = string | boolean | null;

/** Reads the part of OData's grammar that people and chats are filtered with; else 400. */
export function parseFilter(text: string): Filter {
  const tokens = tokenise(text);
  let at = 0;
  const peek = () => tokens[at]?.toLowerCase();
  const take = (expected?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (expected !== undefined && token.toLowerCase() !== expected)) throw invalid(text);
    return token;
  };
  const chain = (kind: 'and' | 'or', next: () => Filter): Filter => {
    const parts = [next()];
    while (peek() === kind) {
      take();
      parts.push(next());
    }
    return parts.length === 1 && parts[0] ? parts[0] : { kind, parts };
  };
  const disjunction = (): Filter => chain('or', () => chain('and', unary));
  const unary = (): Filter => {
    if (peek() === 'not') {
      take();
      return { kind: 'not', part: unary() };
    }
    if (peek() === '(') {
      take();
      const inner = disjunction();
      take(')');
      return inner;
    }
    return clause();
  };
  const clause = (): Filter => {
    const name = take();
    if (!/^[a-z][\w/]*$/i.test(name)) throw invalid(text);
    if (peek() === '(') return /\/any$/i.test(name) ? any(name.slice(0, -4)) : call(name);
    const operator = take().toLowerCase();
    if (operator === 'in') return { kind: 'in', path: name, values: list() };
    if (!/^(eq|ne|gt|ge|lt|le)$/.test(operator)) throw invalid(text);
    return { kind: 'compare', path: name, operator, value: literal() };
  };
  const any = (path: string): Filter => {
    take('(');
    const [, variable, named] = /^([a-z]\w*):([a-z]\w*)$/i.exec(take()) ?? [];
    const operator = take().toLowerCase();
    if (!variable || variable !== named || !/^(eq|ge|le)$/.test(operator)) throw invalid(text);
    const value = literal();
    take(')');
    return { kind: 'any', path, operator, value };
  };
  const call = (name: string): Filter => {
    take('(');
    const path = take();
    take(',');
    const value = literal();
    take(')');
    return { kind: 'call', name: name.toLowerCase(), path, value };
  };
  const list = (): Literal[] => {
    take('(');
    const values = [literal()];
    while (peek() === ',') {
      take();
      values.push(literal());
    }
    take(')');
    return values;
  };
  const literal = (): Literal => {
    const token = take();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (token === 'null') return null;
    if (token === 'true' || token === 'false') return token === 'true';
    if (/^\d/.test(token)) return token;
    throw invalid(text);
  };
  const filter = disjunction();
  if (at !== tokens.length) throw invalid(text);
  return filter;
}

/** All single conditions, lists flattened: what Graph counts as child clauses. */
export function clausesOf(filter: Filter): { path: string; values: Literal[] }[] {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.parts.flatMap(clausesOf);
  if (filter.kind === 'not') return clausesOf(filter.part);
  if (filter.kind === 'in') return [{ path: filter.path, values: filter.values }];
  return [{ path: filter.path, values: [filter.value] }];
}

/** Whether a thing passes; text is compared without regard to case, dates by moment. */
export function passes(
  filter: Filter,
  read: (path: string) => Literal,
  list: (path: string) => Literal[] = (path) => [read(path)],
): boolean {
  if (filter.kind === 'and') return filter.parts.every((part) => passes(part, read, list));
  if (filter.kind === 'or') return filter.parts.some((part) => passes(part, read, list));
  if (filter.kind === 'not') return !passes(filter.part, read, list);
  if (filter.kind === 'any') {
    const { path, operator, value } = filter;
    return list(path).some((one) => passes({ kind: 'compare', path, operator, value }, () => one));
  }
  const own = fold(read(filter.path));
  if (filter.kind === 'in') return filter.values.some((value) => fold(value) === own);
  if (filter.kind === 'call') return callPasses(filter.name, String(own ?? ''), String(fold(filter.value) ?? ''));
  const order = compare(own, fold(filter.value));
  if (filter.operator === 'eq') return order === 0;
  if (filter.operator === 'ne') return order !== 0;
  if (order === undefined) return false;
  const wanted = { gt: order > 0, ge: order >= 0, lt: order < 0, le: order <= 0 };
  return wanted[filter.operator as keyof typeof wanted];
}

function callPasses(name: string, own: string, value: string): boolean {
  if (name === 'startswith') return own.startsWith(value);
  if (name === 'endswith') return own.endsWith(value);
  if (name === 'contains') return own.includes(value);
  throw badRequest(`An unknown function with name '${name}' was found.`);
}

function compare(a: Literal, b: Literal): number | undefined {
  if (a === null || b === null) return a === b ? 0 : undefined;
  if (isDate(a) && isDate(b)) return Date.parse(String(a)) - Date.parse(String(b));
  return a === b ? 0 : a < b ? -1 : 1;
}

const isDate = (value: Literal) => typeof value === 'string' && /^\d{4}-\d\d-\d\dt/i.test(value);
const fold = (value: Literal): Literal => (typeof value === 'string' ? value.toLowerCase() : value);

function tokenise(text: string): string[] {
  const tokens = text.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g) ?? [];
  const rest = text.replace(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g, '').trim();
  if (rest !== '' || tokens.length === 0) throw invalid(text);
  return tokens;
}

const invalid = (text: string) => badRequest(`Invalid filter clause: syntax error in '${text}'.`);
