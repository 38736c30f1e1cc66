import { dateOf, isDate, readDate } from './dates.ts';
import { PythonError } from './syntax.ts';
import {
  Dict,
  type Fn,
  fromJson,
  isType,
  iterate,
  order,
  type PyObject,
  type PyType,
  repr,
  text,
  toJson,
  truthy,
  typeName,
} from './values.ts';

/** Python's own names that a script has (RestrictedPython's safe_builtins and frappe's get_python_builtins). */
export function builtins(): [string, unknown][] {
  const fn = (name: string, run: Fn): [string, unknown] => [name, run];
  return [
    ...TYPES.map((type): [string, unknown] => [type.pyType, type]),
    fn('len', ([value]) => {
      if (typeof value === 'string') return [...value].length;
      return iterate(value).length;
    }),
    fn('isinstance', ([value, kind]) =>
      (Array.isArray(kind) ? kind : [kind]).some((one) => isType(one) && one.holds(value)),
    ),
    fn('repr', ([value]) => repr(value)),
    fn('abs', ([value]) => Math.abs(Number(value))),
    fn('round', ([value, digits = 0]) => Number(Number(value).toFixed(Number(digits)))),
    fn('range', ([from, to]) => {
      const [start, end] = to === undefined ? [0, Number(from)] : [Number(from), Number(to)];
      return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
    }),
    fn('any', ([values]) => iterate(values).some(truthy)),
    fn('all', ([values]) => iterate(values).every(truthy)),
    fn('sum', ([values]) => iterate(values).reduce((all: number, one) => all + Number(one), 0)),
    fn('min', (values) => extreme(values, -1)),
    fn('max', (values) => extreme(values, 1)),
    fn('sorted', ([values]) => [...iterate(values)].sort((a, b) => order('<', a, b))),
    fn('enumerate', ([values]) => iterate(values).map((one, index) => [index, one])),
  ];
}

/** `json` of a script. */
export const JSON_NAMES: Record<string, unknown> = {
  loads: (([value]: unknown[]) => {
    try {
      return fromJson(JSON.parse(String(value)));
    } catch {
      throw new PythonError('JSONDecodeError', 'Expecting value: line 1 column 1 (char 0)');
    }
  }) satisfies Fn,
  dumps: (([value]: unknown[]) => JSON.stringify(toJson(value))) satisfies Fn,
};

const type = (pyType: string, call: Fn, holds: (value: unknown) => boolean): PyType => ({ pyType, call, holds });

const TYPES: PyType[] = [
  type(
    'str',
    ([value = '']) => text(value),
    (value) => typeof value === 'string',
  ),
  type(
    'int',
    ([value = 0]) => whole(value),
    (value) => Number.isInteger(value) || typeof value === 'boolean',
  ),
  type(
    'float',
    ([value = 0]) => real(value, 'float'),
    (value) => typeof value === 'number' && !Number.isInteger(value),
  ),
  type(
    'bool',
    ([value]) => truthy(value),
    (value) => typeof value === 'boolean',
  ),
  type('list', ([values = []]) => [...iterate(values)], Array.isArray),
  type('tuple', ([values = []]) => [...iterate(values)], Array.isArray),
  type(
    'dict',
    ([value], named) => dict(value, named, false),
    (value) => value instanceof Dict,
  ),
  type(
    '_dict',
    ([value], named) => dict(value, named, true),
    (value) => value instanceof Dict && value.loose,
  ),
];

const dict = (value: unknown, named: Record<string, unknown>, loose: boolean) =>
  new Dict([...(value instanceof Dict ? value.map : []), ...Object.entries(named)], loose);

function real(value: unknown, into: string): number {
  const found = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  if (value !== null && typeof value !== 'object' && !Number.isNaN(found)) return found;
  throw typeof value === 'string'
    ? new PythonError('ValueError', `could not convert string to ${into}: ${repr(value)}`)
    : new PythonError('TypeError', `${into}() argument must be a string or a real number, not '${typeName(value)}'`);
}

function whole(value: unknown): number {
  if (typeof value === 'string' && !/^\s*[-+]?\d+\s*$/.test(value))
    throw new PythonError('ValueError', `invalid literal for int() with base 10: ${repr(value)}`);
  return Math.trunc(real(value, 'int'));
}

function extreme(values: unknown[], sign: number): unknown {
  const all = values.length === 1 ? iterate(values[0]) : values;
  return all.reduce((best, one) => (order('<', one, best) * sign > 0 ? one : best));
}

/** Names looked up in a fixed table: `missing` decides what another name is. */
export const namespace = (known: Record<string, unknown>, missing: (name: string) => unknown): PyObject => ({
  pyClass: 'NamespaceDict',
  attribute: (name) => (name.startsWith('__') ? undefined : name in known ? known[name] : missing(name)),
});

/** frappe.utils.add_to_date: text in, text out; else a moment. */
export const addToDate: Fn = ([date], named) => {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = named as Record<string, number>;
  const ms = (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const moved = dateOf(readDate(date).at + ms);
  return isDate(date) ? moved : text(moved);
};
