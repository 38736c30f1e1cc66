import type { DoctypeRule, RecordDates } from '../../model/doctype-rule.ts';
import { type Row, textOf } from './people-of.ts';

/** When the document is, by its rule; null where it has no date. A date without a time is a whole day. */
export function datesOf({ dates }: DoctypeRule, document: Row): RecordDates | null {
  const start = dates ? textOf(document, dates.start) : '';
  if (!dates || !start) return null;
  const allDay = start.length <= 'YYYY-MM-DD'.length || (dates.allDay !== null && !!Number(document[dates.allDay]));
  return { start, end: textOf(document, dates.end) || null, allDay };
}
