import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { createAccounts } from '../../../lib/auth/accounts.ts';
import { AppFailure } from '../../../lib/model/errors.ts';
import { CLIENT, fakeEntra, fakeSession, REDIRECT, TENANT } from './fake-entra.ts';

// Files of logic share their globals: the next one must not find these.
afterAll(() => {
  vi.unstubAllGlobals();
});

beforeEach(() => {
  vi.stubGlobal('location', new URL('chrome-extension://galidifhoabiablhokbmfdbhibocfmaf/background.js'));
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
});

/** What a person sees after Entra answered so. */
async function outcome(set: (entra: ReturnType<typeof fakeEntra>) => void) {
  const entra = fakeEntra();
  set(entra);
  const auth = createAccounts({
    registration: async () => ({ clientId: CLIENT, tenant: TENANT, cloud: 'global' }),
    redirectUri: () => REDIRECT,
    launch: entra.launch,
    session: fakeSession(),
    keeper: { load: async () => [], save: async () => {} },
    sites: async () => [],
    fetch: entra.fetch,
  });
  const caught = await auth.signIn({}).then(
    () => null,
    (e: unknown) => e,
  );
  expect(caught).toBeInstanceOf(AppFailure);
  return (caught as AppFailure).error;
}

const page = (error: string, text: string) => (entra: ReturnType<typeof fakeEntra>) => {
  entra.authorizeErrors[''] = [error, text];
};
const token = (error: string, text: string) => (entra: ReturnType<typeof fakeEntra>) => {
  entra.tokenError = [error, text];
};

it.each([
  [
    'refused by the person',
    page('access_denied', 'AADSTS65004: User declined to consent.'),
    'sign-in-refused',
    'sign-in',
  ],
  [
    'a policy',
    page('interaction_required', 'AADSTS53003: Blocked by Conditional Access.'),
    'sign-in-blocked',
    undefined,
  ],
  [
    'a policy, six digits',
    page('access_denied', 'AADSTS530035: Access has been blocked.'),
    'sign-in-blocked',
    undefined,
  ],
  ['admin consent', page('access_denied', 'AADSTS90094: An administrator must.'), 'admin-consent-needed', 'consent'],
  ['no consent', page('consent_required', 'AADSTS65001: has not consented.'), 'admin-consent-needed', 'consent'],
  [
    'an app for one organisation, asked for all',
    page('invalid_request', 'AADSTS50194: Application is not configured as a multi-tenant application.'),
    'wrong-tenant',
    undefined,
  ],
  [
    'another organisation',
    page('invalid_request', 'AADSTS50020: User x@y.example does not exist.'),
    'wrong-tenant',
    'sign-in',
  ],
  ['disabled', page('invalid_grant', 'AADSTS50057: The user account is disabled.'), 'sign-in-blocked', 'sign-in'],
  ['not assigned', page('access_denied', 'AADSTS50105: not assigned to a role.'), 'sign-in-blocked', undefined],
  ['redirect URI', token('invalid_request', 'AADSTS50011: The redirect URI does not match.'), 'not-configured', 'copy'],
  [
    'desktop platform',
    token('invalid_request', 'AADSTS9002326: Cross-origin token redemption.'),
    'not-configured',
    'copy',
  ],
  [
    'spa without origin',
    token('invalid_request', 'AADSTS9002327: Tokens issued for the SPA.'),
    'not-configured',
    'copy',
  ],
  ['unknown client', page('unauthorized_client', 'AADSTS700016: Application not found.'), 'not-configured', 'copy'],
  ['unknown tenant', page('invalid_request', 'AADSTS90002: Tenant not found.'), 'not-configured', 'copy'],
  ['Microsoft is ill', token('server_error', 'AADSTS90033: A transient error.'), 'microsoft-down', 'retry'],
])('tells apart: %s', async (_name, set, code, action) => {
  const error = await outcome(set);
  expect(error.code).toBe(code);
  expect(error.action?.kind).toBe(action);
  expect(error.detail).toMatch(/AADSTS\d+/);
  expect(JSON.stringify(error), "Microsoft's text names people").not.toContain('x@y.example');
});

it('tells a closed window from a network that is gone', async () => {
  expect(await outcome((e) => Object.assign(e, { windowCloses: true }))).toMatchObject({ code: 'sign-in-cancelled' });
  expect(await outcome((e) => Object.assign(e, { offline: true }))).toMatchObject({ code: 'offline' });
});

it('gives each not-configured case its own sentence', async () => {
  const titles = new Set<string>();
  for (const text of ['AADSTS50011: x', 'AADSTS9002326: x', 'AADSTS700016: x', 'AADSTS90002: x'])
    titles.add((await outcome(token('invalid_request', text))).title);
  expect(titles.size).toBe(4);
});

it('puts the link that asks the administrator into the action', async () => {
  const { action } = await outcome(page('consent_required', 'AADSTS65001: x'));
  expect(action).toMatchObject({ kind: 'consent', url: expect.stringContaining(`${TENANT}/v2.0/adminconsent`) });
});
