import type { Attendee, Response } from '../tenant/calendar-records.ts';
import { changeKeyOf, type Instance, idOf, typeOf, uidOf } from '../tenant/occurrences.ts';
import type { Recurrence } from '../tenant/recurrence.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { instantOf, type WallTime, wallTimeAt } from '../tenant/zones.ts';
import { iso } from './chat-shape.ts';
import { previewOf, textBody, wholeBody } from './event-body.ts';
import type { Preferences } from './outlook-prefer.ts';

const NEVER = '0001-01-01T00:00:00Z';

/** An event as Graph gives it (resources/event.md). */
export function shapeEvent(
  tenant: Tenant,
  instance: Instance,
  prefer: Preferences,
  { basic = false }: { basic?: boolean } = {},
): Record<string, unknown> {
  const { item, content, day, exception } = instance;
  const id = idOf(instance);
  const key = changeKeyOf(instance);
  const body =
    prefer.bodyAs === 'text'
      ? { contentType: 'text', content: textBody(content.html) }
      : { contentType: 'html', content: wholeBody(content.html) };
  return {
    '@odata.etag': `W/"${key}"`,
    id,
    createdDateTime: iso(exception?.createdAt ?? item.createdAt),
    lastModifiedDateTime: iso(exception?.modifiedAt ?? item.modifiedAt),
    changeKey: key,
    categories: content.categories,
    transactionId: item.transaction?.id ?? null,
    originalStartTimeZone: content.start.zone.windows,
    originalEndTimeZone: content.end.zone.windows,
    iCalUId: uidOf(instance),
    reminderMinutesBeforeStart: content.reminderMinutesBeforeStart,
    isReminderOn: content.isReminderOn,
    hasAttachments: false,
    subject: content.subject,
    ...(basic ? {} : { bodyPreview: previewOf(content.html) }),
    importance: content.importance,
    sensitivity: content.sensitivity,
    isAllDay: content.isAllDay,
    isCancelled: instance.isCancelled,
    isOrganizer: item.isOrganizer,
    responseRequested: content.responseRequested,
    seriesMasterId: day === null ? null : item.id,
    showAs: content.showAs,
    type: typeOf(instance),
    webLink: `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(id)}&exvsurl=1&path=/calendar/item`,
    onlineMeetingUrl: null,
    isOnlineMeeting: content.joinUrl !== null,
    onlineMeetingProvider: content.joinUrl === null ? 'unknown' : 'teamsForBusiness',
    allowNewTimeProposals: content.allowNewTimeProposals,
    isDraft: content.isDraft,
    hideAttendees: content.hideAttendees,
    ...(day === null ? {} : { originalStart: originalStart(instance, day) }),
    recurrence: day === null && item.recurrence ? shapeRecurrence(item.recurrence, content.start) : null,
    responseStatus: shapeResponse(instance.response),
    ...(basic ? {} : { body }),
    start: shapeTime(content.start, content.isAllDay, prefer),
    end: shapeTime(content.end, content.isAllDay, prefer),
    location: content.locations[0] ?? {
      displayName: '',
      locationType: 'default',
      uniqueIdType: 'unknown',
      address: {},
      coordinates: {},
    },
    locations: content.locations,
    attendees: content.attendees.map((attendee) => shapeAttendee(attendee, prefer)),
    organizer: { emailAddress: item.organizer },
    onlineMeeting: content.joinUrl === null ? null : shapeOnline(tenant, content.joinUrl),
  };
}

/** A whole day is a day wherever one is; a moment is told in the zone that was asked for. */
export function shapeTime(time: WallTime, isAllDay: boolean, { zone, zoneName }: Preferences) {
  const { local } = isAllDay ? time : wallTimeAt(instantOf(time), zone);
  return { dateTime: `${local}.0000000`, timeZone: zoneName };
}

function originalStart({ item }: Instance, day: string): string {
  const { local, zone } = item.content.start;
  return iso(instantOf({ local: `${day}${local.slice(10)}`, zone }));
}

const shapeResponse = ({ word, at }: Response) => ({ response: word, time: at === null ? NEVER : iso(at) });

const shapeAttendee = ({ type, name, address, response, proposed }: Attendee, prefer: Preferences) => ({
  type,
  status: shapeResponse(response),
  emailAddress: { name, address },
  ...(proposed
    ? {
        proposedNewTime: {
          start: shapeTime(proposed.start, false, prefer),
          end: shapeTime(proposed.end, false, prefer),
        },
      }
    : {}),
});

/** With every property, used or not, as Graph does. */
const shapeRecurrence = ({ pattern, range }: Recurrence, { zone }: WallTime) => ({
  pattern: { ...pattern },
  range: { ...range, recurrenceTimeZone: zone.windows },
});

/** resources/onlinemeetinginfo.md; dial-in details where the organizer has a licence for them. */
function shapeOnline({ meetings }: Tenant, joinUrl: string) {
  const meeting = meetings.byJoinUrl(joinUrl);
  if (!meetings.audioConferencing || !meeting) return { joinUrl };
  return { joinUrl, conferenceId: meeting.conferenceId, tollNumber: '+49 30 555 0166' };
}
