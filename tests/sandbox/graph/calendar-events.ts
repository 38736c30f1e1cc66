import { Hono } from 'hono';
import { idOf, wholeOf } from '../tenant/occurrences.ts';
import { checkTimes, newContent, readContent, readExtended } from './calendar-event-input.ts';
import { type Deps, GRAPH, type GraphContext, type GraphEnv } from './env.ts';
import { filterEvents, orderEvents, readList, readTelling, tell, tellPage } from './event-query.ts';
import { GraphError } from './graph-error.ts';
import { asString, type JsonObject, readBody } from './json-body.ts';
import { CALENDAR_ROOTS, checkUnchanged, openEvent, readMailbox, writeMailbox } from './mailbox.ts';
import { checkOccurrence } from './occurrence-rules.ts';
import { invalidProperty } from './outlook-errors.ts';
import { readFlag, readWord } from './outlook-values.ts';
import { readQuery } from './query.ts';
import { readRecurrence } from './recurrence-input.ts';

/** GET and POST /me/events, GET, PATCH and DELETE /me/events/{id} (user-post-events.md, event-get.md, event-update.md). */
export function createCalendarEvents(deps: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  const { calendars, scheduling } = deps.tenant;
  for (const root of CALENDAR_ROOTS) {
    app.get(`${root}/events`, (c) => {
      const { basic } = readMailbox(c);
      const query = readList(c);
      const telling = readTelling(c, query, basic);
      const found = filterEvents(calendars.of(c.get('me').id).map(wholeOf), query.get('$filter'));
      return tellPage(c, deps, orderEvents(found, query.get('$orderby')), query, telling, 'events');
    });

    app.post(`${root}/events`, async (c) => {
      writeMailbox(c);
      const telling = readTelling(c, readQuery(c, []), false);
      const given = await readBody(c);
      const content = newContent(readContent(given));
      const draft = {
        content,
        recurrence: given.recurrence ? readRecurrence(given.recurrence, content.start) : null,
        extended: given.singleValueExtendedProperties ? readExtended(given.singleValueExtendedProperties) : new Map(),
        online: readOnline(given),
        transaction: readTransaction(given),
      };
      const item = knownTransaction(c, deps, draft.transaction) ?? scheduling.create(c.get('me'), draft);
      const told = tell(deps, wholeOf(item), telling);
      c.header('Location', `${GRAPH}/users('${c.get('me').id}')/events('${item.id}')`);
      return c.json({ '@odata.context': contextOf(c), ...told }, 201);
    });

    app.get(`${root}/events/:event`, (c) => {
      const { basic } = readMailbox(c);
      const telling = readTelling(c, readQuery(c, ['$select', '$expand']), basic);
      return c.json({ '@odata.context': contextOf(c), ...tell(deps, openEvent(c, deps), telling) });
    });

    app.patch(`${root}/events/:event`, async (c) => {
      writeMailbox(c);
      const telling = readTelling(c, readQuery(c, []), false);
      const instance = openEvent(c, deps);
      checkUnchanged(c, instance);
      const given = await readBody(c);
      const content = readContent(given);
      const { item, day } = instance;
      const times = { ...instance.content, ...content };
      checkTimes(times);
      if (given.transactionId !== undefined && given.transactionId !== (item.transaction?.id ?? null))
        throw fixedProperty();
      if (day !== null) {
        if (given.recurrence) throw fixedProperty();
        checkOccurrence(instance, times);
      } else if (
        item.recurrence &&
        !given.recurrence &&
        content.start &&
        content.start.zone.windows !== item.content.start.zone.windows
      ) {
        // Measured: the zone of a series moves only together with its recurrence.
        throw invalidProperty();
      }
      if (content.attendees)
        content.attendees = content.attendees.map((one) => ({
          ...one,
          ...answerOf(instance.content.attendees, one.address),
        }));
      scheduling.change(instance, {
        content,
        ...(given.recurrence === undefined || day !== null
          ? {}
          : { recurrence: given.recurrence === null ? null : readRecurrence(given.recurrence, times.start) }),
        ...(given.singleValueExtendedProperties ? { extended: readExtended(given.singleValueExtendedProperties) } : {}),
        // It can be turned on and never off again (outlook-calendar-online-meetings.md).
        online: readOnline(given),
      });
      const after = calendars.find(c.get('me').id, idOf(instance));
      return c.json({ '@odata.context': contextOf(c), ...tell(deps, after ?? instance, telling) });
    });

    app.delete(`${root}/events/:event`, (c) => {
      writeMailbox(c);
      readQuery(c, []);
      const instance = openEvent(c, deps);
      checkUnchanged(c, instance);
      // "If the event is a meeting, deleting it on the organizer's calendar sends a cancellation" (event-delete.md).
      scheduling.cancel(instance, null);
      return c.body(null, 204);
    });
  }
  return app;
}

const contextOf = (c: GraphContext) => `${GRAPH}/$metadata#users('${c.get('me').id}')/events/$entity`;

const fixedProperty = () => new GraphError(400, 'ErrorInvalidPropertySet', 'Set action is invalid for property.');

const PROVIDERS = ['teamsForBusiness', 'skypeForBusiness', 'skypeForConsumer', 'unknown'] as const;

/** Whether a Teams meeting is asked for; other providers are not set up here, so they make none. */
function readOnline(given: JsonObject): boolean {
  const provider = readWord(given.onlineMeetingProvider, PROVIDERS, 'teamsForBusiness');
  if (given.isOnlineMeeting === undefined) return false;
  return readFlag(given.isOnlineMeeting, 'isOnlineMeeting') && provider === 'teamsForBusiness';
}

function readTransaction(given: JsonObject) {
  if (given.transactionId === undefined || given.transactionId === null) return null;
  return { id: asString(given.transactionId, 'transactionId'), request: JSON.stringify(given) };
}

/**
 * The event that this client's create request made before: the same request again is answered with it (201, as if it
 * were new), another one with the same id is refused.
 */
function knownTransaction(c: GraphContext, { tenant }: Deps, transaction: { id: string; request: string } | null) {
  if (!transaction) return undefined;
  const known = tenant.calendars.of(c.get('me').id).find((item) => item.transaction?.id === transaction.id);
  if (!known || known.transaction?.request === transaction.request) return known;
  throw new GraphError(
    400,
    'ErrorDuplicateTransactionId',
    "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.",
  );
}

/** Who was invited before has answered before. */
function answerOf<T extends { address: string; response: unknown; proposed: unknown }>(before: T[], address: string) {
  const known = before.find((one) => one.address.toLowerCase() === address.toLowerCase());
  return known ? { response: known.response as never, proposed: known.proposed as never } : {};
}
