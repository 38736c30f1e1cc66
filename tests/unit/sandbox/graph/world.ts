import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GRAPH } from '../../../sandbox/graph/env.ts';
import { createGraph, type GraphOptions } from '../../../sandbox/graph/graph.ts';
import { BASE_TIER, createStage, redeem, signIn } from '../entra/browser.ts';

export const READING = ['Chat.Read', 'Chat.ReadWrite'];

/** One answer of the stand-in. `json` is null where there was no JSON. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely by tests
  json: any;
  headers: Headers;
  response: Response;
}

/**
 * The stand-in Microsoft with both doors. A person's token is fetched once by a real sign-in and kept; `consent`
 * decides what it holds. What the stand-in accepts must be known to Graph's own model: see `problems`.
 */
export function createWorld(options: Partial<GraphOptions> = {}) {
  const stage = createStage();
  const { tenant, clock } = stage;
  const accepted: { method: string; url: string; body?: unknown }[] = [];
  const graph = createGraph({ tenant, clock, throttle: 'off', dispatch: (part) => graph.app.fetch(part), ...options });
  const tokens = new Map<string, Promise<string>>();

  const tokenOf = (email: string): Promise<string> => {
    const known = tokens.get(email) ?? signInAs(email);
    tokens.set(email, known);
    return known;
  };
  const signInAs = async (email: string) => {
    const user = tenant.directory.require(email);
    const authority = user.userType === 'Guest' ? 'contoso.test' : 'organizations';
    const name = user.userType === 'Guest' ? (user.mail ?? '') : user.userPrincipalName;
    return (await signIn(stage, name, {}, authority)).tokens.access_token;
  };

  return {
    ...stage,
    graph,
    idOf: (email: string) => tenant.directory.require(email).id,
    consent: (...scopes: string[]) => {
      tenant.consents.grantForAll(scopes);
      tokens.clear();
    },
    reset: () => {
      tenant.reset();
      tokens.clear();
    },
    tokenOf,
    useToken: (email: string, token: string) => tokens.set(email, Promise.resolve(token)),
    /** A call as this person (by e-mail; null: without a token). */
    async call(
      email: string | null,
      method: string,
      path: string,
      body?: unknown,
      headers: Record<string, string> = {},
    ): Promise<Answer> {
      const url = path.startsWith('https:') ? path : GRAPH + path;
      const all = new Headers(headers);
      if (email) all.set('authorization', `Bearer ${await tokenOf(email)}`);
      if (body !== undefined && !all.has('content-type')) all.set('content-type', 'application/json');
      const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
      const response = await graph.app.request(url, { method, headers: all, body: text });
      if (response.ok && method !== 'OPTIONS') accepted.push({ method, url, ...(body === undefined ? {} : { body }) });
      const json = /json/.test(response.headers.get('content-type') ?? '') ? await response.clone().json() : null;
      return { status: response.status, json, headers: response.headers, response };
    },
    /** What Graph's published model finds wrong with requests that were accepted here; nothing where it is absent. */
    async problems(): Promise<string[]> {
      const path = resolve('../shared/graph/check.mjs');
      if (!existsSync(path)) return [];
      const { checkRequest } = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Checker;
      return accepted.flatMap((request) => checkRequest(request).map((p) => `${request.method} ${request.url}: ${p}`));
    },
    /** Renews a person's token with a challenge's claims. */
    async answerChallenge(refreshToken: string, claims: string): Promise<string> {
      const merged = JSON.parse(claims) as { access_token: Record<string, unknown> };
      merged.access_token.xms_cc = { values: ['CP1'] };
      const values = {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        scope: BASE_TIER,
        claims: JSON.stringify(merged),
      };
      return String((await redeem(stage, values)).json.access_token);
    },
  };
}

export type World = ReturnType<typeof createWorld>;

/** A member for POST /chats; guests need the role guest. */
export function member(key: string, role: 'owner' | 'guest' = 'owner', more: Record<string, unknown> = {}) {
  return {
    '@odata.type': '#microsoft.graph.aadUserConversationMember',
    roles: [role],
    'user@odata.bind': `https://graph.microsoft.com/v1.0/users('${encodeURIComponent(key).replaceAll('%40', '@')}')`,
    ...more,
  };
}

/** A group chat made over the wire by the first person; its id. */
export async function groupChat(world: World, emails: string[], topic = 'Budget · EV00001'): Promise<string> {
  const [creator = ''] = emails;
  const answer = await world.call(creator, 'POST', '/chats', {
    chatType: 'group',
    topic,
    members: emails.map((e) => member(e)),
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.json));
  return answer.json.id as string;
}

interface Checker {
  checkRequest(request: { method: string; url: string; body?: unknown }): string[];
}
