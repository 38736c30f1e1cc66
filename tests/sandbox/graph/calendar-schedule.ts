import { Hono } from 'hono';
import { type Instance, instancesIn } from '../tenant/occurrences.ts';
import { instantOf } from '../tenant/zones.ts';
import { parameters } from './calendar-actions.ts';
import { shapeTime } from './calendar-event-shape.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';
import { asArray, asString, readBody } from './json-body.ts';
import { readMailbox } from './mailbox.ts';
import { WORKING_HOURS } from './mailbox-settings.ts';
import { type Preferences, readPreferences } from './outlook-prefer.ts';
import { readWallTime } from './outlook-values.ts';
import { readQuery } from './query.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MAX_SCHEDULES = 20;
const MAX_DAYS = 62;
const DIGITS: Record<string, number> = { free: 0, unknown: 0, workingElsewhere: 4, tentative: 1, busy: 2, oof: 3 };
/** Which of two overlapping items shows: out of office before busy before tentative. */
const RANK = [0, 4, 1, 2, 3];

/** POST /me/calendar/getSchedule (calendar-getschedule.md, outlook-get-free-busy-schedule.md). */
export function createCalendarSchedule(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.post('/me/calendar/getSchedule', async (c) => {
    readMailbox(c);
    readQuery(c, []);
    const prefer = readPreferences(c);
    const given = parameters(await readBody(c), ['schedules', 'startTime', 'endTime', 'availabilityViewInterval']);
    const addresses = asArray(given.schedules, 'Schedules').map((one) => asString(one, 'Schedules'));
    if (addresses.length === 0) throw invalid('The schedules parameter is empty.');
    if (addresses.length > MAX_SCHEDULES) throw invalid(`More than ${MAX_SCHEDULES} schedules were asked for at once.`);
    const from = instantOf(readWallTime(given.startTime, 'StartTime'));
    const until = instantOf(readWallTime(given.endTime, 'EndTime'));
    if (until <= from) throw invalid('The end time must be later than the start time.');
    if (until - from >= MAX_DAYS * DAY)
      throw new GraphError(
        400,
        'ErrorTimeIntervalTooBig',
        `The requested time interval must be less than ${MAX_DAYS} days.`,
      );
    const interval = given.availabilityViewInterval ?? 30;
    if (!Number.isInteger(interval) || Number(interval) < 5 || Number(interval) > 1440)
      throw invalid('The availabilityViewInterval must be from 5 to 1440 minutes.');
    const span = { from, until, slot: Number(interval) * MINUTE };
    return c.json({
      '@odata.context': `${GRAPH}/$metadata#Collection(microsoft.graph.scheduleInformation)`,
      value: addresses.map((address) => scheduleOf(c, deps, address, span, prefer)),
    });
  });
  return app;
}

interface Span {
  from: number;
  until: number;
  /** Length of one digit of the view, in ms. */
  slot: number;
}

function scheduleOf(
  c: GraphContext,
  { tenant }: Deps,
  address: string,
  { from, until, slot }: Span,
  prefer: Preferences,
) {
  const user = tenant.scheduling.userOf(address);
  if (!user || user.tenantId !== c.get('me').tenantId) return { scheduleId: address, ...unknownSchedule(address) };
  const busy = tenant.calendars
    .of(user.id)
    .flatMap((item) => instancesIn(item, from, until))
    .filter(({ isCancelled, content }) => !isCancelled && content.showAs !== 'free')
    .sort((a, b) => instantOf(a.content.start) - instantOf(b.content.start));
  const own = user.id === c.get('me').id;
  const slots = Math.ceil((until - from) / slot);
  const view = Array.from({ length: slots }, (_, i) =>
    digitOf(busy, from + i * slot, Math.min(until, from + (i + 1) * slot)),
  );
  return {
    scheduleId: address,
    availabilityView: view.join(''),
    scheduleItems: busy.map((one) => shapeItem(one, own, prefer)),
    workingHours: { ...WORKING_HOURS, timeZone: { name: tenant.calendars.zoneOf(user.id).windows } },
  };
}

function digitOf(busy: Instance[], from: number, until: number): number {
  const found = busy
    .filter(({ content }) => instantOf(content.start) < until && instantOf(content.end) > from)
    .map(({ content }) => DIGITS[content.showAs] ?? 0);
  return found.reduce((top, one) => (RANK.indexOf(one) > RANK.indexOf(top) ? one : top), 0);
}

/** Of others only when, not what: their calendars are shared no further than that. */
function shapeItem({ content }: Instance, own: boolean, prefer: Preferences) {
  return {
    ...(own ? { isPrivate: content.sensitivity === 'private' || content.sensitivity === 'confidential' } : {}),
    status: content.showAs,
    ...(own ? { subject: content.subject, location: content.locations[0]?.displayName ?? '' } : {}),
    start: shapeTime(content.start, content.isAllDay, prefer),
    end: shapeTime(content.end, content.isAllDay, prefer),
  };
}

const unknownSchedule = (address: string) => ({
  availabilityView: '',
  scheduleItems: [],
  error: {
    message: `Unable to resolve e-mail address <>SMTP:${address} to an Active Directory object.`,
    responseCode: 'ErrorMailRecipientNotFound',
  },
});

const invalid = (message: string) => new GraphError(400, 'ErrorInvalidParameter', message);
