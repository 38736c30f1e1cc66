import { instantOf, type WallTime, wallTimeAt, zoneOf } from '../tenant/zones.ts';
import { asObject, asString, checkProperties } from './json-body.ts';
import { invalidProperty, unreadableBody, unsupportedZone } from './outlook-errors.ts';

/** One of an enumeration's words, in whatever case, as Graph takes them. @param fallback for a missing one */
export function readWord<T extends string>(value: unknown, words: readonly T[], fallback: T | undefined): T {
  if ((value === undefined || value === null) && fallback !== undefined) return fallback;
  const found = words.find((word) => word.toLowerCase() === String(value).toLowerCase());
  if (typeof value === 'string' && found) return found;
  throw unreadableBody(`Requested value '${String(value)}' was not found.`);
}

export function readFlag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw unreadableBody(`Cannot convert the value of '${where}' to the expected target type 'Edm.Boolean'.`);
}

const DATE_TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.\d{1,7})?)?)?(Z|[+-]\d\d:\d\d)?$/;

/** dateTimeTimeZone; a time with an offset is the moment that it says, told in the zone. */
export function readWallTime(value: unknown, where: string): WallTime {
  const given = asObject(value, where);
  checkProperties(given, 'microsoft.graph.dateTimeTimeZone', ['dateTime', 'timeZone']);
  const zoneName = typeof given.timeZone === 'string' ? given.timeZone : '';
  const zone = zoneOf(zoneName);
  if (!zone) throw unsupportedZone(zoneName);
  const text = asString(given.dateTime, `${where}.dateTime`);
  const [, date, time = '00:00', seconds = '00', offset] = DATE_TIME.exec(text) ?? [];
  const local = `${date}T${time}:${seconds}`;
  const parsed = new Date(`${local}Z`);
  if (!date || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== date) throw invalidProperty();
  return offset === undefined ? { local, zone } : wallTimeAt(Date.parse(`${local}${offset}`), zone);
}

/** From the first to the second, which must not lie before it. */
export function checkOrder(start: WallTime, end: WallTime): void {
  if (instantOf(end) < instantOf(start)) throw invalidProperty();
}
