/// <reference lib="esnext.temporal" />
import type * as Microsoft from '@microsoft/microsoft-graph-types';
import { zoneNamed } from '../../../lib/time/windows-zones.ts';

export const JOIN_URL =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_MTIz%40thread.v2/0?context=%7b%22Tid%22%3a%22t%22%7d';
const RULE = '_'.repeat(80);
/** As Teams puts it below an invitation. */
export const JOIN_BLOCK =
  `<div style="width:100%"><span style="white-space:nowrap; color:#5F5F5F; opacity:.36">${RULE}</span></div>` +
  '<div class="me-email-text" lang="en-US"><div><span>Microsoft Teams</span></div><div><a href="' +
  `${JOIN_URL.replaceAll('&', '&amp;')}">Join the meeting now</a></div></div>` +
  `<div style="width:100%"><span style="white-space:nowrap">${RULE}</span></div>`;

/** When Exchange has it happen, which knows the zone by Windows' name: Temporal's word on it, as calendars take gaps. */
export function whenExchangeHas({ dateTime, timeZone }: Microsoft.DateTimeTimeZone): number {
  const zone = zoneNamed(timeZone ?? '') ?? 'none';
  return Temporal.PlainDateTime.from(dateTime ?? '').toZonedDateTime(zone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

/** What GET answers for an event that was posted like this, with `Prefer: outlook.timezone="UTC"`. */
export function kept(posted: Microsoft.Event, more: object = {}): Record<string, unknown> {
  const inUtc = (at: Microsoft.DateTimeTimeZone) => {
    const dateTime = posted.isAllDay ? String(at.dateTime) : new Date(whenExchangeHas(at)).toISOString().slice(0, 19);
    return { dateTime: `${dateTime}.0000000`, timeZone: 'UTC' };
  };
  const { recurrence } = posted;
  return {
    ...posted,
    id: 'AAMk=',
    iCalUId: '0400',
    type: recurrence ? 'seriesMaster' : 'singleInstance',
    start: inUtc(posted.start!),
    end: inUtc(posted.end!),
    originalStartTimeZone: posted.start!.timeZone,
    // Exchange fills in what a pattern does not use.
    recurrence: recurrence
      ? {
          pattern: { month: 0, dayOfMonth: 0, index: 'first', daysOfWeek: [], ...recurrence.pattern },
          range: { numberOfOccurrences: 0, endDate: '0001-01-01', ...recurrence.range },
        }
      : null,
    attendees: posted.attendees?.map((who) => ({ ...who, status: { response: 'none', time: '0001-01-01T00:00:00Z' } })),
    organizer: { emailAddress: { address: 'Ada@example.org', name: 'Ada' } },
    isOrganizer: true,
    isCancelled: false,
    onlineMeeting: { joinUrl: JOIN_URL },
    location: posted.location ?? { displayName: 'Microsoft Teams Meeting' },
    body: {
      contentType: 'html',
      content: `<html><head><meta charset="utf-8"></head><body>\n${posted.body?.content}<br>\n${JOIN_BLOCK}</body></html>`,
    },
    webLink: 'https://outlook.example/1',
    ...more,
  };
}
