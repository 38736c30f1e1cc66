import { type Cursor, parseExpression } from './expressions.ts';
import { beyond, type Expr, type Statement } from './syntax.ts';
import { syntaxError, type Token, tokenise } from './tokens.ts';

const CHANGES = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '**=', '&=', '|=', '^=', '>>=', '<<=']);
/** Statements that the real one knows and this one does not. */
const BEYOND = new Set('while def class try with return raise del assert global lambda yield'.split(' '));

/** Statements of a script. @throws PythonError as RestrictedPython tells it, or for what lies beyond the subset */
export function parseScript(source: string): Statement[] {
  const tokens = tokenise(source);
  let at = 0;
  const end: Token = { type: 'end', text: '', line: 1 };
  const peek = () => tokens[at] ?? end;
  const cursor: Cursor = {
    peek,
    next: () => tokens[at++] ?? end,
    take(text) {
      const { type } = peek();
      if (peek().text !== text || type === 'text') return false;
      at += 1;
      return true;
    },
    expect(text) {
      if (!cursor.take(text)) cursor.fail(text === ':' ? "expected ':'" : undefined);
    },
    fail(message = 'invalid syntax') {
      throw syntaxError(message, peek().line, source);
    },
  };
  const statements: Statement[] = [];
  while (peek().type !== 'end') {
    if (peek().type === 'newline') at += 1;
    else if (peek().type === 'indent') cursor.fail('unexpected indent');
    else statements.push(...parseStatement(cursor));
  }
  return statements;
}

function parseStatement(c: Cursor): Statement[] {
  const { text, type, line } = c.peek();
  if (type === 'name' && BEYOND.has(text)) throw beyond(`"${text}"`, line);
  if (type === 'name' && text === 'if') return [parseIf(c)];
  if (type === 'name' && text === 'for') return [parseFor(c)];
  const found = [parseSimple(c)];
  while (c.take(';')) if (c.peek().type !== 'newline') found.push(parseSimple(c));
  if (c.peek().type !== 'newline' && c.peek().type !== 'end') c.fail();
  if (c.peek().type === 'newline') c.next();
  return found;
}

function parseSimple(c: Cursor): Statement {
  const { text, type, line } = c.peek();
  if (type === 'name' && (text === 'pass' || text === 'break' || text === 'continue')) {
    c.next();
    return { kind: text, line };
  }
  if (type === 'name' && (text === 'import' || text === 'from')) return parseImport(c);
  const value = parseTuple(c);
  const operator = c.peek();
  if (operator.type === 'operator' && CHANGES.has(operator.text)) {
    c.next();
    return {
      kind: 'change',
      target: checkTarget(c, value),
      operator: operator.text.slice(0, -1),
      value: parseTuple(c),
      line,
    };
  }
  if (operator.type !== 'operator' || !c.take('=')) return { kind: 'expression', value, line };
  const target = checkTarget(c, value);
  const given = parseTuple(c);
  if (c.peek().text === '=') throw beyond('more than one target', line);
  return { kind: 'assign', target, value: given, line };
}

function checkTarget(c: Cursor, target: Expr): Expr {
  if (target.kind === 'name' || target.kind === 'attribute' || target.kind === 'item') return target;
  if (target.kind === 'list') throw beyond('unpacking', target.line);
  return c.fail('cannot assign to expression here');
}

function parseTuple(c: Cursor): Expr {
  const first = parseExpression(c);
  if (c.peek().text !== ',' || c.peek().type !== 'operator') return first;
  const items = [first];
  while (c.take(',')) if (!['newline', 'end'].includes(c.peek().type)) items.push(parseExpression(c));
  return { kind: 'list', items, line: first.line };
}

function parseIf(c: Cursor): Statement {
  const { line } = c.next();
  const branches = [{ test: parseExpression(c), body: parseBlock(c) }];
  while (c.take('elif')) branches.push({ test: parseExpression(c), body: parseBlock(c) });
  return { kind: 'if', branches, otherwise: c.take('else') ? parseBlock(c) : [], line };
}

function parseFor(c: Cursor): Statement {
  const { line } = c.next();
  const name = c.next();
  if (name.type !== 'name') c.fail();
  if (c.peek().text === ',') throw beyond('unpacking', line);
  c.expect('in');
  const over = parseTuple(c);
  const body = parseBlock(c);
  if (c.peek().text === 'else') throw beyond('"else" after "for"', line);
  return { kind: 'for', name: name.text, over, body, line };
}

function parseBlock(c: Cursor): Statement[] {
  c.expect(':');
  if (c.peek().type !== 'newline') return parseStatement(c);
  c.next();
  if (c.peek().type !== 'indent') c.fail('expected an indented block');
  c.next();
  const body: Statement[] = [];
  while (c.peek().type !== 'dedent' && c.peek().type !== 'end') body.push(...parseStatement(c));
  if (c.peek().type === 'dedent') c.next();
  return body;
}

/** Any import passes the compiler; there is nothing to import with when it is run. */
function parseImport(c: Cursor): Statement {
  const { line } = c.peek();
  const names: string[] = [];
  while (!['newline', 'end'].includes(c.peek().type)) {
    const { type, text } = c.next();
    if (type === 'name' && !['import', 'from', 'as'].includes(text)) names.push(text);
    if (text === '*') names.push('*');
  }
  return { kind: 'import', names, line };
}
