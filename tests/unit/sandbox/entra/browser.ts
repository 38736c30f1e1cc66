import { createHash, randomBytes } from 'node:crypto';
import { createEntra } from '../../../sandbox/entra/entra.ts';
import { CLIENT_ID, DEFAULT_REDIRECT_URI } from '../../../sandbox/tenant/registration.ts';
import { createTenant } from '../../../sandbox/tenant/tenant.ts';

export const LOGIN = 'https://login.microsoftonline.com';
export const ORIGIN = 'chrome-extension://galidifhoabiablhokbmfdbhibocfmaf';
export const BASE_TIER =
  'User.Read User.ReadBasic.All Chat.ReadBasic Chat.Create ChatMessage.Send openid profile offline_access';

/** A tenant with a clock that stands still until it is moved, and Entra over it. */
export function createStage(start = Date.UTC(2026, 10, 22, 9)) {
  let time = start;
  const clock = { now: () => time };
  const tenant = createTenant({ clock });
  const { app } = createEntra({ tenant, clock });
  return {
    clock,
    tenant,
    app,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

export type Stage = ReturnType<typeof createStage>;

/** A browser without a screen: follows pages of the stand-in by their forms and keeps its cookies. */
export function createBrowser({ app }: Pick<Stage, 'app'>) {
  let cookie = '';
  const keep = (response: Response) => {
    const set = response.headers.get('set-cookie');
    if (set) cookie = set.split(';')[0] ?? '';
    return response;
  };
  return {
    get: async (url: string) => keep(await app.request(url, { headers: { cookie } })),
    /** Fills in the page's form that has a field of each given name, and sends it. */
    submit: async (page: string, values: Record<string, string>) => {
      const form = page.split('<form').find((f) => Object.keys(values).every((name) => f.includes(`name="${name}"`)));
      if (!form) throw new Error(`The page has no form with ${Object.keys(values).join(', ')}: ${page}`);
      const action = form.match(/action="([^"]*)"/)?.[1] ?? '';
      const hidden = [...form.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      const body = new URLSearchParams(hidden.map((m) => [m[1] ?? '', unescapeHtml(m[2] ?? '')]));
      for (const [name, value] of Object.entries(values)) body.set(name, value);
      return keep(await app.request(LOGIN + action, { method: 'POST', body, headers: { cookie } }));
    },
  };
}

const unescapeHtml = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");

/** The URL of an authorize request in order, with PKCE; `differs` changes or (null) removes parameters. */
export function authorizeRequest(differs: Record<string, string | null> = {}, authority = 'organizations') {
  const verifier = randomBytes(32).toString('base64url');
  const params = new URLSearchParams({
    client_id: CLIENT_ID,
    redirect_uri: DEFAULT_REDIRECT_URI,
    response_type: 'code',
    response_mode: 'fragment',
    scope: BASE_TIER,
    state: 'the state & more',
    nonce: 'the-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    client_info: '1',
  });
  for (const [name, value] of Object.entries(differs)) {
    if (value === null) params.delete(name);
    else params.set(name, value);
  }
  return { url: `${LOGIN}/${authority}/oauth2/v2.0/authorize?${params}`, verifier };
}

/** What came back to the app, from the fragment of the redirect. */
export function returned(response: Response): Record<string, string> {
  const location = response.headers.get('location') ?? '';
  return Object.fromEntries(new URLSearchParams(location.split('#')[1] ?? ''));
}

export async function redeem(
  { app }: Pick<Stage, 'app'>,
  values: Record<string, string>,
  headers: Record<string, string> = { origin: ORIGIN },
  authority = 'organizations',
) {
  const body = new URLSearchParams({ client_id: CLIENT_ID, client_info: '1', ...values });
  const response = await app.request(`${LOGIN}/${authority}/oauth2/v2.0/token`, { method: 'POST', body, headers });
  return { response, status: response.status, json: (await response.json()) as Record<string, unknown> };
}

/** From nothing to tokens as a person does it: sign in, accept, redeem. */
export async function signIn(
  stage: Stage,
  email: string,
  differs: Record<string, string | null> = {},
  authority = 'organizations',
) {
  const browser = createBrowser(stage);
  const { url, verifier } = authorizeRequest(differs, authority);
  const first = await (await browser.get(url)).text();
  let response = await browser.submit(first, { login: email });
  if (response.status === 200) response = await browser.submit(await response.text(), { decision: 'accept' });
  const { code = '' } = returned(response);
  const grant = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: DEFAULT_REDIRECT_URI };
  const { json } = await redeem(stage, { ...grant, scope: differs.scope ?? BASE_TIER });
  return {
    browser,
    tokens: json as {
      access_token: string;
      refresh_token: string;
      id_token: string;
      scope: string;
      expires_in: number;
    },
  };
}
