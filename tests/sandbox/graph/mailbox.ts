import { setTimeout as wait } from 'node:timers/promises';
import { createMiddleware } from 'hono/factory';
import { callerOf } from '../caller.ts';
import { hasMailbox } from '../tenant/meeting-copies.ts';
import type { Instance } from '../tenant/occurrences.ts';
import { changeKeyOf, readId } from '../tenant/occurrences.ts';
import type { Deps, GraphContext, GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';
import { accessDenied, changeKeyConflict, itemNotFound, malformedId, noMailbox } from './outlook-errors.ts';

/** The paths under which Graph knows a person's main calendar. Handlers are registered for each. */
export const CALENDAR_ROOTS = ['/me', '/me/calendar'] as const;

const READ = ['Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite'];

/** For reads; with Calendars.ReadBasic alone, bodies and extended properties stay unread. */
export function readMailbox(c: GraphContext): { basic: boolean } {
  const may = READ.filter((scope) => c.get('scopes').has(scope));
  if (may.length === 0) throw accessDenied();
  if (!hasMailbox(c.get('me'))) throw noMailbox();
  return { basic: may.length === 1 && may[0] === 'Calendars.ReadBasic' };
}

export function writeMailbox(c: GraphContext): void {
  if (!c.get('scopes').has('Calendars.ReadWrite')) throw accessDenied();
  if (!hasMailbox(c.get('me'))) throw noMailbox();
}

/** The event or occurrence in the path, in one's own calendar. */
export function openEvent(c: GraphContext, { tenant }: Deps): Instance {
  const id = c.req.param('event') ?? '';
  if (!readId(id)) throw malformedId();
  const found = tenant.calendars.find(c.get('me').id, id);
  if (!found) throw itemNotFound();
  return found;
}

/** `If-Match`, where it is given. */
export function checkUnchanged(c: GraphContext, instance: Instance): void {
  const wanted = c.req.header('if-match');
  if (wanted !== undefined && wanted !== '*' && wanted !== `W/"${changeKeyOf(instance)}"`) throw changeKeyConflict();
}

const CONCURRENT = 4;

/** At most four requests of one app to one mailbox at a time (throttling-limits.md, Outlook service limits). */
export function limitConcurrency(mode: 'real' | 'off') {
  const running = new Map<string, number>();
  return createMiddleware<GraphEnv>(async (c, next) => {
    if (mode === 'off') return next();
    // Whose mailbox it is, before the token is looked at: calls count from when they come in.
    const id = callerOf('graph', c.req.raw.headers) ?? '';
    const now = running.get(id) ?? 0;
    if (now >= CONCURRENT)
      throw new GraphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
        'Retry-After': '1',
      });
    running.set(id, now + 1);
    try {
      // A mailbox takes its time; an answer at once would let any number of parallel requests through.
      await wait(5);
      await next();
    } finally {
      running.set(id, (running.get(id) ?? 1) - 1);
    }
  });
}
