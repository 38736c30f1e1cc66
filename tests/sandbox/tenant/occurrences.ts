import { createHash } from 'node:crypto';
import type { CalendarItem, EventContent, OccurrenceException, Response } from './calendar-records.ts';
import { daysOf } from './recurrence.ts';
import { dateOf, daysBetween, instantOf, movedByDays } from './zones.ts';

/** An item as a calendar shows it: itself, or one day of a series. */
export interface Instance {
  item: CalendarItem;
  /** The day it was to be on, of one occurrence; null for the item itself. */
  day: string | null;
  exception: OccurrenceException | null;
  content: EventContent;
  response: Response;
  isCancelled: boolean;
}

export type EventType = 'singleInstance' | 'occurrence' | 'exception' | 'seriesMaster';

export const typeOf = ({ item, day, exception }: Instance): EventType =>
  day === null ? (item.recurrence ? 'seriesMaster' : 'singleInstance') : exception ? 'exception' : 'occurrence';

/** The item itself, not its occurrences. */
export const wholeOf = (item: CalendarItem): Instance => ({
  item,
  day: null,
  exception: null,
  content: item.content,
  response: item.response,
  isCancelled: item.isCancelled,
});

/** The occurrence that was to be on this day; undefined where the series has none, or it is gone. */
export function occurrenceOn(item: CalendarItem, day: string): Instance | undefined {
  if (!item.recurrence || item.cancelled.has(day)) return undefined;
  for (const known of daysOf(item.recurrence)) {
    if (known === day) return occurrence(item, day);
    if (known > day) return undefined;
  }
  return undefined;
}

/** Of a day on which the series is known to take place. */
export function occurrence(item: CalendarItem, day: string): Instance {
  const exception = item.exceptions.get(day) ?? null;
  return {
    item,
    day,
    exception,
    content: exception?.content ?? contentOn(item, day),
    response: exception?.response ?? item.response,
    isCancelled: item.isCancelled || (exception?.isCancelled ?? false),
  };
}

/** The series' content, moved to a day by the wall clock of its zone. */
export function contentOn({ content }: CalendarItem, day: string): EventContent {
  const days = daysBetween(dateOf(content.start), day);
  return { ...content, start: movedByDays(content.start, days), end: movedByDays(content.end, days) };
}

/** All that takes place in [from, until), occurrences one by one; `max` bounds a series without an end. */
export function instancesIn(item: CalendarItem, from: number, until: number, max = 10_000): Instance[] {
  if (!item.recurrence) return touches(item.content, from, until) ? [wholeOf(item)] : [];
  const found: Instance[] = [];
  // Exceptions may lie days from where they were to be.
  const beyond = until + 60 * DAY;
  for (const day of daysOf(item.recurrence)) {
    if (found.length >= max || Date.parse(`${day}T00:00:00Z`) > beyond) break;
    if (item.cancelled.has(day)) continue;
    const one = occurrence(item, day);
    if (touches(one.content, from, until)) found.push(one);
  }
  return found;
}

const DAY = 86_400_000;

function touches({ start, end }: EventContent, from: number, until: number): boolean {
  const begins = instantOf(start);
  const ends = instantOf(end);
  return begins < until && (ends > from || (ends === begins && begins >= from));
}

/** Each occurrence of a series has an iCalUId of its own: the day stands in it (MS-OXOCAL, PidLidGlobalObjectId). */
export function uidOf({ item, day }: Instance): string {
  if (day === null) return item.uid;
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
  return `${item.uid.slice(0, 32)}${hex(year, 4)}${hex(month, 2)}${hex(date, 2)}${item.uid.slice(40)}`;
}

/** Of an iCalUId the series' own, and the day in it; null for a whole meeting. */
export function readUid(uid: string): { uid: string; day: string | null } {
  const day = uid.slice(32, 40);
  if (day === '00000000') return { uid, day: null };
  const [year = 0, month = 0, date = 0] = [day.slice(0, 4), day.slice(4, 6), day.slice(6)].map((hex) =>
    Number.parseInt(hex, 16),
  );
  const text = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-');
  return { uid: `${uid.slice(0, 32)}00000000${uid.slice(40)}`, day: text };
}

/** An occurrence's id is its series' with the day in it; it stays the same when the occurrence becomes an exception. */
export function idOf({ item, day }: Instance): string {
  return day === null
    ? item.id
    : `${item.id.slice(0, CORE)}FRAAgI${Buffer.from(day.replaceAll('-', '')).toString('base64url')}=`;
}

/** What an id names; undefined where it is none. */
export function readId(id: string): { itemId: string; day: string | null } | undefined {
  const [, core, , packed] = /^(AAMkAG[\w-]{43})(AAA|FRAAgI([\w-]{11}))=$/.exec(id) ?? [];
  if (!core) return undefined;
  if (packed === undefined) return { itemId: id, day: null };
  const digits = Buffer.from(packed, 'base64url').toString();
  if (!/^\d{8}$/.test(digits)) return undefined;
  return { itemId: `${core}AAA=`, day: `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}` };
}

const CORE = 'AAMkAG'.length + 43;

/** Changes with every change of the item or of this occurrence. */
export function changeKeyOf({ item, day, exception }: Instance): string {
  const version = exception?.version ?? item.version;
  return `${createHash('sha256')
    .update(`${item.id} ${day ?? ''} ${version}`)
    .digest('base64')
    .slice(0, 30)}==`;
}
