import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono, type MiddlewareHandler } from 'hono';
import { callerOf } from './caller.ts';
import { faultAnswer } from './fault-answer.ts';
import type { Faults } from './faults.ts';
import { counts, type RequestLog, tellBody } from './record.ts';
import type { Caller, Clock, RecordedRequest } from './shell.ts';

/** What the Node adapter passes along; absent for the parts of a $batch, which come from inside. */
interface Line {
  incoming?: IncomingMessage;
  outgoing?: ServerResponse;
}

type Env = Caller & { Bindings: Line };

/** Puts recording and faults around a stand-in, so that it has to think of neither. */
export function surround(
  inner: Hono<Caller>,
  options: { service: RecordedRequest['service']; clock: Clock; log: RequestLog; faults: Faults },
): Hono<Env> {
  const { service, clock, log, faults } = options;
  const record: MiddlewareHandler<Env> = async (c, next) => {
    const time = clock.now();
    const { pathname } = new URL(c.req.url);
    const { method } = c.req;
    const body =
      method === 'GET' || method === 'HEAD'
        ? undefined
        : tellBody(new Uint8Array(await c.req.raw.clone().arrayBuffer()));
    // Chromium sends a request again by itself, a POST too, when a reused HTTP/1.1 connection is cut. Graph speaks
    // HTTP/2, where it does not: without reuse, a cut here is what a cut there would be.
    const { incoming, outgoing }: Line = c.env ?? {};
    if (outgoing) outgoing.shouldKeepAlive = false;

    const asker = callerOf(service, c.req.raw.headers);
    const path = service === 'graph' ? pathname.replace(/^\/v1\.0(?=\/)/, '') : pathname;
    const rule = method === 'OPTIONS' ? undefined : faults.take({ service, method, path, caller: asker });
    let cut = rule?.offline === true || rule?.drop === 'before';
    if (rule?.delay) await wait(rule.delay);
    if (!cut && rule?.status !== undefined && !rule.after) {
      c.res = faultAnswer(rule, service, clock.now());
    } else if (!cut) {
      if (rule?.commitLate) c.set('commitLate', rule.commitLate);
      await next();
      // The extension measures leases on ERPNext's clock, which it reads here.
      if (service === 'erpnext') c.res.headers.set('date', new Date(clock.now()).toUTCString());
      if (rule?.delayAnswer) await wait(rule.delayAnswer);
      if (rule?.status !== undefined) c.res = faultAnswer(rule, service, clock.now());
      cut = rule?.drop === 'after';
    }

    if (counts(service, method, pathname)) {
      log.add({
        time,
        service,
        method,
        url: c.req.url,
        headers: Object.fromEntries(c.req.raw.headers),
        ...(body === undefined ? {} : { body }),
        status: cut ? 0 : c.res.status,
        ...optionalCaller(c.get('caller') ?? asker),
        ...(c.req.header('x-sandbox-batch') ? { inBatch: true } : {}),
      });
    }
    if (!cut) return;
    c.res = incoming ? cutLine(incoming) : faultAnswer({ status: 504 }, service, clock.now());
  };

  const outer = new Hono<Env>();
  outer.use('*', record);
  outer.route('/', inner as unknown as Hono<Env>);
  // route() leaves the stand-in's own "not found" behind; it knows its service's shape, so it answers.
  outer.notFound((c) => inner.fetch(c.req.raw, c.env));
  return outer;
}

function optionalCaller(caller: string | undefined): { caller?: string } {
  return caller ? { caller } : {};
}

/** The adapter is told by this header that nothing is left to send. */
function cutLine(incoming: IncomingMessage): Response {
  incoming.socket.destroy();
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } });
}
