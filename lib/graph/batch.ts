import * as v from 'valibot';
import type { CallInit, Graph } from './client.ts';
import { strangeAnswer } from './errors.ts';
import { type Limit, limitsOf } from './limits.ts';
import { parsed } from './pages.ts';

/**
 * Many GETs in few requests: their answers in order; the first refusal rejects. Each part counts against Graph's limits
 * on its own, and a part that was throttled comes inside a 200, so it is asked again in a next round.
 * Source: Graph documentation, "Combine multiple HTTP requests using JSON batching".
 */
export async function getMany(graph: Graph, paths: string[], init: CallInit = {}): Promise<unknown[]> {
  const results: unknown[] = new Array(paths.length);
  for (let start = 0; start < paths.length; start += MOST_PARTS) {
    let open = paths.slice(start, start + MOST_PARTS).map((path, i) => ({ path, index: start + i }));
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
        if (answer.status >= 200 && answer.status < 300) results[part.index] = answer.body;
        else if (round < ROUNDS && REPEATED.has(answer.status)) again.push(part);
        else
          throw await graph.refused(answer.status, answer.body, { method: 'GET', path: part.path }, secondsOf(answer));
        // The next round waits for this in the budget.
        if (REPEATED.has(answer.status)) graph.budget.blocked(limitsOf('GET', part.path), secondsOf(answer));
      }
      open = again;
    }
  }
  return results;
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
const Batch = v.object({ responses: v.array(Part) });

async function ask(graph: Graph, paths: string[], init: CallInit) {
  const { headers } = init;
  const requests = paths.map((url, i) => ({ id: String(i), method: 'GET', url, ...(headers ? { headers } : {}) }));
  const limits = new Map<string, Limit>();
  for (const limit of paths.flatMap((path) => limitsOf('GET', path)))
    limits.set(limit.key, { ...limit, cost: (limits.get(limit.key)?.cost ?? 0) + 1 });
  const { responses } = await graph.post('/$batch', { requests }, (answer) => parsed(Batch, answer), {
    signal: init.signal,
    safe: true,
    limits: [...limits.values()],
  });
  return new Map(responses.map((part) => [part.id, part]));
}

function secondsOf(part: v.InferOutput<typeof Part>): number {
  const entry = Object.entries(part.headers ?? {}).find(([name]) => name.toLowerCase() === 'retry-after');
  const seconds = Number(entry?.[1]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 1;
}
