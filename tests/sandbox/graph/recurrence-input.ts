import { type Recurrence, WEEK_INDEXES, WEEKDAYS } from '../tenant/recurrence.ts';
import { dateOf, type WallTime, zoneOf } from '../tenant/zones.ts';
import { GraphError } from './graph-error.ts';
import { asObject, checkProperties, type JsonObject } from './json-body.ts';
import { invalidProperty, unsupportedZone } from './outlook-errors.ts';
import { readWord } from './outlook-values.ts';

const TYPES = ['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly'] as const;
const RANGES = ['endDate', 'noEnd', 'numbered'] as const;
const NO_DATE = '0001-01-01';

/**
 * A recurrence as it is asked for (outlook-schedule-recurring-events.md): "even if a field is ignored, it is still
 * validated". Its zone is the event's, under whichever of its names.
 */
export function readRecurrence(value: unknown, start: WallTime): Recurrence {
  const given = asObject(value, 'recurrence');
  checkProperties(given, 'microsoft.graph.patternedRecurrence', ['pattern', 'range']);
  return {
    pattern: readPattern(asObject(given.pattern, 'pattern')),
    range: readRange(asObject(given.range, 'range'), start),
  };
}

function readPattern(given: JsonObject): Recurrence['pattern'] {
  checkProperties(given, 'microsoft.graph.recurrencePattern', PATTERN);
  const type = readWord(given.type, TYPES, undefined);
  // Measured: a pattern without an interval is not refused but breaks the server.
  if (given.interval === undefined)
    throw new GraphError(500, 'ErrorInternalServerError', 'An internal server error occurred. The operation failed.');
  const pattern = {
    type,
    interval: whole(given.interval, 1, type === 'daily' ? 999 : 99),
    month: whole(given.month ?? 0, 0, 12),
    dayOfMonth: whole(given.dayOfMonth ?? 0, 0, 31),
    daysOfWeek: list(given.daysOfWeek).map((day) => readWord(day, WEEKDAYS, undefined)),
    firstDayOfWeek: readWord(given.firstDayOfWeek, WEEKDAYS, 'sunday'),
    index: readWord(given.index, WEEK_INDEXES, 'first'),
  };
  const needsDays = type === 'weekly' || type.startsWith('relative');
  if (needsDays && pattern.daysOfWeek.length === 0) throw invalidProperty();
  if (type.startsWith('absolute') && pattern.dayOfMonth === 0) throw invalidProperty();
  if (type.endsWith('Yearly') && pattern.month === 0) throw invalidProperty();
  return pattern;
}

function readRange(given: JsonObject, start: WallTime): Recurrence['range'] {
  checkProperties(given, 'microsoft.graph.recurrenceRange', RANGE);
  const type = readWord(given.type, RANGES, undefined);
  const zoneName = given.recurrenceTimeZone;
  if (zoneName !== undefined && zoneName !== null && zoneName !== '') {
    const zone = zoneOf(String(zoneName));
    if (!zone) throw unsupportedZone(String(zoneName));
    if (zone.windows !== start.zone.windows) throw invalidProperty();
  }
  const startDate = date(given.startDate);
  if (startDate !== dateOf(start)) throw invalidProperty();
  const endDate = given.endDate === undefined || given.endDate === null ? NO_DATE : date(given.endDate);
  const numberOfOccurrences = whole(given.numberOfOccurrences ?? 0, 0, 999);
  if (type === 'numbered' && numberOfOccurrences === 0) throw invalidProperty();
  if (type === 'endDate' && endDate === NO_DATE) throw invalidProperty();
  if (type === 'endDate' && endDate > '4500-09-01')
    throw new GraphError(
      400,
      'ErrorRecurrenceEndDateTooBig',
      'Recurrence end date can not exceed Sep 1, 4500 00:00:00.',
    );
  if (type === 'endDate' && endDate < startDate)
    throw new GraphError(
      400,
      'ErrorRecurrenceHasNoOccurrence',
      'Recurrence has no occurrences in the specified range.',
    );
  return {
    type,
    startDate,
    endDate: type === 'endDate' ? endDate : NO_DATE,
    numberOfOccurrences: type === 'numbered' ? numberOfOccurrences : 0,
  };
}

const PATTERN = ['type', 'interval', 'month', 'dayOfMonth', 'daysOfWeek', 'firstDayOfWeek', 'index'];
const RANGE = ['type', 'startDate', 'endDate', 'recurrenceTimeZone', 'numberOfOccurrences'];

function whole(value: unknown, from: number, to: number): number {
  if (!Number.isInteger(value) || Number(value) < from || Number(value) > to) throw invalidProperty();
  return Number(value);
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Edm.Date, of a day that exists. */
function date(value: unknown): string {
  const text = String(value);
  const parsed = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== text)
    throw invalidProperty();
  return text;
}
