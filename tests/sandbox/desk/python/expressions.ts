import { beyond, type Expr, PythonError } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Where in the tokens a parser stands. */
export interface Cursor {
  peek(): Token;
  next(): Token;
  /** Takes the token where it is this one. */
  take(text: string): boolean;
  expect(text: string): void;
  fail(message?: string): never;
}

const KEYWORDS = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const COMPARE = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'is', 'not']);
const LEVELS = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%', '@']];

/** One expression; a bare `a, b` is a tuple, kept as a list. */
export function parseExpression(c: Cursor): Expr {
  const { line } = c.peek();
  if (c.peek().text === 'lambda') throw beyond('lambda', line);
  const value = parseOr(c);
  if (c.peek().text === ':=') throw beyond('":="', line);
  if (!c.take('if')) return value;
  const test = parseOr(c);
  c.expect('else');
  return { kind: 'choice', test, yes: value, no: parseExpression(c), line };
}

function parseOr(c: Cursor): Expr {
  return chain(c, 'or', (one) => chain(one, 'and', parseNot));
}

function chain(c: Cursor, kind: 'or' | 'and', next: (c: Cursor) => Expr): Expr {
  const first = next(c);
  const parts = [first];
  while (c.take(kind)) parts.push(next(c));
  return parts.length === 1 ? first : { kind, parts, line: first.line };
}

function parseNot(c: Cursor): Expr {
  const { line } = c.peek();
  if (c.take('not')) return { kind: 'not', of: parseNot(c), line };
  const left = parseBinary(c, 0);
  const rest: [string, Expr][] = [];
  while (COMPARE.has(c.peek().text) && c.peek().type !== 'text') {
    let operator = c.next().text;
    if (operator === 'not') {
      c.expect('in');
      operator = 'not in';
    } else if (operator === 'is' && c.take('not')) operator = 'is not';
    rest.push([operator, parseBinary(c, 0)]);
  }
  return rest.length === 0 ? left : { kind: 'compare', left, rest, line };
}

function parseBinary(c: Cursor, level: number): Expr {
  const operators = LEVELS[level];
  if (!operators) return parseUnary(c);
  let left = parseBinary(c, level + 1);
  while (c.peek().type === 'operator' && operators.includes(c.peek().text)) {
    const { text: operator, line } = c.next();
    left = { kind: 'binary', operator, left, right: parseBinary(c, level + 1), line };
  }
  return left;
}

function parseUnary(c: Cursor): Expr {
  const { line } = c.peek();
  if (c.peek().type === 'operator' && c.take('-')) return { kind: 'minus', of: parseUnary(c), line };
  if (c.peek().type === 'operator' && c.take('+')) return parseUnary(c);
  let value = parseAtom(c);
  for (;;) {
    const { type, text } = c.peek();
    if (type !== 'operator') return value;
    if (c.take('.')) {
      const name = c.next();
      if (name.type !== 'name') c.fail();
      value = { kind: 'attribute', of: value, name: name.text, line };
    } else if (c.take('(')) value = parseCall(c, value, line);
    else if (c.take('[')) value = parseItem(c, value, line);
    else if (text === '**') throw beyond('"**"', line);
    else return value;
  }
}

function parseCall(c: Cursor, of: Expr, line: number): Expr {
  const args: Expr[] = [];
  const named: [string, Expr][] = [];
  while (!c.take(')')) {
    if (c.peek().text === '*' || c.peek().text === '**') throw beyond('"*args"', line);
    const value = parseExpression(c);
    if (c.peek().text === 'for') throw beyond('generators', line);
    if (value.kind === 'name' && c.take('=')) named.push([value.id, parseExpression(c)]);
    else args.push(value);
    if (!c.take(',') && c.peek().text !== ')') c.fail();
  }
  return { kind: 'call', of, args, named, line };
}

function parseItem(c: Cursor, of: Expr, line: number): Expr {
  const from = c.peek().text === ':' ? undefined : parseExpression(c);
  if (from && c.take(']')) return { kind: 'item', of, key: from, line };
  c.expect(':');
  const to = c.peek().text === ']' ? undefined : parseExpression(c);
  c.expect(']');
  return { kind: 'slice', of, from, to, line };
}

function parseAtom(c: Cursor): Expr {
  const { type, text, line } = c.next();
  if (type === 'number') return { kind: 'const', value: Number(text.replaceAll('_', '')), line };
  if (type === 'text') {
    let value = unquote(text, line);
    while (c.peek().type === 'text') value += unquote(c.next().text, line);
    return { kind: 'const', value, line };
  }
  if (type === 'name') {
    if (text === 'None') return { kind: 'const', value: null, line };
    if (text === 'True' || text === 'False') return { kind: 'const', value: text === 'True', line };
    if (KEYWORDS.has(text)) c.fail();
    return { kind: 'name', id: text, line };
  }
  if (text === '[' || text === '(') return parseSequence(c, text, line);
  if (text === '{') return parseDict(c, line);
  return c.fail();
}

function parseSequence(c: Cursor, open: string, line: number): Expr {
  const close = open === '[' ? ']' : ')';
  const items: Expr[] = [];
  let comma = false;
  while (!c.take(close)) {
    items.push(parseExpression(c));
    if (c.peek().text === 'for') throw beyond('comprehensions', line);
    comma = c.take(',') || comma;
    if (!comma && c.peek().text !== close) c.fail();
  }
  const [only] = items;
  return open === '(' && items.length === 1 && !comma && only ? only : { kind: 'list', items, line };
}

function parseDict(c: Cursor, line: number): Expr {
  const entries: [Expr, Expr][] = [];
  while (!c.take('}')) {
    const key = parseExpression(c);
    if (c.peek().text === ',' || c.peek().text === '}') throw beyond('sets', line);
    c.expect(':');
    entries.push([key, parseExpression(c)]);
    if (c.peek().text === 'for') throw beyond('comprehensions', line);
    if (!c.take(',') && c.peek().text !== '}') c.fail();
  }
  return { kind: 'dict', entries, line };
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\n': '' };

function unquote(literal: string, line: number): string {
  const [, prefix = '', mark = ''] = /^([a-z]*)("""|'''|"|')/i.exec(literal) ?? [];
  if (/[fb]/i.test(prefix)) throw beyond(/f/i.test(prefix) ? 'f-strings' : 'bytes', line);
  const inner = literal.slice(prefix.length + mark.length, -mark.length);
  if (/r/i.test(prefix)) return inner;
  return inner.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([\s\S]))/gi, (_, hex, wide, plain: string | undefined) => {
    if (plain === undefined) return String.fromCodePoint(Number.parseInt(hex ?? wide, 16));
    if (plain === 'x' || plain === 'u') throw new PythonError('SyntaxError', 'truncated escape');
    return ESCAPES[plain] ?? (/['"\\]/.test(plain) ? plain : `\\${plain}`);
  });
}
