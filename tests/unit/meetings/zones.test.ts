/// <reference lib="esnext.temporal" />
import type { Event } from '@microsoft/microsoft-graph-types';
import { describe, expect, it } from 'vitest';
import { eventFieldsOf } from '../../../lib/erpnext/event-fields.ts';
import { toNewEvent } from '../../../lib/graph/event-body.ts';
import { toMeeting } from '../../../lib/graph/transform-meetings.ts';
import { differencesOf } from '../../../lib/meetings/difference.ts';
import { draftOf, type Source } from '../../../lib/meetings/draft.ts';
import { recordChangesFor } from '../../../lib/meetings/record-changes.ts';
import { asMeetingMark, type Email, type ZoneName } from '../../../lib/model/ids.ts';
import { random } from '../random.ts';
import { ZONES } from '../time/zones.ts';
import { kept, whenExchangeHas } from './exchange.ts';

const FROM = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const stamp = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
const source = (document: object, zoneName: string): Source => ({
  event: eventFieldsOf(document),
  version: 16,
  zoneName,
  subject: 'Review',
  participants: [{ email: 'bob@example.org' as Email, name: 'Bob', source: 'row' }],
  me: 'ada@example.org' as Email,
  agenda: '',
  location: '',
  link: { url: 'https://erp.example/desk/event/EV-1', title: 'EV-1' },
});
const made = (zoneName: string, document: object) => {
  const { draft, problems } = draftOf(source(document, zoneName));
  const named = problems.map(({ kind }) => kind);
  const stopped = problems.some(({ weight }) => weight === 'stop');
  return { draft: draft!, named, stopped, sent: () => toNewEvent(draft!, asMeetingMark('m'), 't') };
};
/** When it is meant, by Temporal's own reading of a wall in the site's zone. */
const meant = (naive: string, zone: string) =>
  Temporal.PlainDateTime.from(naive.replace(' ', 'T')).toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds;

describe.each(ZONES)('Events of a site in %s, over two years', (zone) => {
  it('happen in Exchange when ERPNext means them, come back as they went, and are named where the clock jumps', () => {
    const next = random(zone.length * 1000 + zone.charCodeAt(3));
    const starts = Array.from({ length: 120 }, () => FROM + Math.floor(next() * 730 * 96) * 900_000);
    // The hours around every change of the clock, which chance would miss.
    for (let day = FROM; day < FROM + 730 * DAY; day += DAY) {
      const at = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds;
      if (at(day) !== at(day + DAY))
        for (let quarter = -96; quarter < 192; quarter++) starts.push(day + quarter * 900_000);
    }
    for (const start of starts) {
      const document = { starts_on: stamp(start), ends_on: stamp(start + 45 * 60_000) };
      const { draft, named, stopped, sent } = made(zone, document);
      const posted: Event = sent();
      const told = JSON.stringify([document, named, posted.start]);
      expect(stopped, told).toBe(false);
      expect(whenExchangeHas(posted.start!), told).toBe(meant(document.starts_on, zone));
      const plain = Temporal.PlainDateTime.from(document.starts_on.replace(' ', 'T'));
      const odd = (['gap', 'overlap'] as const).filter((kind) => named.includes(kind));
      try {
        plain.toZonedDateTime(zone, { disambiguation: 'reject' });
        const ends = Temporal.PlainDateTime.from(document.ends_on.replace(' ', 'T'));
        ends.toZonedDateTime(zone, { disambiguation: 'reject' });
        expect(odd, told).toEqual([]);
        expect(whenExchangeHas(posted.end!), told).toBe(meant(document.ends_on, zone));
      } catch (refused) {
        if (!(refused instanceof RangeError)) throw refused;
        expect(odd, told).toHaveLength(1);
      }
      const meeting = toMeeting(kept(posted));
      expect(meeting.times, told).toMatchObject({ startsAt: whenExchangeHas(posted.start!) });
      expect(differencesOf(draft, meeting), told).toEqual([]);
    }
  });

  it('that repeat happen at each occurrence when ERPNext means them, or are stopped', () => {
    for (const clock of ['00:00:00', '02:30:00', '09:15:00', '23:45:00']) {
      const document = {
        starts_on: `2026-01-01 ${clock}`,
        ends_on: `2026-01-01 ${clock.slice(0, 3)}59:00`,
        repeat_this_event: 1,
        repeat_on: 'Daily',
        repeat_till: '2027-12-31',
      };
      const { draft, named, stopped, sent } = made(zone, document);
      if (stopped) {
        expect(named).toContain('series-zone');
        continue;
      }
      const posted = sent();
      const { timeZone } = posted.start!;
      expect(posted.recurrence?.range?.recurrenceTimeZone).toBe(timeZone);
      let odd = 0;
      for (let day = FROM; day < FROM + 730 * DAY; day += DAY) {
        const dateTime = `${new Date(day).toISOString().slice(0, 10)}T${clock}`;
        const plain = Temporal.PlainDateTime.from(dateTime);
        const offsets = (['earlier', 'later'] as const).map(
          (disambiguation) => plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
        );
        if (offsets[0] !== offsets[1]) odd++;
        else expect(whenExchangeHas({ dateTime, timeZone: timeZone! }), dateTime).toBe(meant(dateTime, zone));
      }
      expect(named.includes('series-clock'), `${odd} odd days`).toBe(odd > 0);
      const meeting = toMeeting(kept(posted));
      expect(differencesOf(draft, meeting)).toEqual([]);
      const all = differencesOf({ ...draft, subject: 'x' }, meeting);
      expect(recordChangesFor(meeting, all, { version: 16, siteZone: zone as ZoneName }).fields).toEqual({
        subject: 'Review',
      });
    }
  });

  it('of whole days stay on their days', () => {
    const document = { starts_on: '2026-03-29 00:00:00', ends_on: '2026-03-30 23:59:59', all_day: 1 };
    const { draft, named, sent } = made(zone, document);
    const posted = sent();
    expect(named).toEqual([]);
    expect([posted.isAllDay, posted.start?.dateTime, posted.end?.dateTime]).toEqual([
      true,
      '2026-03-29T00:00:00',
      '2026-03-31T00:00:00',
    ]);
    const meeting = toMeeting(kept(posted));
    expect(meeting.times).toMatchObject({ kind: 'all-day', first: '2026-03-29', last: '2026-03-30' });
    expect(differencesOf(draft, meeting)).toEqual([]);
  });
});
