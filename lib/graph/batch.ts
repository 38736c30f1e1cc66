import * as v from 'valibot';
import type { CallInit, Graph } from './client.ts';
import { type GraphRefusal, strangeAnswer } from './errors.ts';
import { type Limit, limitsOf } from './limits.ts';
import { parsed } from './pages.ts';

/** Many GETs in few requests: their answers in order; the first refusal rejects. */
export async function getMany(graph: Graph, paths: string[], init: CallInit = {}): Promise<unknown[]> {
  const bodies: unknown[] = [];
  for await (const { path, answer } of partsOf(graph, paths, init)) {
    if (!isSuccess(answer))
      throw await graph.refused(answer.status, answer.body, { method: 'GET', path }, secondsOf(answer));
    bodies.push(answer.body);
  }
  return bodies;
}

/** As `getMany`, for things that may not be there: undefined where Graph refused with one of these statuses. */
export async function getManyIfThere(graph: Graph, paths: string[], absent: readonly number[]): Promise<Found[]> {
  const found: Found[] = [];
  for await (const { path, answer } of partsOf(graph, paths, {})) {
    if (isSuccess(answer)) found.push({ type: headerOf(answer, 'content-type') ?? '', body: answer.body });
    else if (absent.includes(answer.status)) found.push(undefined);
    else throw await graph.refused(answer.status, answer.body, { method: 'GET', path }, secondsOf(answer));
  }
  return found;
}

/** What came of a part; what is no JSON comes as base64. */
export type Found = { type: string; body: unknown } | undefined;

/**
 * At most 20 GETs in one request, asked once: each one's answer, or its refusal, in order. Of what was throttled the
 * budget knows by then, so that asking again waits.
 */
export async function tryMany(graph: Graph, paths: string[], init: CallInit = {}): Promise<(Got | GraphRefusal)[]> {
  const answers = await ask(graph, paths, init);
  return Promise.all(
    paths.map(async (path, i) => {
      const answer = answers.get(String(i));
      if (!answer) throw strangeAnswer('$batch left a part out');
      if (isSuccess(answer)) return { body: answer.body };
      if (answer.status === 429) graph.budget.blocked(limitsOf('GET', path), secondsOf(answer));
      return graph.refused(answer.status, answer.body, { method: 'GET', path }, secondsOf(answer));
    }),
  );
}

export interface Got {
  body: unknown;
}

/**
 * The answers in order, a $batch after the other as they are taken. Each part counts against Graph's limits on its own,
 * and a part that was throttled comes inside a 200, so it is asked again in a next round.
 * Source: Graph documentation, "Combine multiple HTTP requests using JSON batching".
 */
async function* partsOf(graph: Graph, paths: string[], init: CallInit) {
  for (let start = 0; start < paths.length; start += MOST_PARTS) {
    const settled: { path: string; answer: PartAnswer }[] = [];
    let open = paths.slice(start, start + MOST_PARTS).map((path, index) => ({ path, index }));
    for (let round = 1; open.length; round++) {
      const answers = await ask(
        graph,
        open.map((part) => part.path),
        init,
      );
      const again: typeof open = [];
      for (const [i, part] of open.entries()) {
        const answer = answers.get(String(i));
        if (!answer) throw strangeAnswer('$batch left a part out');
        if (round < ROUNDS && REPEATED.has(answer.status)) again.push(part);
        else settled[part.index] = { path: part.path, answer };
        // The next round waits for this in the budget.
        if (REPEATED.has(answer.status)) graph.budget.blocked(limitsOf('GET', part.path), secondsOf(answer));
      }
      open = again;
    }
    yield* settled;
  }
}

/** Graph takes no more in one. */
export const MOST_PARTS = 20;
const ROUNDS = 4;
const REPEATED = new Set([429, 503, 504]);

const Part = v.object({
  id: v.string(),
  status: v.number(),
  headers: v.optional(v.record(v.string(), v.string())),
  body: v.optional(v.unknown()),
});
type PartAnswer = v.InferOutput<typeof Part>;
const Batch = v.object({ responses: v.array(Part) });

async function ask(graph: Graph, paths: string[], init: CallInit) {
  const { headers } = init;
  const requests = paths.map((url, i) => ({ id: String(i), method: 'GET', url, ...(headers ? { headers } : {}) }));
  const limits = new Map<string, Limit>();
  for (const limit of paths.flatMap((path) => limitsOf('GET', path)))
    limits.set(limit.key, { ...limit, cost: (limits.get(limit.key)?.cost ?? 0) + 1 });
  const { responses } = await graph.post('/$batch', { requests }, (answer) => parsed(Batch, answer), {
    signal: init.signal,
    steady: init.steady ?? false,
    safe: true,
    limits: [...limits.values()],
  });
  return new Map(responses.map((part) => [part.id, part]));
}

function isSuccess({ status }: PartAnswer): boolean {
  return status >= 200 && status < 300;
}

function secondsOf(part: PartAnswer): number {
  const seconds = Number(headerOf(part, 'retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 1;
}

function headerOf(part: PartAnswer, wanted: string): string | undefined {
  return Object.entries(part.headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
