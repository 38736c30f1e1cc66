import type { Attendee, EventContent } from '../tenant/calendar-records.ts';
import { timeOf } from '../tenant/zones.ts';
import { keepBody } from './event-body.ts';
import { GraphError } from './graph-error.ts';
import { asArray, asObject, asString, checkProperties, type JsonObject } from './json-body.ts';
import { invalidProperty, invalidRequest, unreadableBody } from './outlook-errors.ts';
import { checkOrder, readFlag, readWallTime, readWord } from './outlook-values.ts';

const MAX_ATTENDEES = 500;

/** Of an event, whatever it has that can be written. */
export function readContent(given: JsonObject): Partial<EventContent> {
  checkNames(given);
  const has = (name: string) => given[name] !== undefined;
  const content: Partial<EventContent> = {};
  if (has('subject'))
    content.subject = given.subject === null ? null : asString(given.subject, 'subject').slice(0, 255);
  if (has('body')) content.html = readBodyOf(given.body);
  if (has('start')) content.start = readWallTime(given.start, 'start');
  if (has('end')) content.end = readWallTime(given.end, 'end');
  if (has('attendees')) content.attendees = readAttendees(given.attendees);
  if (has('location') || has('locations')) content.locations = readLocations(given);
  if (has('categories'))
    content.categories = asArray(given.categories, 'categories').map((c) => asString(c, 'categories'));
  if (has('importance')) content.importance = readWord(given.importance, ['low', 'normal', 'high'], 'normal');
  if (has('sensitivity')) content.sensitivity = readWord(given.sensitivity, SENSITIVITIES, 'normal');
  if (has('showAs')) content.showAs = readWord(given.showAs, STATUSES, 'busy');
  if (has('reminderMinutesBeforeStart'))
    content.reminderMinutesBeforeStart = readMinutes(given.reminderMinutesBeforeStart);
  for (const name of FLAGS) if (has(name)) content[name] = readFlag(given[name], name);
  return content;
}

/** What a new event has of all that was not said. */
export function newContent(given: Partial<EventContent>): EventContent {
  const { start, end } = given;
  if (!start || !end) throw invalidProperty();
  const content: EventContent = {
    subject: null,
    html: '',
    isAllDay: false,
    locations: [],
    attendees: [],
    importance: 'normal',
    sensitivity: 'normal',
    showAs: given.isAllDay ? 'free' : 'busy',
    isReminderOn: true,
    reminderMinutesBeforeStart: 15,
    responseRequested: true,
    allowNewTimeProposals: true,
    hideAttendees: false,
    isDraft: false,
    categories: [],
    joinUrl: null,
    ...given,
    start,
    end,
  };
  checkTimes(content);
  return content;
}

/** Whole days begin and end at midnight of one zone. */
export function checkTimes({ start, end, isAllDay }: Pick<EventContent, 'start' | 'end' | 'isAllDay'>): void {
  checkOrder(start, end);
  if (!isAllDay) return;
  if (timeOf(start) !== '00:00:00')
    throw invalidRequest('The Event.Start property for an all-day event needs to be set to midnight.');
  if (timeOf(end) !== '00:00:00')
    throw invalidRequest('The Event.End property for an all-day event needs to be set to midnight.');
  if (start.zone.windows !== end.zone.windows)
    throw invalidRequest(
      'The Event.Start and Event.End properties for an all-day event need to be in the same time zone.',
    );
  // On the day that summer time begins, midnight to midnight is 23 hours and still a day.
  if (end.local <= start.local)
    throw invalidRequest('The duration of an event marked as All day must be at least 24 hours.');
}

export function readExtended(value: unknown): Map<string, string> {
  return new Map(
    asArray(value, 'singleValueExtendedProperties').map((one) => {
      const given = asObject(one, 'singleValueExtendedProperties');
      checkProperties(given, 'microsoft.graph.singleValueLegacyExtendedProperty', ['id', 'value']);
      return [readPropertyId(asString(given.id, 'id')), asString(given.value, 'value')];
    }),
  );
}

/** `String {GUID} Name …` and its kin (extended-properties-overview.md); the GUID is told in small letters. */
export function readPropertyId(id: string): string {
  const [, type, guid, rest] = PROPERTY_ID.exec(id) ?? [];
  if (!type) throw new GraphError(400, 'ErrorInvalidProperty', `The property id '${id}' is invalid.`);
  return guid ? `${type} {${guid.toLowerCase()}} ${rest}` : id;
}

const PROPERTY_ID =
  /^((?:String|Integer|Boolean|Double|Float|Long|Short|SystemTime|CLSID|Binary)(?:Array)?) (?:\{([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\} ((?:Name .+)|(?:Id 0x[\da-f]+))|0x[\da-f]+)$/i;

function readAttendees(value: unknown): Attendee[] {
  if (value === null) return [];
  const byAddress = new Map<string, Attendee>();
  for (const one of asArray(value, 'attendees')) {
    const given = asObject(one, 'attendees');
    checkProperties(given, 'microsoft.graph.attendee', ['emailAddress', 'type', 'status', 'proposedNewTime']);
    const { name, address } = readMailbox(given.emailAddress);
    const type = readWord(given.type, ['required', 'optional', 'resource'], 'required');
    byAddress.set(address.toLowerCase(), { name, address, type, response: { word: 'none', at: null }, proposed: null });
  }
  if (byAddress.size > MAX_ATTENDEES)
    throw new GraphError(400, 'ErrorInvalidRecipients', `A meeting can have ${MAX_ATTENDEES} attendees at most.`);
  return [...byAddress.values()];
}

/** emailAddress; the name is the address where none is given. */
export function readMailbox(value: unknown): { name: string; address: string } {
  const given = asObject(value, 'emailAddress');
  checkProperties(given, 'microsoft.graph.emailAddress', ['name', 'address']);
  const address = typeof given.address === 'string' ? given.address.trim() : '';
  if (!/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address))
    throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
  return { name: typeof given.name === 'string' && given.name !== '' ? given.name : address, address };
}

function readBodyOf(value: unknown): string {
  if (value === null) return '';
  const given = asObject(value, 'body');
  checkProperties(given, 'microsoft.graph.itemBody', ['contentType', 'content']);
  const type = readWord(given.contentType, ['text', 'html'], 'text');
  return keepBody(
    type,
    given.content === undefined || given.content === null ? '' : asString(given.content, 'content'),
  );
}

/** "The location and locations properties always correspond with each other." */
function readLocations({ location, locations }: JsonObject): Record<string, unknown>[] {
  const given = locations === undefined ? (location === null ? [] : [location]) : asArray(locations, 'locations');
  return given.flatMap((one) => {
    const place = asObject(one, 'location');
    checkProperties(place, 'microsoft.graph.location', LOCATION);
    const { displayName } = place;
    if (displayName === undefined || displayName === null || displayName === '') return [];
    return [{ locationType: 'default', uniqueId: displayName, uniqueIdType: 'private', ...place }];
  });
}

function readMinutes(value: unknown): number {
  if (Number.isInteger(value)) return Number(value);
  throw unreadableBody(
    "Cannot convert the value of 'reminderMinutesBeforeStart' to the expected target type 'Edm.Int32'.",
  );
}

function checkNames(given: JsonObject): void {
  for (const name of Object.keys(given)) {
    if (name.includes('@odata.') || WRITABLE.includes(name) || READ_ONLY.includes(name)) continue;
    throw unreadableBody(
      `The property '${name}' does not exist on type 'microsoft.graph.event'. Make sure to only use property names that are defined by the type.`,
    );
  }
}

const FLAGS = [
  'isAllDay',
  'isReminderOn',
  'responseRequested',
  'allowNewTimeProposals',
  'hideAttendees',
  'isDraft',
] as const;
const SENSITIVITIES = ['normal', 'personal', 'private', 'confidential'] as const;
const STATUSES = ['free', 'tentative', 'busy', 'oof', 'workingElsewhere', 'unknown'] as const;
const LOCATION =
  'displayName locationType uniqueId uniqueIdType address coordinates locationEmailAddress locationUri'.split(' ');

const WRITABLE: string[] = [
  ...FLAGS,
  ...'subject body start end attendees location locations categories importance sensitivity showAs'.split(' '),
  ...'reminderMinutesBeforeStart recurrence isOnlineMeeting onlineMeetingProvider transactionId'.split(' '),
  'singleValueExtendedProperties',
];

/** Told by Graph alone; who sends them back changes nothing. */
const READ_ONLY: string[] = [
  ...'id createdDateTime lastModifiedDateTime changeKey iCalUId organizer webLink type seriesMasterId'.split(' '),
  ...'bodyPreview hasAttachments isOrganizer isCancelled responseStatus onlineMeeting onlineMeetingUrl'.split(' '),
  ...'originalStart originalStartTimeZone originalEndTimeZone cancelledOccurrences'.split(' '),
];

/** Names that `$select` may hold. */
export const EVENT_PROPERTIES: readonly string[] = [...WRITABLE, ...READ_ONLY].filter(
  (name) => name !== 'singleValueExtendedProperties',
);
