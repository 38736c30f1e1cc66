import { naiveTime } from '../time.ts';
import { PythonError } from './syntax.ts';
import { isObject, type PyObject, typeName } from './values.ts';

/** A naive moment in the site's time, as milliseconds of a clock that knows no zones. */
export interface PyDate extends PyObject {
  at: number;
}

export const isDate = (value: unknown): value is PyDate => isObject(value) && value.pyClass === 'datetime';

export function dateOf(at: number): PyDate {
  return {
    pyClass: 'datetime',
    at,
    attribute(name) {
      if (name === '__str__') return textOf(at);
      if (name === '__order__') return at;
      if (name === '__sub__') return ([other]: unknown[]) => spanOf(at - readDate(other).at);
      return undefined;
    },
  };
}

/** frappe.utils.get_datetime: text or a moment. */
export function readDate(value: unknown): PyDate {
  if (isDate(value)) return value;
  const found = typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T').slice(0, 23)}Z`) : Number.NaN;
  if (Number.isNaN(found)) throw new PythonError('TypeError', `'${typeName(value)}' is no date`);
  return dateOf(found);
}

/** Now, as the site's people see it. @param ms milliseconds since 1970 */
export const localNow = (ms: number): PyDate =>
  dateOf(Date.parse(`${naiveTime(ms).replace(' ', 'T')}.${String(Math.floor(ms) % 1000).padStart(3, '0')}Z`));

/** `YYYY-MM-DD HH:MM:SS.ffffff` */
export const textOf = (at: number): string => `${new Date(at).toISOString().slice(0, 23).replace('T', ' ')}000`;

const spanOf = (ms: number): PyObject => ({
  pyClass: 'timedelta',
  attribute: (name) =>
    name === 'total_seconds'
      ? () => ms / 1000
      : name === 'seconds'
        ? Math.floor(ms / 1000)
        : name === '__order__'
          ? ms
          : undefined,
});
