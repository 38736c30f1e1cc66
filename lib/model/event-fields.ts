import type { CalendarDate, WallTime } from './ids.ts';
import type { Weekday } from './wall-time.ts';

/** Frappe's major version: Event is another in each. */
export type FrappeVersion = 14 | 15 | 16;

/** The dates of an ERPNext Event as they stand there: naive, in the time zone of the site. */
export interface EventFields {
  startsOn: WallTime | null;
  endsOn: WallTime | null;
  allDay: boolean;
  /** Null where "Repeat this Event" is not ticked. */
  repeat: {
    /** `Daily`, `Weekly`, … as the version calls it; '' where nothing is chosen. */
    on: string;
    till: CalendarDate | null;
    weekdays: Weekday[];
  } | null;
}

/** Fields of an Event to be written, by ERPNext's own names and in its spelling; null empties one. */
export type EventWrites = Record<string, string | number | null>;
