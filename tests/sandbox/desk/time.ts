import type { Clock } from '../shell.ts';

/** The site's time zone: all naive times of documents are in it. */
export const SITE_TIME_ZONE = 'Europe/Berlin';

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: SITE_TIME_ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `YYYY-MM-DD HH:MM:SS` in the site's time zone, as Frappe writes a Datetime. @param ms milliseconds since 1970 */
export function naiveTime(ms: number): string {
  const found = Object.fromEntries(parts.formatToParts(ms).map((part) => [part.type, part.value]));
  return `${found.year}-${found.month}-${found.day} ${found.hour}:${found.minute}:${found.second}`;
}

/**
 * Makes `modified` stamps: naive, with microseconds, and never the same twice, so that a compare-and-set is decided
 * even where two saves fall into one millisecond.
 */
export function createStamps(clock: Clock): () => string {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.round(clock.now() * 1000));
    const micros = String(last % 1_000_000).padStart(6, '0');
    return `${naiveTime(Math.floor(last / 1000))}.${micros}`;
  };
}
