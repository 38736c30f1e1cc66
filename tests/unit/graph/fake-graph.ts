import { existsSync } from 'node:fs';
import { afterEach, expect } from 'vitest';
import { createBudget } from '../../../lib/graph/budget.ts';
import { createGraph, type GraphDeps } from '../../../lib/graph/client.ts';
import type { Clock } from '../../../lib/model/clock.ts';
import { type AppError, AppFailure } from '../../../lib/model/errors.ts';
import { CUT_FROM_MODEL } from '../../../scripts/graph-model.ts';

export interface Sent {
  method: string;
  url: string;
  /** Relative to the version, decoded. */
  path: string;
  headers: Headers;
  body: unknown;
  /** The clock when it was sent, in milliseconds. */
  at: number;
}

export type Answer = Response | Error | ((sent: Sent) => Response | Error);

/** Graph as a list of answers: each request takes the next, the last one stays. */
export function fakeGraph(answers: Answer[], deps: Partial<GraphDeps> = {}) {
  const clock = fakeClock();
  const sent: Sent[] = [];
  const tokens: ({ claims?: string; forceRefresh?: boolean } | undefined)[] = [];
  let turn = 0;
  const fetchFn = (async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = String(input);
    const one: Sent = {
      method: init.method ?? 'GET',
      url,
      path: decodeURIComponent(new URL(url).pathname.replace(/^\/v1\.0/, '') + new URL(url).search),
      headers: new Headers(init.headers),
      body: init.body === undefined ? undefined : JSON.parse(String(init.body)),
      at: clock.now(),
    };
    sent.push(one);
    recorded.push(one);
    const answer = answers[Math.min(turn++, answers.length - 1)] as Answer;
    const given =
      typeof answer === 'function' ? answer(one) : answer.constructor === Response ? answer.clone() : answer;
    if (given instanceof Error) throw given;
    return given;
  }) as typeof fetch;
  const graph = createGraph({
    token: async (options) => {
      tokens.push(options);
      return `token-${tokens.length}`;
    },
    base: () => 'https://graph.microsoft.com',
    clock,
    fetch: fetchFn,
    budget: createBudget(clock, undefined, () => 0.5),
    ...deps,
  });
  return { graph, sent, tokens, clock };
}

/** A clock that jumps: sleeping takes no time and moves `now`. */
export function fakeClock(start = 1_800_000_000_000): Clock & { slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

export function graphError(status: number, code: string, message: string, headers: Record<string, string> = {}) {
  return json({ error: { code, message, innerError: { 'request-id': 'r-1' } } }, status, headers);
}

export async function errorOf(promise: Promise<unknown>): Promise<AppError> {
  const caught = await promise.then(
    () => null,
    (e: unknown) => e,
  );
  expect(caught).toBeInstanceOf(AppFailure);
  return (caught as AppFailure).error;
}

// Where Microsoft's own model is at hand, every request any of these tests sends must be one it knows.
const recorded: Sent[] = [];
const model = new URL('../../../../shared/graph/check.mjs', import.meta.url);
const check: ((request: { method: string; url: string; body?: unknown }) => string[]) | null = existsSync(model)
  ? (await import(model.href)).checkRequest
  : null;

afterEach(() => {
  for (const { method, url, body } of recorded.splice(0))
    if (check)
      expect(
        check({ method, url, body }).filter((p) => !CUT_FROM_MODEL.test(p)),
        `${method} ${url}`,
      ).toEqual([]);
});
