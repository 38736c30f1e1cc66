import type { CalendarDate, WallTime } from './ids.ts';

/** Monday first, as Frappe counts them. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export const DAY = 86_400_000;
const MIDNIGHT = 'T00:00:00';

/**
 * A naive time as ERPNext (`2026-12-10 14:00:00.000000`) and Graph (`2026-12-10T14:00:00.0000000`) write it; fractions of
 * a second are dropped, a date alone is its midnight. Null for anything else, and for days that no calendar has.
 */
export function parseWall(text: string | null | undefined): WallTime | null {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/.exec((text ?? '').trim());
  if (!parts) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = parts;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}` as WallTime;
  return wallOfMs(msOfWall(wall)) === wall ? wall : null;
}

export function parseDate(text: string | null | undefined): CalendarDate | null {
  const wall = /^\d{4}-\d\d-\d\d$/.test((text ?? '').trim()) ? parseWall(text) : null;
  return wall && dateOf(wall);
}

export function dateOf(wall: WallTime): CalendarDate {
  return wall.slice(0, 10) as CalendarDate;
}

/** `14:00:00`. */
export function clockOf(wall: WallTime): string {
  return wall.slice(11);
}

export function wallOf(date: CalendarDate, clock = '00:00:00'): WallTime {
  return `${date}T${clock}` as WallTime;
}

/** Milliseconds between 1970 and this wall time on one and the same wall: for differences, not an instant. */
export function msOfWall(wall: WallTime): number {
  return Date.parse(`${wall}Z`);
}

export function wallOfMs(ms: number): WallTime | null {
  return Number.isFinite(ms) ? (new Date(ms).toISOString().slice(0, 19) as WallTime) : null;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(`${date}${MIDNIGHT}Z`) + days * DAY).toISOString().slice(0, 10) as CalendarDate;
}

/** Whole days from one to the other; negative where the other is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}${MIDNIGHT}Z`) - Date.parse(`${from}${MIDNIGHT}Z`)) / DAY);
}

export function weekdayOf(date: CalendarDate): Weekday {
  return WEEKDAYS[(new Date(`${date}${MIDNIGHT}Z`).getUTCDay() + 6) % 7]!;
}

/** The same day of another month, or its last one where that month is too short. */
export function addMonths(date: CalendarDate, months: number, day = dayOfMonth(date)): CalendarDate {
  const [year, month] = date.split('-').map(Number) as [number, number];
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, days));
  return first.toISOString().slice(0, 10) as CalendarDate;
}

export function dayOfMonth(date: CalendarDate): number {
  return Number(date.slice(8));
}

/** 1 to 12. */
export function monthOf(date: CalendarDate): number {
  return Number(date.slice(5, 7));
}
