import { Client, type GraphRequest, ResponseType, TelemetryHandler } from '@microsoft/microsoft-graph-client';
import type { Clock } from '../model/clock.ts';
import { type Budget, createBudget } from './budget.ts';
import { bytesOf } from './bytes.ts';
import { GraphRefusal, offline, outcomeUnknown, refusal, strangeAnswer } from './errors.ts';
import { type Limit, limitsOf } from './limits.ts';
import { Authenticate, type GetToken } from './middleware/authenticate.ts';
import { CallOptions, Carrier, uncarried } from './middleware/link.ts';
import { Retry, retryAfterOf } from './middleware/retry.ts';
import { Send } from './middleware/send.ts';

export interface GraphDeps {
  /** Must be silent; `forceRefresh` is asked for after a 401 without claims. */
  token: GetToken;
  /** Root of Graph in the account's cloud, `https://graph.microsoft.com`. */
  base(): string | Promise<string>;
  clock: Clock;
  fetch?: typeof fetch;
  /** The page on which an administrator allows what a permission is missing for; by the path that was asked. */
  consentUrl?(path: string): Promise<string>;
  /** The throttle, shared with whoever counts together; one of its own where it is left out. */
  budget?: Budget;
}

export interface CallInit {
  signal?: AbortSignal | undefined;
  headers?: Record<string, string>;
  /** A POST that may be repeated without harm. */
  safe?: boolean;
  /** One of many in a row, which the throttle spaces: chance was given its due where the row began. */
  steady?: boolean;
  /** Counted against these instead of those of the path. */
  limits?: Limit[];
}

/** Microsoft Graph v1.0 as one signed-in person. Paths are relative to the version and already percent-encoded. */
export interface Graph {
  /** The parsed JSON. A full `@odata.nextLink` is taken too. Rejects with AppFailure. */
  get(path: string, init?: CallInit): Promise<unknown>;
  /** What is no JSON, refused where it is longer than `most` bytes. */
  bytes(path: string, most: number, init?: CallInit): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The answer as `read` understands it. Where a write's answer is lost or not understood it rejects with
   * `outcome-unknown`, since by then it may well have happened.
   */
  post<T>(path: string, body: unknown, read: (answer: unknown) => T, init?: CallInit): Promise<T>;
  /** A PATCH, which may be repeated without harm: the same values stand there afterwards. */
  patch<T>(path: string, body: unknown, read: (answer: unknown) => T, init?: CallInit): Promise<T>;
  /** A DELETE, which may be repeated without harm: what is gone already is `not-found`. */
  remove(path: string, init?: CallInit): Promise<void>;
  /** Root and version, for references to other entities in bodies: `https://graph.microsoft.com/v1.0`. */
  root(): Promise<string>;
  /** The throttle all calls share; $batch tells it what it learns of its parts. */
  budget: Budget;
  /** What to throw for an answer, or a part of one, that is no success. */
  refused(...answer: Parameters<typeof refusal>): Promise<GraphRefusal>;
}

export function createGraph(deps: GraphDeps): Graph {
  const budget = deps.budget ?? createBudget(deps.clock);
  const fetchFn: typeof fetch = deps.fetch ?? ((...args) => globalThis.fetch(...args));
  let known: { base: string; client: Client } | null = null;

  const base = async () => (await deps.base()).replace(/\/+$/, '');

  function clientFor(root: string): Client {
    if (known?.base !== root) {
      const middleware = [
        new Carrier(),
        new TelemetryHandler(),
        new Retry(budget, deps.clock),
        new Authenticate(deps.token, root),
        new Send(fetchFn),
      ];
      known = { base: root, client: Client.initWithMiddleware({ baseUrl: root, middleware }) };
    }
    return known.client;
  }

  async function call(method: Method, path: string, body: unknown, init: CallInit): Promise<Response> {
    const root = await base();
    const relative = relativeTo(`${root}/v1.0`, path);
    const request = clientFor(root)
      .api(relative)
      .responseType(ResponseType.RAW)
      .middlewareOptions([
        new CallOptions(isSafe(method, init), init.limits ?? limitsOf(method, relative), !init.steady),
      ])
      .headers(init.headers ?? {});
    if (init.signal) request.option('signal', init.signal);
    let response: Response;
    try {
      response = await SENDS[method](request, body);
    } catch (e) {
      throw uncarried(e);
    }
    if (response.ok) return response;
    const after = retryAfterOf(response, deps.clock.now());
    throw await refused(response.status, await response.json().catch(() => null), { method, path: relative }, after);
  }

  async function refused(...answer: Parameters<typeof refusal>): Promise<GraphRefusal> {
    const plain = refusal(...answer);
    if (plain.error.code !== 'missing-scope' || !deps.consentUrl) return plain;
    const action = {
      kind: 'consent' as const,
      label: 'Ask an administrator',
      url: await deps.consentUrl(answer[2].path),
    };
    return new GraphRefusal({ ...plain.error, action }, plain.status, plain.said);
  }

  return {
    budget,
    refused,
    root: async () => `${await base()}/v1.0`,
    get: async (path, init = {}) => jsonOf(await call('GET', path, undefined, init)),
    bytes: async (path, most, init = {}) => bytesOf(await call('GET', path, undefined, init), most),
    async post(path, body, read, init = {}) {
      const response = await call('POST', path, body, init);
      try {
        return read(await jsonOf(response));
      } catch (cause) {
        throw isSafe('POST', init) ? cause : outcomeUnknown(`status ${response.status}, not understood`, cause);
      }
    },
    patch: async (path, body, read, init = {}) => read(await jsonOf(await call('PATCH', path, body, init))),
    async remove(path, init = {}) {
      await call('DELETE', path, undefined, init);
    },
  };
}

const SENDS = {
  GET: (request: GraphRequest): Promise<Response> => request.get(),
  POST: (request: GraphRequest, body: unknown): Promise<Response> => request.post(body),
  PATCH: (request: GraphRequest, body: unknown): Promise<Response> => request.patch(body),
  DELETE: (request: GraphRequest): Promise<Response> => request.delete(),
};
type Method = keyof typeof SENDS;

function isSafe(method: Method, init: CallInit): boolean {
  return init.safe ?? method !== 'POST';
}

/** A next link goes back to the same Graph only: the token travels with it. */
function relativeTo(root: string, path: string): string {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(path)) return path;
  if (!path.startsWith(`${root}/`)) throw strangeAnswer('a link to another host');
  return path.slice(root.length);
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause) => Promise.reject(offline(cause)));
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw strangeAnswer(`status ${response.status}, no JSON`);
  }
}
