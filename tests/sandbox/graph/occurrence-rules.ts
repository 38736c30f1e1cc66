import type { EventContent } from '../tenant/calendar-records.ts';
import { type Instance, occurrenceOn } from '../tenant/occurrences.ts';
import { daysOf } from '../tenant/recurrence.ts';
import { dateOf, instantOf, wallTimeAt } from '../tenant/zones.ts';
import { GraphError } from './graph-error.ts';

/**
 * "An occurrence cannot be moved to or before the day of the previous occurrence, and cannot be moved to or after the day
 * of the following occurrence" (event-update.md). Days are those of the series' zone.
 */
export function checkOccurrence({ item, day }: Instance, { start, end }: Pick<EventContent, 'start' | 'end'>): void {
  if (!item.recurrence || day === null) return;
  const { zone } = item.content.start;
  const dayOf = (time: EventContent['start']) => dateOf(wallTimeAt(instantOf(time), zone));
  let before: string | undefined;
  let after: string | undefined;
  for (const known of daysOf(item.recurrence)) {
    const there = occurrenceOn(item, known);
    if (known < day && there) before = dayOf(there.content.end);
    if (known > day) {
      after = there ? dayOf(there.content.start) : undefined;
      if (after) break;
      // Cancelled ones do not stand in the way; the next that is left does.
      if (known > farthest(day)) break;
    }
  }
  if ((before && dayOf(start) <= before) || (after && dayOf(end) >= after))
    throw new GraphError(
      400,
      'ErrorOccurrenceCrossingBoundary',
      'Modified occurrence is crossing or overlapping adjacent occurrence.',
    );
}

const farthest = (day: string) => Temporal.PlainDate.from(day).add({ years: 5 }).toString();
