import { locale } from './translate.ts';

/** Times in the person's own zone (the browser's) and locale. All take an ISO time, or milliseconds since 1970. */
type Time = string | number;

/** `14:05` or `2:05 PM`. */
export function formatTime(time: Time): string {
  return formatter({ timeStyle: 'short' }).format(new Date(time));
}

/** `Wednesday, 22 November 2028 at 14:05`, for titles. */
export function formatFull(time: Time): string {
  return formatter({ dateStyle: 'full', timeStyle: 'short' }).format(new Date(time));
}

/** `22 Nov 2028, 14:05`, where it stands beside the words of others. */
export function formatShort(time: Time): string {
  return formatter({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
}

/** A day separator: today and yesterday in words, the year only where it is another one. */
export function formatDay(time: Time, now: number): string {
  const days = dayNumber(time) - dayNumber(now);
  if (days === 0 || days === -1) {
    const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');
    return words.charAt(0).toLocaleUpperCase(locale()) + words.slice(1);
  }
  const sameYear = dayKey(time).slice(0, 4) === dayKey(now).slice(0, 4);
  return formatter({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(new Date(time));
}

/** The person's calendar day as `2028-11-22`: equal for two times of one day. */
export function dayKey(time: Time): string {
  const d = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** `Ann, Bo and Cy`. */
export function formatList(names: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names);
}

/** `1.5 MB`, `12 kB` */
export function formatBytes(bytes: number): string {
  const power = bytes < 1_000_000 ? 1 : bytes < 1_000_000_000 ? 2 : 3;
  const unit = (['kilobyte', 'megabyte', 'gigabyte'] as const)[power - 1]!;
  const value = bytes / 1000 ** power;
  // Nothing, a little, and enough not to care.
  const maximumFractionDigits = value < 1 || (power > 1 && value < 100) ? 1 : 0;
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits } as const;
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** `20 seconds`, `2 minutes`: about how long something takes. */
export function formatDuration(seconds: number): string {
  const [value, unit] = seconds < 90 ? [Math.ceil(seconds / 5) * 5, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** Days since 1970 of the calendar day, so that a day of 23 or 25 hours counts as one. */
function dayNumber(time: Time): number {
  return Math.round(Date.parse(`${dayKey(time)}T00:00:00Z`) / 86_400_000);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making an Intl formatter costs about as much as laying out a message, so they are kept. */
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  let made = formatters.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale(), options);
    formatters.set(key, made);
  }
  return made;
}
