import { PythonError } from './syntax.ts';
import { quote } from './tokens.ts';

/** A callable: positional and named arguments. */
export type Fn = (args: unknown[], named: Record<string, unknown>) => unknown;

/** A dict; a loose one is frappe._dict, whose keys are attributes, too. */
export class Dict {
  readonly map: Map<unknown, unknown>;
  readonly loose: boolean;
  constructor(entries: Iterable<[unknown, unknown]> = [], loose = false) {
    this.map = new Map(entries);
    this.loose = loose;
  }
}

/** A type that can be called and asked about with isinstance. */
export interface PyType {
  pyType: string;
  call: Fn;
  holds(value: unknown): boolean;
}

/** Anything else with attributes: a document, a namespace, the request, a date. A missing attribute is None, as Frappe has it. */
export interface PyObject {
  pyClass: string;
  attribute(name: string): unknown;
  write?(name: string, value: unknown): void;
}

export const isObject = (value: unknown): value is PyObject =>
  typeof value === 'object' && value !== null && 'pyClass' in value;
export const isType = (value: unknown): value is PyType =>
  typeof value === 'object' && value !== null && 'pyType' in value;

/** JSON as Python has it; the outermost dict may be a loose one. */
export function fromJson(value: unknown, loose = false): unknown {
  if (Array.isArray(value)) return value.map((one) => fromJson(one));
  if (typeof value !== 'object' || value === null) return value ?? null;
  return new Dict(
    Object.entries(value).map(([key, held]): [unknown, unknown] => [key, fromJson(held)]),
    loose,
  );
}

export function toJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Dict)
    return Object.fromEntries([...value.map].map(([key, held]) => [String(key), toJson(held)]));
  if (isObject(value)) return text(value);
  if (typeof value === 'function' || isType(value))
    throw new PythonError(
      'TypeError',
      `Object of type ${typeName(value)} with value of ${text(value)} is not JSON serializable`,
    );
  return value ?? null;
}

export const truthy = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value instanceof Dict ? value.map.size > 0 : Boolean(value);

/** str(value) */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (value instanceof Dict) return `{${[...value.map].map(([k, v]) => `${repr(k)}: ${repr(v)}`).join(', ')}}`;
  if (isObject(value)) {
    const own = value.attribute('__str__');
    return typeof own === 'string' ? own : `<${value.pyClass}>`;
  }
  return String(value);
}

export const repr = (value: unknown): string => (typeof value === 'string' ? quote(value) : text(value));

export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Dict) return value.loose ? '_dict' : 'dict';
  if (isType(value)) return 'type';
  return isObject(value) ? value.pyClass : 'function';
}

export function equal(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((one, index) => equal(one, right[index]));
  if (left instanceof Dict && right instanceof Dict)
    return (
      left.map.size === right.map.size &&
      [...left.map].every(([k, v]) => right.map.has(k) && equal(v, right.map.get(k)))
    );
  if (isObject(left) && isObject(right)) return left === right || ordinal(left) === ordinal(right);
  const plain = (value: unknown) => (typeof value === 'boolean' ? Number(value) : (value ?? null));
  return plain(left) === plain(right);
}

/** -1, 0, 1, or a TypeError for what has no order. */
export function order(operator: string, left: unknown, right: unknown): number {
  const [a, b] = [ordinal(left), ordinal(right)];
  if (a === undefined || b === undefined || typeof a !== typeof b)
    throw new PythonError(
      'TypeError',
      `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`,
    );
  return a < b ? -1 : a > b ? 1 : 0;
}

function ordinal(value: unknown): string | number | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (isObject(value)) return value.attribute('__order__') as number | undefined;
  return undefined;
}

/** `key in value` */
export function contains(value: unknown, key: unknown): boolean {
  if (typeof value === 'string' && typeof key === 'string') return value.includes(key);
  if (Array.isArray(value)) return value.some((one) => equal(one, key));
  if (value instanceof Dict) return value.map.has(key);
  throw new PythonError('TypeError', `argument of type '${typeName(value)}' is not iterable`);
}

export function iterate(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...value];
  if (value instanceof Dict) return [...value.map.keys()];
  throw new PythonError('TypeError', `'${typeName(value)}' object is not iterable`);
}
