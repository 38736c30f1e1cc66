import type { Flavour } from '../flavour.ts';
import { methodOf } from './methods.ts';
import { beyond, type Expr, PythonError, type Statement } from './syntax.ts';
import {
  contains,
  Dict,
  equal,
  type Fn,
  isObject,
  isType,
  iterate,
  order,
  repr,
  text,
  truthy,
  typeName,
} from './values.ts';

const UNSAFE = new Set(
  'gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_origin cr_await ag_code ag_frame tb_frame tb_next format format_map f_back f_builtins f_code f_globals f_locals f_trace'.split(
    ' ',
  ),
);

/** Runs statements with these names; what a script assigns lands there, too. @throws PythonError as Python would */
export function runScript(statements: Statement[], names: Map<string, unknown>, flavour: Flavour): void {
  run(statements);

  /** What ended the block early. */
  function run(block: Statement[]): 'break' | 'continue' | undefined {
    for (const one of block) {
      const left = step(one);
      if (left) return left;
    }
    return undefined;
  }

  function step(one: Statement): 'break' | 'continue' | undefined {
    switch (one.kind) {
      case 'expression':
        value(one.value);
        return undefined;
      case 'assign':
        assign(one.target, value(one.value));
        return undefined;
      case 'change':
        // v14 gives scripts nothing to do it with. source: frappe/utils/safe_exec.py
        if (flavour === 'v14') throw new PythonError('NameError', "name '_inplacevar_' is not defined");
        assign(one.target, binary(one.operator, value(one.target), value(one.value)));
        return undefined;
      case 'if': {
        const taken = one.branches.find(({ test }) => truthy(value(test)));
        return run(taken ? taken.body : one.otherwise);
      }
      case 'for':
        for (const item of iterate(value(one.over))) {
          names.set(one.name, item);
          if (run(one.body) === 'break') break;
        }
        return undefined;
      case 'import':
        throw new PythonError('ImportError', '__import__ not found');
      case 'break':
      case 'continue':
        return one.kind;
      default:
        return undefined;
    }
  }

  function assign(target: Expr, held: unknown): void {
    if (target.kind === 'name') names.set(target.id, held);
    else if (target.kind === 'attribute') {
      const of = value(target.of);
      if (of instanceof Dict && of.loose) of.map.set(target.name, held);
      else if (isObject(of) && of.write) of.write(target.name, held);
      else throw new PythonError('AttributeError', `'${typeName(of)}' object has no attribute '${target.name}'`);
    } else if (target.kind === 'item') {
      const of = value(target.of);
      const key = value(target.key);
      if (of instanceof Dict) of.map.set(key, held);
      else if (Array.isArray(of) && typeof key === 'number') of[key] = held;
      else throw new PythonError('TypeError', `'${typeName(of)}' object does not support item assignment`);
    }
  }

  function value(one: Expr): unknown {
    switch (one.kind) {
      case 'const':
        return one.value;
      case 'name':
        if (names.has(one.id)) return names.get(one.id);
        throw new PythonError('NameError', `name '${one.id}' is not defined`);
      case 'list':
        return one.items.map(value);
      case 'dict':
        return new Dict(one.entries.map(([key, held]): [unknown, unknown] => [value(key), value(held)]));
      case 'attribute':
        return attribute(value(one.of), one.name);
      case 'item':
        return item(value(one.of), value(one.key));
      case 'slice':
        return slice(value(one.of), one.from && value(one.from), one.to && value(one.to), one.line);
      case 'call':
        return call(
          value(one.of),
          one.args.map(value),
          one.named.map(([name, held]) => [name, value(held)]),
        );
      case 'not':
        return !truthy(value(one.of));
      case 'minus':
        return -number(value(one.of), '-');
      case 'and':
      case 'or':
        return chain(one.parts, one.kind);
      case 'binary':
        return binary(one.operator, value(one.left), value(one.right));
      case 'compare':
        return compare(one.left, one.rest);
      case 'choice':
        return truthy(value(one.test)) ? value(one.yes) : value(one.no);
    }
  }

  function chain(parts: Expr[], kind: 'and' | 'or'): unknown {
    let held: unknown = null;
    for (const part of parts) {
      held = value(part);
      if (truthy(held) === (kind === 'or')) return held;
    }
    return held;
  }

  function compare(first: Expr, rest: [string, Expr][]): boolean {
    let left = value(first);
    for (const [operator, next] of rest) {
      const right = value(next);
      if (!holds(operator, left, right)) return false;
      left = right;
    }
    return true;
  }
}

function attribute(of: unknown, name: string): unknown {
  if (UNSAFE.has(name)) throw new PythonError('SyntaxError', `${name} is an unsafe attribute`);
  const method = methodOf(of, name);
  if (method) return method;
  if (of instanceof Dict && of.loose) return of.map.get(name) ?? null;
  // Frappe's guard has None for what is not there.
  return isObject(of) ? (of.attribute(name) ?? null) : null;
}

function item(of: unknown, key: unknown): unknown {
  if (typeof key === 'string' && key.startsWith('_')) throw new PythonError('SyntaxError', 'Key starts with _');
  if (of instanceof Dict) {
    if (of.map.has(key)) return of.map.get(key);
    throw new PythonError('KeyError', repr(key));
  }
  if ((Array.isArray(of) || typeof of === 'string') && typeof key === 'number') {
    const found = of[key < 0 ? of.length + key : key];
    if (found !== undefined) return found;
    throw new PythonError('IndexError', `${Array.isArray(of) ? 'list' : 'string'} index out of range`);
  }
  throw new PythonError('TypeError', `'${typeName(of)}' object is not subscriptable`);
}

function slice(of: unknown, from: unknown, to: unknown, line: number): unknown {
  if (typeof of === 'string' || Array.isArray(of))
    return of.slice(from === undefined ? 0 : Number(from), to === undefined ? of.length : Number(to));
  throw beyond(`slices of ${typeName(of)}`, line);
}

function call(of: unknown, args: unknown[], named: [string, unknown][]): unknown {
  const given = Object.fromEntries(named);
  if (typeof of === 'function') return (of as Fn)(args, given) ?? null;
  if (isType(of)) return of.call(args, given);
  throw new PythonError('TypeError', `'${typeName(of)}' object is not callable`);
}

function holds(operator: string, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case 'is':
      return left === right;
    case 'is not':
      return left !== right;
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    case '<':
      return order(operator, left, right) < 0;
    case '<=':
      return order(operator, left, right) <= 0;
    case '>':
      return order(operator, left, right) > 0;
    default:
      return order(operator, left, right) >= 0;
  }
}

function binary(operator: string, left: unknown, right: unknown): unknown {
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return left + right;
  if (operator === '+' && Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  if (operator === '%' && typeof left === 'string') {
    const rest = Array.isArray(right) ? [...right] : [right];
    return left.replace(/%[sd]/g, () => text(rest.shift()));
  }
  if (operator === '-' && isObject(left)) {
    const minus = left.attribute('__sub__');
    if (typeof minus === 'function') return (minus as Fn)([right], {});
  }
  const bad = () =>
    new PythonError(
      'TypeError',
      operator === '+' && typeof left === 'string'
        ? `can only concatenate str (not "${typeName(right)}") to str`
        : `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`,
    );
  if (![left, right].every((one) => typeof one === 'number' || typeof one === 'boolean')) throw bad();
  const [a, b] = [Number(left), Number(right)];
  if ((operator === '/' || operator === '//' || operator === '%') && b === 0)
    throw new PythonError('ZeroDivisionError', 'division by zero');
  const known: Record<string, number> = {
    '+': a + b,
    '-': a - b,
    '*': a * b,
    '/': a / b,
    '//': Math.floor(a / b),
    '%': ((a % b) + b) % b,
  };
  const found = known[operator];
  if (found === undefined) throw beyond(`"${operator}"`, 0);
  return found;
}

function number(value: unknown, operator: string): number {
  if (typeof value === 'number') return value;
  throw new PythonError('TypeError', `bad operand type for unary ${operator}: '${typeName(value)}'`);
}
