import * as v from 'valibot';
import type { EventFields } from '../model/event-fields.ts';
import { parseDate, parseWall, WEEKDAYS } from '../model/wall-time.ts';
import { shape } from './shape.ts';

/**
 * An Event's dates out of the document as REST gives it: empty fields are left out, checks are 0 and 1.
 * Source: frappe/desk/doctype/event/event.json, v14, v15, v16.
 */
export function eventFieldsOf(document: unknown): EventFields {
  const event = v.parse(WireEvent, document);
  return {
    startsOn: parseWall(event.starts_on),
    endsOn: parseWall(event.ends_on),
    allDay: !!event.all_day,
    repeat: event.repeat_this_event
      ? {
          on: event.repeat_on ?? '',
          till: parseDate(event.repeat_till),
          weekdays: WEEKDAYS.filter((day) => event[day]),
        }
      : null,
  };
}

const text = v.fallback(v.nullish(v.string()), null);
const check = v.fallback(v.nullish(v.number()), 0);

const WireEvent = shape({
  starts_on: text,
  ends_on: text,
  all_day: check,
  repeat_this_event: check,
  repeat_on: text,
  repeat_till: text,
  monday: check,
  tuesday: check,
  wednesday: check,
  thursday: check,
  friday: check,
  saturday: check,
  sunday: check,
});
