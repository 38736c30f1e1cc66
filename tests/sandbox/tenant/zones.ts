import { IANA_ZONES } from './iana-zones.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** A time zone as Outlook knows it: by its Windows name, with the IANA zone that holds its rules. */
export interface Zone {
  windows: string;
  iana: string;
}

/** A wall clock's time in a zone; `local` is `YYYY-MM-DDTHH:mm:ss`. */
export interface WallTime {
  local: string;
  zone: Zone;
}

export const UTC: Zone = { windows: 'UTC', iana: 'Etc/UTC' };

const byName = new Map<string, Zone>([
  ...WINDOWS_ZONES.map(([windows, iana]): [string, Zone] => [windows.toLowerCase(), { windows, iana }]),
  ...IANA_ZONES.map(([iana, windows]): [string, Zone] => [iana.toLowerCase(), { windows, iana }]),
  ['utc', UTC],
  ['tzone://microsoft/utc', UTC],
]);

/** The zone of a Windows name or of one of the IANA names that Outlook takes; undefined for every other name. */
export const zoneOf = (name: string): Zone | undefined => byName.get(name.toLowerCase());

/** Milliseconds since 1970. A time that a clock skips counts as an hour later, one that it shows twice as the first. */
export function instantOf({ local, zone }: WallTime): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone.iana).epochMilliseconds;
}

/** What clocks in that zone show at an instant. */
export function wallTimeAt(ms: number, zone: Zone): WallTime {
  const shown = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone.iana).toPlainDateTime();
  return { local: shown.toString({ smallestUnit: 'second' }), zone };
}

export const dateOf = ({ local }: WallTime): string => local.slice(0, 10);
export const timeOf = ({ local }: WallTime): string => local.slice(11);

/** Moved by whole days on the wall clock, whatever summer time does in between. */
export function movedByDays({ local, zone }: WallTime, days: number): WallTime {
  const moved = Temporal.PlainDateTime.from(local).add({ days });
  return { local: moved.toString({ smallestUnit: 'second' }), zone };
}

/** Whole days from one date (`YYYY-MM-DD`) to another. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days;
