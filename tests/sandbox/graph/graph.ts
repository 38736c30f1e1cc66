import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Caller, Clock } from '../shell.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { createBatch } from './batch.ts';
import { bearer } from './bearer.ts';
import { createCalendarActions } from './calendar-actions.ts';
import { createCalendarDelta } from './calendar-delta.ts';
import { createCalendarEvents } from './calendar-events.ts';
import { createCalendarSchedule } from './calendar-schedule.ts';
import { createCalendarView } from './calendar-view.ts';
import { createChannelDelta } from './channel-delta.ts';
import { createChannelMessages } from './channel-messages.ts';
import { createChannelWrite } from './channel-write.ts';
import { createChatCreate } from './chat-create.ts';
import { createChatList } from './chat-list.ts';
import { createChatSingle } from './chat-single.ts';
import { createChatViewpoint } from './chat-viewpoint.ts';
import { createDrive } from './drive.ts';
import type { Deps, GraphEnv } from './env.ts';
import { badRequest, errorResponse, GraphError } from './graph-error.ts';
import { createHostedContents } from './hosted-contents.ts';
import { limitConcurrency } from './mailbox.ts';
import { createMailboxSettings } from './mailbox-settings.ts';
import { createMeetingArtifacts } from './meeting-artifacts.ts';
import { createMembers } from './members.ts';
import { createMessageActions } from './message-actions.ts';
import { createMessageList } from './message-list.ts';
import { createMessageWrite } from './message-write.ts';
import type { Post } from './notification-post.ts';
import { createOnlineMeetings } from './online-meetings.ts';
import { createPhotos } from './photos.ts';
import { createPresence } from './presence.ts';
import { createPush, type Push, type PushSwitches } from './push.ts';
import { createSearch } from './search.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTeams } from './teams.ts';
import { throttle } from './throttle.ts';
import { createUploads } from './upload-session.ts';
import { createUsers } from './users.ts';

export interface GraphOptions {
  tenant: Tenant;
  clock: Clock;
  /** Takes the parts of a $batch, marked by the header `x-sandbox-batch: 1`. */
  dispatch: Deps['dispatch'];
  /** Microsoft's throttling table, or none. `real` unless said otherwise. */
  throttle?: 'real' | 'off';
  /** Where change notifications may go; https alone unless said otherwise. */
  push?: PushSwitches | undefined;
  /** How they go there, for tests that cannot wait. */
  post?: Post;
}

/** The stand-in for graph.microsoft.com, version v1.0. */
export function createGraph(options: GraphOptions): { app: Hono<Caller>; push: Push } {
  const { tenant, clock, dispatch } = options;
  const push = createPush({ tenant, clock, post: options.post, initial: options.push });
  const deps: Deps = { tenant, clock, push, dispatch };
  const app = new Hono<GraphEnv>();

  app.use('*', cors({ origin: '*', exposeHeaders: EXPOSED, maxAge: 3600 }));
  app.use('*', async (c, next) => {
    await next();
    push.scan();
    const id = randomUUID();
    c.header('request-id', id);
    c.header('client-request-id', c.req.header('client-request-id') ?? id);
    c.header('Date', new Date(clock.now()).toUTCString());
  });
  for (const path of ['events', 'calendar', 'calendarView'])
    app.use(`/v1.0/me/${path}/*`, limitConcurrency(options.throttle ?? 'real'));
  app.use('/v1.0/*', bearer(tenant));
  app.use('/v1.0/*', throttle(clock, options.throttle ?? 'real'));

  for (const create of RESOURCES) app.route('/v1.0', create(deps));
  app.route('/', createUploads(deps));

  app.all('/v1.0/*', (c) => {
    const segment = c.req.path.split('/')[2] ?? '';
    throw badRequest(
      `Resource not found for the segment '${segment}': the sandbox knows no ${c.req.method} ${c.req.path}.`,
    );
  });
  app.all('*', () => {
    throw badRequest('Invalid version: v1.0 is the one served here.');
  });
  app.onError((error, c) => {
    if (error instanceof GraphError) return errorResponse(c, error, clock);
    console.error(error);
    return errorResponse(
      c,
      new GraphError(500, 'InternalServerError', `The sandbox itself failed: ${error.message}`),
      clock,
    );
  });
  // The shell wants to know of a caller alone; what else handlers keep is their own matter.
  return { app: app as unknown as Hono<Caller>, push };
}

const EXPOSED = [
  'ETag',
  'Location',
  'Preference-Applied',
  'Retry-After',
  'request-id',
  'client-request-id',
  'WWW-Authenticate',
];

const RESOURCES = [
  createUsers,
  createPhotos,
  createPresence,
  createChatCreate,
  createChatList,
  createChatSingle,
  createChatViewpoint,
  createMembers,
  createMessageList,
  createMessageWrite,
  createMessageActions,
  createHostedContents,
  createTeams,
  // Before the single message, which would take "delta" for an id.
  createChannelDelta,
  createChannelMessages,
  createChannelWrite,
  createSearch,
  createSubscriptions,
  createDrive,
  createCalendarEvents,
  createCalendarActions,
  createCalendarView,
  createCalendarDelta,
  createCalendarSchedule,
  createMailboxSettings,
  createOnlineMeetings,
  createMeetingArtifacts,
  createBatch,
];
