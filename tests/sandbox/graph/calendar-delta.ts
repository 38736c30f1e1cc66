import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { type Instance, idOf, instancesIn, wholeOf } from '../tenant/occurrences.ts';
import { shapeEvent, shapeTime } from './calendar-event-shape.ts';
import { RANGE, readRange } from './calendar-view.ts';
import { type Deps, GRAPH, type GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';
import { CALENDAR_ROOTS, readMailbox } from './mailbox.ts';
import { readPreferences } from './outlook-prefer.ts';
import { readQuery } from './query.ts';

/**
 * GET /me/calendarView/delta (event-delta.md): all of a stretch of time at first, then what changed. A series comes as its
 * master, whole, and its occurrences, of which only the times are told.
 */
export function createCalendarDelta(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const { calendars } = deps.tenant;
  for (const root of CALENDAR_ROOTS) {
    app.get(`${root}/calendarView/delta`, (c) => {
      const { basic } = readMailbox(c);
      const prefer = readPreferences(c);
      const query = readQuery(c, [...RANGE, '$deltatoken', '$skiptoken']);
      const token = query.get('$deltatoken') ?? query.get('$skiptoken');
      const me = c.get('me').id;
      const state =
        token === undefined
          ? { ownerId: me, ...readRange(query), known: new Map<string, number>() }
          : calendars.syncStates.get(token);
      if (!state || state.ownerId !== me) throw syncStateNotFound();
      const there = deps.tenant.calendars.of(me).flatMap((item) => {
        const found = instancesIn(item, state.from, state.until);
        return item.recurrence && found.length > 0 ? [wholeOf(item), ...found] : found;
      });
      const now = new Map(there.map((one) => [idOf(one), versionOf(one)]));
      const gone = [...state.known.keys()].filter((id) => !now.has(id));
      const changed = there.filter((one) => state.known.get(idOf(one)) !== versionOf(one));
      const all = [
        ...changed.map((one) => ({
          id: idOf(one),
          version: versionOf(one),
          told: tellChange(deps, one, prefer, basic),
        })),
        ...gone.map((id) => ({ id, version: undefined, told: { id, '@removed': { reason: 'deleted' } } })),
      ];
      const page = all.slice(0, prefer.maxPageSize ?? 10);
      // A token stands for what its holder has been told, so a link can be followed again.
      const known = new Map(state.known);
      for (const { id, version } of page) version === undefined ? known.delete(id) : known.set(id, version);
      const next = randomUUID().replaceAll('-', '');
      calendars.syncStates.set(next, { ...state, known });
      const more = page.length < all.length;
      const link = `${GRAPH}${root}/calendarView/delta?${more ? '$skiptoken' : '$deltatoken'}=${next}`;
      return c.json({
        '@odata.context': CONTEXT,
        [more ? '@odata.nextLink' : '@odata.deltaLink']: link,
        value: page.map(({ told }) => told),
      });
    });
  }
  return app;
}

const CONTEXT = `${GRAPH}/$metadata#Collection(event)`;

const versionOf = ({ item, exception }: Instance) => exception?.version ?? item.version;

function tellChange({ tenant }: Deps, one: Instance, prefer: ReturnType<typeof readPreferences>, basic: boolean) {
  if (one.day === null || one.exception)
    return { '@odata.type': '#microsoft.graph.event', ...shapeEvent(tenant, one, prefer, { basic }) };
  const { content, item } = one;
  return {
    '@odata.type': '#microsoft.graph.event',
    id: idOf(one),
    seriesMasterId: item.id,
    type: 'occurrence',
    start: shapeTime(content.start, content.isAllDay, prefer),
    end: shapeTime(content.end, content.isAllDay, prefer),
  };
}

const syncStateNotFound = () =>
  new GraphError(
    410,
    'SyncStateNotFound',
    'The sync state generation is not found; perform a full synchronization without a token.',
  );
