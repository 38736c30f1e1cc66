import { Hono } from 'hono';
import type { Deps, GraphContext, GraphEnv } from './env.ts';
import { badRequest } from './graph-error.ts';
import { asArray, asObject, asString, type JsonObject, readBody } from './json-body.ts';

interface Part {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: unknown;
  dependsOn: string[];
}

interface PartAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: unknown;
}

const MAX_PARTS = 20;

/** POST /$batch (json-batching.md): parts are judged one by one, and answered in an order of their own. */
export function createBatch({ dispatch }: Deps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>();
  app.post('/$batch', async (c) => {
    const given = asArray((await readBody(c)).requests, 'requests');
    if (given.length === 0 || given.length > MAX_PARTS) {
      throw badRequest(`The number of requests in a batch is limited to ${MAX_PARTS}; ${given.length} were given.`);
    }
    const parts = given.map(readPart);
    checkIds(parts);
    const answers = new Map<string, PartAnswer>();
    for (const part of parts) answers.set(part.id, await run(c, part, answers));
    // The real order is any; this one is never the order asked in.
    return c.json({ responses: [...answers.values()].reverse() });
  });

  async function run(c: GraphContext, part: Part, before: Map<string, PartAnswer>): Promise<PartAnswer> {
    if (part.dependsOn.some((id) => (before.get(id)?.status ?? 0) >= 400)) {
      const error = { code: 'FailedDependency', message: 'A request that this one depends on has failed.' };
      return { id: part.id, status: 424, headers: { 'Content-Type': 'application/json' }, body: { error } };
    }
    const headers = new Headers(part.headers);
    headers.set('x-sandbox-batch', '1');
    if (!headers.has('authorization')) headers.set('authorization', c.req.header('authorization') ?? '');
    const url = new URL(`https://graph.microsoft.com/v1.0/${part.url.replace(/^\//, '')}`);
    const body = part.body === undefined ? null : typeof part.body === 'string' ? part.body : JSON.stringify(part.body);
    return toAnswer(part.id, await dispatch(new Request(url, { method: part.method, headers, body })));
  }

  return app;
}

async function toAnswer(id: string, response: Response): Promise<PartAnswer> {
  const kept = ['content-type', 'retry-after', 'location', 'www-authenticate', 'etag', 'cache-control'];
  const headers = Object.fromEntries([...response.headers].filter(([name]) => kept.includes(name)).map(named));
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length === 0) return { id, status: response.status, headers };
  const json = /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
  // Bytes travel as base64 text inside the JSON.
  return { id, status: response.status, headers, body: json ? JSON.parse(bytes.toString()) : bytes.toString('base64') };
}

function readPart(value: unknown): Part {
  const given = asObject(value, 'requests');
  const id = asString(given.id, 'id');
  const method = asString(given.method, 'method').toUpperCase();
  const url = asString(given.url, 'url');
  if (!['GET', 'POST', 'PATCH', 'PUT', 'DELETE'].includes(method))
    throw badRequest(`Invalid method '${method}' in the batch request '${id}'.`);
  if (/^https?:/i.test(url)) throw badRequest(`The URL of the batch request '${id}' must be relative.`);
  if (/^\/?\$batch\b/.test(url)) throw badRequest('A batch cannot hold another batch.');
  const headers = readHeaders(given);
  if (given.body !== undefined && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) {
    throw badRequest(`Request '${id}' has a body, so its headers must hold a Content-Type.`);
  }
  if (method === 'GET' && given.body !== undefined) throw badRequest(`The GET request '${id}' must not have a body.`);
  const dependsOn =
    given.dependsOn === undefined ? [] : asArray(given.dependsOn, 'dependsOn').map((d) => asString(d, 'dependsOn'));
  return { id, method, url, headers, body: given.body, dependsOn };
}

function readHeaders(given: JsonObject): Record<string, string> {
  if (given.headers === undefined || given.headers === null) return {};
  return Object.fromEntries(
    Object.entries(asObject(given.headers, 'headers')).map(([name, value]) => [name, String(value)]),
  );
}

/** Ids are unique, and a part can wait only for one that stands before it. */
function checkIds(parts: Part[]): void {
  const seen = new Set<string>();
  for (const { id, dependsOn } of parts) {
    if (seen.has(id)) throw badRequest(`The batch request id '${id}' is used twice.`);
    for (const other of dependsOn) {
      if (!seen.has(other))
        throw badRequest(`The batch request '${id}' depends on '${other}', which does not stand before it.`);
    }
    seen.add(id);
  }
}

const named = ([name, value]: [string, string]): [string, string] => [
  name
    .replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())
    .replace('Www', 'WWW')
    .replace('Etag', 'ETag'),
  value,
];
