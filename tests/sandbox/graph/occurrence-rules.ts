import type { EventContent } from '../tenant/calendar-records.ts';
import { type Instance, occurrence } from '../tenant/occurrences.ts';
import { daysOf } from '../tenant/recurrence.ts';
import { dateOf, instantOf, wallTimeAt } from '../tenant/zones.ts';
import { GraphError } from './graph-error.ts';

/**
 * "An occurrence cannot be moved to or before the day of the previous occurrence, and cannot be moved to or after the day
 * of the following occurrence" (event-update.md). Days are those of the series' zone; what is cancelled stands in no way.
 */
export function checkOccurrence({ item, day }: Instance, { start, end }: Pick<EventContent, 'start' | 'end'>): void {
  if (day === null) return;
  const { zone } = item.content.start;
  const dayOf = (time: EventContent['start']) => dateOf(wallTimeAt(instantOf(time), zone));
  const { before, after } = neighbours(item, day);
  const tooEarly = before && dayOf(start) <= dayOf(occurrence(item, before).content.end);
  const tooLate = after && dayOf(end) >= dayOf(occurrence(item, after).content.start);
  if (tooEarly || tooLate)
    throw new GraphError(
      400,
      'ErrorOccurrenceCrossingBoundary',
      'Modified occurrence is crossing or overlapping adjacent occurrence.',
    );
}

function neighbours({ recurrence, cancelled }: Instance['item'], day: string) {
  let before: string | undefined;
  for (const known of recurrence ? daysOf(recurrence) : []) {
    if (cancelled.has(known)) continue;
    if (known > day) return { before, after: known };
    if (known < day) before = known;
  }
  return { before, after: undefined };
}
