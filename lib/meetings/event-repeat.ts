import type { EventWrites, FrappeVersion } from '../model/event-fields.ts';
import type { RecordProblem } from '../model/meeting.ts';
import type { Recurrence } from '../model/recurrence.ts';
import { addDays, dayOfMonth, monthOf, WEEKDAYS, type Weekday } from '../model/wall-time.ts';

/**
 * The fields with which an Event repeats as a meeting does, or what ERPNext has no field for. The other way round it is
 * `recurrenceOf`.
 * @param duration of an occurrence in days, a fraction for hours.
 * @param overnight whether an occurrence ends on another day than it begins.
 */
export function repeatFieldsOf(
  rule: Recurrence | null,
  version: FrappeVersion,
  { duration, overnight }: { duration: number; overnight: boolean },
): { fields: EventWrites } | { problem: RecordProblem } {
  if (!rule) return { fields: { repeat_this_event: 0, repeat_on: '', repeat_till: null, ...ticked([]) } };
  if (rule.every === 'month' || rule.every === 'year') {
    const other = rule.day !== dayOfMonth(rule.first) || (rule.every === 'year' && rule.month !== monthOf(rule.first));
    if (other) return { problem: { kind: 'day-not-in-erpnext', day: rule.day } };
  }
  const on = rhythmName(rule, version, overnight);
  if (!on) return { problem: { kind: 'rhythm-not-in-erpnext', rhythm: `${rule.interval} ${rule.every}` } };
  // v16 counts the days that the last occurrence goes on (lastDay in event-recurrence.ts).
  const till = rule.until && (version < 16 ? rule.until : addDays(rule.until, Math.floor(duration)));
  const days = on !== 'Weekly' ? [] : rule.every === 'week' ? rule.weekdays : [...WEEKDAYS];
  return { fields: { repeat_this_event: 1, repeat_on: on, repeat_till: till, ...ticked(days) } };
}

function rhythmName(rule: Recurrence, version: FrappeVersion, overnight: boolean): string | null {
  const { every, interval } = rule;
  // "Daily Events should finish on the Same Day": on all seven weekdays they need not.
  if (every === 'day') return interval !== 1 ? null : overnight ? 'Weekly' : 'Daily';
  if (every === 'week') return interval === 1 ? 'Weekly' : null;
  if (every === 'year') return interval === 1 ? 'Yearly' : null;
  if (interval === 1) return 'Monthly';
  return version < 16 ? null : interval === 3 ? 'Quarterly' : interval === 6 ? 'Half Yearly' : null;
}

function ticked(days: readonly Weekday[]): EventWrites {
  return Object.fromEntries(WEEKDAYS.map((day) => [day, days.includes(day) ? 1 : 0]));
}
