/** As much of Entra as MSAL talks to, in memory: authorize (as launchWebAuthFlow sees it) and token. */
export interface TokenRequest {
  grant: string;
  scope: string;
  claims: string | null;
  refreshToken: string | null;
}

export const REDIRECT = 'https://galidifhoabiablhokbmfdbhibocfmaf.chromiumapp.org/';
export const TENANT = '11111111-1111-4111-8111-111111111111';
export const CLIENT = '22222222-2222-4222-8222-222222222222';

export interface Someone {
  oid: string;
  name: string;
  username: string;
  /** Directory; TENANT unless said. */
  tid?: string;
}
export const ADA: Someone = { oid: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Ada', username: 'ada@example.org' };
export const BOB: Someone = { oid: 'bbbbbbbb-0000-4000-8000-000000000002', name: 'Bob', username: 'bob@example.org' };

/** Of another organisation. */
export const GINA: Someone = {
  oid: 'cccccccc-0000-4000-8000-000000000003',
  name: 'Gina',
  username: 'gina@fabrikam.org',
  tid: '33333333-3333-4333-8333-333333333333',
};

export function fakeEntra() {
  const codes = new Map<string, { challenge: string; nonce: string; scope: string; who: Someone }>();
  const entra = {
    /** Who sits at the sign-in page. */
    who: ADA,
    /** Who else is signed in at Microsoft: a hint finds them. */
    sessions: [] as Someone[],
    /** Whose each access and refresh token is. */
    holders: new Map<string, Someone>(),
    /** Every refresh token so far is refused. */
    revoked: false,
    /** `error` and `error_description` of authorize, by prompt ('' is an ordinary visit). */
    authorizeErrors: {} as Record<string, [string, string]>,
    /** `error` and `error_description` of the token endpoint. */
    tokenError: null as [string, string] | null,
    /** A scope whose consent was taken back. */
    withdrawn: null as string | null,
    offline: false,
    windowCloses: false,
    tokens: [] as TokenRequest[],
    /** What launchWebAuthFlow was asked to show. */
    visits: [] as { url: URL; interactive: boolean }[],
    expiresIn: 3600,
    fetch: (async (input: string | URL | Request, init: RequestInit = {}) => {
      if (entra.offline) throw new TypeError('Failed to fetch');
      const url = new URL(String(input));
      if (url.pathname.endsWith('/discovery/instance')) return json({ tenant_discovery_endpoint: '', metadata: [] });
      if (!url.pathname.endsWith('/oauth2/v2.0/token')) return json({ error: 'not_found' }, 404);
      if (init.credentials !== 'omit') throw new Error('cookies would travel');
      return token(new URLSearchParams(String(init.body)));
    }) as typeof fetch,
    async launch({ url, interactive }: { url: string; interactive: boolean }): Promise<string | undefined> {
      const visit = new URL(url);
      entra.visits.push({ url: visit, interactive });
      if (entra.offline) throw new Error('Authorization page could not be loaded.');
      if (entra.windowCloses && interactive) throw new Error('The user did not approve access.');
      const q = visit.searchParams;
      const asksTooMuch = entra.withdrawn !== null && !!q.get('scope')?.includes(entra.withdrawn);
      const error = asksTooMuch
        ? ['consent_required', 'AADSTS65001: not consented']
        : entra.authorizeErrors[q.get('prompt') ?? ''];
      const answer = new URLSearchParams({ state: q.get('state') ?? '' });
      if (error) {
        answer.set('error', error[0] ?? '');
        answer.set('error_description', error[1] ?? '');
      } else {
        const hint = q.get('login_hint');
        const who = entra.sessions.find(({ username }) => username === hint) ?? entra.who;
        const code = `code-${codes.size}`;
        codes.set(code, {
          challenge: q.get('code_challenge') ?? '',
          nonce: q.get('nonce') ?? '',
          scope: q.get('scope') ?? '',
          who,
        });
        answer.set('code', code);
        answer.set('client_info', clientInfo(who));
      }
      return `${q.get('redirect_uri')}#${answer}`;
    },
  };

  let serial = 0;
  async function token(form: URLSearchParams): Promise<Response> {
    const grant = form.get('grant_type') ?? '';
    const refreshToken = form.get('refresh_token');
    const scope = form.get('scope') ?? '';
    entra.tokens.push({ grant, scope, claims: form.get('claims'), refreshToken });
    if (entra.withdrawn !== null && scope.includes(entra.withdrawn))
      return json({ error: 'invalid_grant', error_description: 'AADSTS65001: not consented' }, 400);
    if (entra.tokenError) return json({ error: entra.tokenError[0], error_description: entra.tokenError[1] }, 400);
    let who = entra.who;
    let nonce = '';
    if (grant === 'authorization_code') {
      const known = codes.get(form.get('code') ?? '');
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(form.get('code_verifier') ?? ''));
      if (!known || known.challenge !== base64url(digest))
        return json({ error: 'invalid_grant', error_description: 'AADSTS501481: the verifier does not match' }, 400);
      ({ who, nonce } = known);
    } else if (entra.revoked || !refreshToken) {
      return json({ error: 'invalid_grant', error_description: 'AADSTS700084: the refresh token expired' }, 400);
    }
    // What a renewed token says belongs to whom the old one was given.
    who = entra.holders.get(refreshToken ?? '') ?? who;
    const now = Math.floor(Date.now() / 1000);
    const n = ++serial;
    entra.holders.set(`access-${n}`, who).set(`refresh-${n}`, who);
    return json({
      token_type: 'Bearer',
      scope: scope.replace(' offline_access', ''),
      expires_in: entra.expiresIn,
      access_token: `access-${n}`,
      refresh_token: `refresh-${n}`,
      client_info: clientInfo(who),
      id_token: unsigned({
        iss: `https://login.microsoftonline.com/${who.tid ?? TENANT}/v2.0`,
        aud: CLIENT,
        tid: who.tid ?? TENANT,
        oid: who.oid,
        sub: `sub-${who.oid}`,
        name: who.name,
        preferred_username: who.username,
        nonce,
        iat: now,
        exp: now + 3600,
        ver: '2.0',
      }),
    });
  }
  return entra;
}

/** `browser.storage.session` as a map; `items` is what would survive the worker. */
export function fakeSession() {
  const items = new Map<string, unknown>();
  return {
    items,
    async get(keys: null | string | string[]) {
      const wanted = keys === null ? [...items.keys()] : [keys].flat();
      return Object.fromEntries(wanted.filter((k) => items.has(k)).map((k) => [k, structuredClone(items.get(k))]));
    },
    async set(values: Record<string, unknown>) {
      await Promise.resolve();
      for (const [k, v] of Object.entries(values)) items.set(k, structuredClone(v));
    },
    async remove(keys: string | string[]) {
      for (const k of [keys].flat()) items.delete(k);
    },
  };
}

function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

function clientInfo(who: Someone): string {
  return base64url(new TextEncoder().encode(JSON.stringify({ uid: who.oid, utid: who.tid ?? TENANT })));
}

function unsigned(claims: Record<string, unknown>): string {
  const part = (o: unknown) => base64url(new TextEncoder().encode(JSON.stringify(o)));
  return `${part({ alg: 'none' })}.${part(claims)}.x`;
}

function base64url(bytes: ArrayBuffer | Uint8Array): string {
  return Buffer.from(bytes as Uint8Array).toString('base64url');
}
