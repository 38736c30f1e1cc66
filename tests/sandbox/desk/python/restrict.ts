import { type Expr, PythonError, type Statement } from './syntax.ts';
import { tuple } from './tokens.ts';

const INSPECT =
  'tb_frame tb_next co_code f_back f_builtins f_code f_globals f_locals f_trace gi_yieldfrom gi_frame gi_code cr_await cr_frame cr_code cr_origin'.split(
    ' ',
  );
const RESERVED = ['printed', 'builtins', 'breakpoint'];

/**
 * What RestrictedPython refuses to compile, under Frappe's policy (which lets `_dict` pass): names and attributes that
 * begin with an underscore, augmented assignment to anything but a name, exec and eval.
 * source: RestrictedPython/transformer.py, frappe/utils/safe_exec.py (FrappeTransformer)
 * @throws PythonError SyntaxError with all that was found, a line each
 */
export function checkRestricted(statements: Statement[]): void {
  const found: string[] = [];
  const say = (line: number, text: string) => found.push(`Line ${line}: ${text}`);
  for (const statement of statements) checkStatement(statement, say);
  if (found.length > 0) throw new PythonError('SyntaxError', tuple(found));
}

type Say = (line: number, text: string) => void;

function checkStatement(one: Statement, say: Say): void {
  if (one.kind === 'expression') checkExpr(one.value, say);
  if (one.kind === 'assign' || one.kind === 'change') {
    checkExpr(one.target, say);
    checkExpr(one.value, say);
  }
  if (one.kind === 'change' && one.target.kind === 'attribute')
    say(one.line, 'Augmented assignment of attributes is not allowed.');
  if (one.kind === 'change' && one.target.kind === 'item')
    say(one.line, 'Augmented assignment of object items and slices is not allowed.');
  if (one.kind === 'import')
    for (const name of one.names) {
      if (name === '*') say(one.line, '"*" imports are not allowed.');
      else checkName(name, one.line, say);
    }
  if (one.kind === 'for') {
    checkName(one.name, one.line, say);
    checkExpr(one.over, say);
    for (const inner of one.body) checkStatement(inner, say);
  }
  if (one.kind === 'if') {
    for (const { test, body } of one.branches) {
      checkExpr(test, say);
      for (const inner of body) checkStatement(inner, say);
    }
    for (const inner of one.otherwise) checkStatement(inner, say);
  }
}

function checkExpr(one: Expr, say: Say): void {
  if (one.kind === 'name') checkName(one.id, one.line, say);
  if (one.kind === 'attribute') {
    if (one.name.startsWith('_') && one.name !== '_')
      say(one.line, `"${one.name}" is an invalid attribute name because it starts with "_".`);
    if (INSPECT.includes(one.name))
      say(one.line, `"${one.name}" is a restricted name, that is forbidden to access in RestrictedPython.`);
  }
  if (one.kind === 'call' && one.of.kind === 'name') {
    if (one.of.id === 'exec') say(one.line, 'Exec calls are not allowed.');
    if (one.of.id === 'eval') say(one.line, 'Eval calls are not allowed.');
  }
  for (const inner of partsOf(one)) checkExpr(inner, say);
}

function checkName(name: string, line: number, say: Say): void {
  if (name === '_dict') return;
  if (name.startsWith('_') && name !== '_')
    say(line, `"${name}" is an invalid variable name because it starts with "_"`);
  else if (RESERVED.includes(name)) say(line, `"${name}" is a reserved name.`);
}

function partsOf(one: Expr): Expr[] {
  switch (one.kind) {
    case 'list':
      return one.items;
    case 'dict':
      return one.entries.flat();
    case 'attribute':
    case 'not':
    case 'minus':
      return [one.of];
    case 'item':
      return [one.of, one.key];
    case 'slice':
      return [one.of, one.from, one.to].filter((part) => part !== undefined);
    case 'call':
      return [one.of, ...one.args, ...one.named.map(([, value]) => value)];
    case 'and':
    case 'or':
      return one.parts;
    case 'binary':
      return [one.left, one.right];
    case 'compare':
      return [one.left, ...one.rest.map(([, value]) => value)];
    case 'choice':
      return [one.test, one.yes, one.no];
    default:
      return [];
  }
}
