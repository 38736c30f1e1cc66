import { PythonError } from './syntax.ts';
import { Dict, equal, type Fn, iterate, text, typeName } from './values.ts';

/** Attributes of strings, lists and dicts that are understood here; `format` and `format_map` are refused before. */
export function methodOf(value: unknown, name: string): Fn | undefined {
  if (typeof value === 'string') return STRING[name]?.(value);
  if (Array.isArray(value)) return LIST[name]?.(value);
  if (value instanceof Dict) return DICT[name]?.(value);
  return undefined;
}

const STRING: Record<string, (value: string) => Fn> = {
  lower: (s) => () => s.toLowerCase(),
  upper: (s) => () => s.toUpperCase(),
  strip:
    (s) =>
    ([marks]) =>
      strip(s, marks, true, true),
  lstrip:
    (s) =>
    ([marks]) =>
      strip(s, marks, true, false),
  rstrip:
    (s) =>
    ([marks]) =>
      strip(s, marks, false, true),
  startswith:
    (s) =>
    ([start]) =>
      options(start).some((one) => s.startsWith(one)),
  endswith:
    (s) =>
    ([end]) =>
      options(end).some((one) => s.endsWith(one)),
  split:
    (s) =>
    ([by, max]) =>
      split(s, by, max),
  replace:
    (s) =>
    ([from, to]) =>
      s.replaceAll(String(from), String(to)),
  join:
    (s) =>
    ([parts]) =>
      iterate(parts).map(word).join(s),
  find:
    (s) =>
    ([part]) =>
      s.indexOf(word(part)),
  count:
    (s) =>
    ([part]) =>
      s.split(word(part)).length - 1,
  isalnum: (s) => () => /^[\p{L}\p{N}]+$/u.test(s),
  isalpha: (s) => () => /^\p{L}+$/u.test(s),
  isdigit: (s) => () => /^\d+$/.test(s),
};

const LIST: Record<string, (value: unknown[]) => Fn> = {
  append:
    (list) =>
    ([one]) => {
      list.push(one);
      return null;
    },
  extend:
    (list) =>
    ([more]) => {
      list.push(...iterate(more));
      return null;
    },
  index:
    (list) =>
    ([one]) =>
      list.findIndex((held) => equal(held, one)),
  count:
    (list) =>
    ([one]) =>
      list.filter((held) => equal(held, one)).length,
  pop:
    (list) =>
    ([at]) =>
      list.splice(at === undefined ? -1 : Number(at), 1)[0] ?? null,
};

const DICT: Record<string, (value: Dict) => Fn> = {
  get:
    ({ map }) =>
    ([key, fallback = null]) =>
      map.has(key) ? map.get(key) : fallback,
  keys:
    ({ map }) =>
    () => [...map.keys()],
  values:
    ({ map }) =>
    () => [...map.values()],
  items:
    ({ map }) =>
    () =>
      [...map.entries()].map(([key, held]) => [key, held]),
  pop:
    ({ map }) =>
    ([key, fallback]) => {
      if (!map.has(key) && fallback === undefined) throw new PythonError('KeyError', text(key));
      const held = map.has(key) ? map.get(key) : fallback;
      map.delete(key);
      return held;
    },
  setdefault:
    ({ map }) =>
    ([key, value = null]) => {
      if (!map.has(key)) map.set(key, value);
      return map.get(key);
    },
  update:
    ({ map }) =>
    ([other], named) => {
      if (other instanceof Dict) for (const [key, held] of other.map) map.set(key, held);
      for (const [key, held] of Object.entries(named)) map.set(key, held);
      return null;
    },
};

function word(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new PythonError('TypeError', `expected str instance, ${typeName(value)} found`);
}

const options = (value: unknown): string[] => (Array.isArray(value) ? value.map(word) : [word(value)]);

function strip(s: string, marks: unknown, left: boolean, right: boolean): string {
  const gone = typeof marks === 'string' ? [...marks] : [' ', '\t', '\n', '\r', '\f', '\v'];
  let [from, to] = [0, s.length];
  while (left && from < to && gone.includes(s[from] ?? '')) from += 1;
  while (right && to > from && gone.includes(s[to - 1] ?? '')) to -= 1;
  return s.slice(from, to);
}

function split(s: string, by: unknown, max: unknown): string[] {
  if (by === undefined || by === null) return s.trim() === '' ? [] : s.trim().split(/\s+/);
  const parts = s.split(word(by));
  const most = max === undefined ? -1 : Number(max);
  return most < 0 || parts.length <= most + 1 ? parts : [...parts.slice(0, most), parts.slice(most).join(String(by))];
}
