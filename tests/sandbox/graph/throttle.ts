import { createMiddleware } from 'hono/factory';
import type { Clock } from '../shell.ts';
import type { GraphEnv } from './env.ts';
import { GraphError } from './graph-error.ts';
import { type Limit, limitsFor } from './throttling-table.ts';

/**
 * Microsoft's throttling table (throttling-teams.md) as sliding windows on the sandbox's clock. Refused calls count
 * too, so that hammering keeps the door shut. Whether the real limits allow bursts is not documented; here they do not.
 */
export function throttle(clock: Clock, mode: 'real' | 'off') {
  const calls = new Map<string, number[]>();
  return createMiddleware<GraphEnv>(async (c, next) => {
    if (mode === 'real') {
      const limits = limitsFor(c.req.method, new URL(c.req.url).pathname, c.get('me'));
      const wait = Math.max(0, ...limits.map((limit) => count(calls, limit, clock.now())));
      if (wait > 0) throw tooManyRequests(wait);
    }
    await next();
  });
}

/** Notes one call; milliseconds until the limit lets another one pass, 0 where this one may. */
function count(calls: Map<string, number[]>, { key, calls: allowed, window, cost = 1 }: Limit, now: number): number {
  const recent = (calls.get(key) ?? []).filter((time) => time > now - window);
  const full = recent.length + cost > allowed;
  for (let i = 0; i < cost; i++) recent.push(now);
  calls.set(key, recent);
  return full ? Math.max(1, (recent[recent.length - allowed] ?? now) + window - now) : 0;
}

function tooManyRequests(wait: number): GraphError {
  const seconds = String(Math.ceil(wait / 1000));
  return new GraphError(429, 'TooManyRequests', `Too many requests. Retry after ${seconds} seconds.`, {
    'Retry-After': seconds,
  });
}
