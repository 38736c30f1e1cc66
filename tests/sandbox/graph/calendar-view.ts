import { Hono } from 'hono';
import { instancesIn } from '../tenant/occurrences.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { filterEvents, orderEvents, readList, readTelling, tellPage } from './event-query.ts';
import { GraphError } from './graph-error.ts';
import { CALENDAR_ROOTS, openEvent, readMailbox } from './mailbox.ts';
import { readNames, readQuery } from './query.ts';

/** The calendar itself, its view of a stretch of time, and the occurrences of one series (user-list-calendarview.md). */
export function createCalendarView(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.get('/me/calendar', (c) => {
    readMailbox(c);
    const select = readNames(readQuery(c, ['$select']), '$select');
    const whole = shapeCalendar(c, deps.tenant);
    const kept = Object.entries(whole).filter(
      ([name]) => select.length === 0 || name === 'id' || select.includes(name),
    );
    return c.json({
      '@odata.context': `${GRAPH}/$metadata#users('${c.get('me').id}')/calendar/$entity`,
      ...Object.fromEntries(kept),
    });
  });
  for (const root of CALENDAR_ROOTS) {
    app.get(`${root}/calendarView`, (c) => {
      const { basic } = readMailbox(c);
      const query = readList(c, RANGE);
      const { from, until } = readRange(query);
      const telling = readTelling(c, query, basic);
      const all = deps.tenant.calendars.of(c.get('me').id).flatMap((item) => instancesIn(item, from, until));
      const found = orderEvents(filterEvents(all, query.get('$filter')), query.get('$orderby'));
      return tellPage(c, deps, found, query, telling, 'calendarView');
    });
    app.get(`${root}/events/:event/instances`, (c) => {
      const { basic } = readMailbox(c);
      const query = readList(c, RANGE);
      const { from, until } = readRange(query);
      const telling = readTelling(c, query, basic);
      const { item, day } = openEvent(c, deps);
      if (!item.recurrence || day !== null)
        throw new GraphError(
          400,
          'ErrorInvalidRequest',
          "Your request can't be completed. Only a series has instances.",
        );
      const found = orderEvents(
        filterEvents(instancesIn(item, from, until), query.get('$filter')),
        query.get('$orderby'),
      );
      return tellPage(c, deps, found, query, telling, 'events');
    });
  }
  return app;
}

export const RANGE = ['startdatetime', 'enddatetime'];

/** "If no timezone offset is included in the value, it is interpreted as UTC", whatever the header Prefer says. */
export function readRange(query: Map<string, string>): { from: number; until: number } {
  const [from = 0, until = 0] = RANGE.map((name) => {
    const text = query.get(name);
    if (text === undefined)
      throw new GraphError(
        400,
        'ErrorInvalidParameter',
        'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
      );
    const [, local, offset = 'Z'] =
      /^(\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?)?)(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
    const time = Date.parse(
      local === undefined ? '' : local.includes('T') ? `${local}${offset}` : `${local}T00:00:00${offset}`,
    );
    if (Number.isNaN(time))
      throw new GraphError(400, 'ErrorInvalidParameter', `The value '${text}' of parameter '${name}' is invalid.`);
    return time;
  });
  if (until < from)
    throw new GraphError(400, 'ErrorInvalidParameter', 'The EndDateTime must be later than the StartDateTime.');
  // Exchange's limit for a calendar view (1,825 days).
  if (until - from > 1825 * 86_400_000)
    throw new GraphError(
      400,
      'ErrorCalendarViewRangeTooBig',
      'The specified view range exceeds the maximum range of 1825 days.',
    );
  return { from, until };
}

/** resources/calendar.md: the main calendar, which tells whether Teams meetings can be made in it. */
function shapeCalendar(c: GraphContext, { calendars }: Tenant): Record<string, unknown> {
  const me = c.get('me');
  return {
    id: `AAMkAG${Buffer.from(me.id).toString('base64url')}AEGAAA=`,
    name: 'Calendar',
    color: 'auto',
    hexColor: '',
    isDefaultCalendar: true,
    changeKey: 'NEXywgsVrkeNsFsyVyRrtAAAAAACOg==',
    canShare: true,
    canViewPrivateItems: true,
    canEdit: true,
    allowedOnlineMeetingProviders: calendars.teamsMeetings ? ['teamsForBusiness'] : [],
    defaultOnlineMeetingProvider: calendars.teamsMeetings ? 'teamsForBusiness' : 'unknown',
    isTallyingResponses: true,
    isRemovable: false,
    owner: { name: me.displayName, address: me.mail },
  };
}
