import {
  type AccountInfo,
  type AuthenticationResult,
  CacheLookupPolicy,
  type INetworkModule,
  LogLevel,
  type NetworkRequestOptions,
  type NetworkResponse,
  PublicClientApplication,
} from '@azure/msal-browser';
import { authorityOf, type Registration } from './clouds.ts';
import { type SessionArea, workerWindow } from './worker-window.ts';

export interface MsalDeps {
  registration: Registration;
  redirectUri: string;
  session: SessionArea;
  fetch: typeof fetch;
}

export interface Msal {
  accounts(): AccountInfo[];
  /** From the cache or by refresh token; never a window, never a frame. */
  silent(request: SilentRequest): Promise<AuthenticationResult>;
  /** Through Microsoft's sign-in page: `launch` shows it and answers with the URL it ended on. */
  byPage(request: PageRequest, launch: (url: string) => Promise<string | undefined>): Promise<AuthenticationResult>;
  /**
   * What Microsoft's page would answer, without redeeming it: the refusal, or null where there is none or it would have to
   * be shown.
   */
  peek(request: PageRequest, launch: (url: string) => Promise<string | undefined>): Promise<Refusal | null>;
  /** Forgets an account and its tokens on this machine. */
  forget(account: AccountInfo): Promise<void>;
  settled(): Promise<void>;
}

export interface SilentRequest {
  account: AccountInfo;
  scopes: string[];
  forceRefresh?: boolean;
  claims?: string;
}

export interface PageRequest {
  scopes: string[];
  prompt?: 'none' | 'select_account';
  loginHint?: string;
  claims?: string;
}

/** `error` and `error_description` of an answer of the sign-in page, named as MSAL's errors name them. */
export interface Refusal {
  errorCode: string;
  errorMessage: string;
}

/** The window of Microsoft closed without an answer. */
export class NoAnswer extends Error {}

/**
 * The one place that knows MSAL. Imported statically, since a service worker has no `import()` at run time; that is
 * safe because MSAL looks for its globals only when a client is made, which is after `workerWindow`.
 * Redirect mode is used because it leaves the navigation to us: MSAL makes the URL, `identity.launchWebAuthFlow` visits
 * it, MSAL reads what came back.
 */
export async function openMsal(deps: MsalDeps): Promise<Msal> {
  const { settled, forgetUnfinished } = await workerWindow(deps.session);
  let pageUrl = '';
  const client = new PublicClientApplication({
    auth: {
      clientId: deps.registration.clientId,
      authority: authorityOf(deps.registration),
      redirectUri: deps.redirectUri,
      // Says that we answer claims challenges, so that tokens live long and are revoked at once when they must be.
      clientCapabilities: ['CP1'],
      // MSAL 5 takes this here alone; in the request it is ignored.
      onRedirectNavigate: (url) => {
        pageUrl = url;
        return false;
      },
    },
    cache: { cacheLocation: 'sessionStorage' },
    system: {
      allowPlatformBroker: false,
      networkClient: networkOver(deps.fetch),
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => {} },
    },
  });
  await client.initialize();

  async function byPage(request: PageRequest, launch: (url: string) => Promise<string | undefined>) {
    try {
      await client.acquireTokenRedirect({ ...request, redirectUri: deps.redirectUri });
      const landed = await launch(pageUrl);
      if (!landed) throw new NoAnswer('the window was closed');
      const answer = await client.handleRedirectPromise({
        hash: new URL(landed).hash,
        navigateToLoginRequestUrl: false,
      });
      if (!answer) throw new NoAnswer('the answer was not for this request');
      return answer;
    } finally {
      forgetUnfinished();
      await settled();
    }
  }

  async function peek(request: PageRequest, launch: (url: string) => Promise<string | undefined>) {
    try {
      await client.acquireTokenRedirect({ ...request, redirectUri: deps.redirectUri });
      const landed = await launch(pageUrl);
      const answer = new URLSearchParams(new URL(landed ?? '').hash.slice(1));
      const errorCode = answer.get('error');
      return errorCode ? { errorCode, errorMessage: answer.get('error_description') ?? '' } : null;
    } catch {
      // It would have to be shown, or nobody answered: then there is nothing to tell.
      return null;
    } finally {
      forgetUnfinished();
      await settled();
    }
  }

  return {
    accounts: () => client.getAllAccounts(),
    byPage,
    peek,
    settled,
    async silent(request) {
      try {
        return await client.acquireTokenSilent({
          ...request,
          // The policies beyond this one open a hidden frame, which a worker has not.
          cacheLookupPolicy: CacheLookupPolicy.AccessTokenAndRefreshToken,
        });
      } finally {
        await settled();
      }
    },
    async forget(account) {
      await client.clearCache({ account });
      await settled();
    },
  };
}

/** MSAL's requests over our fetch, without cookies: a session at Microsoft must not colour the token requests. */
function networkOver(fetchFn: typeof fetch): INetworkModule {
  const request =
    (method: 'GET' | 'POST') =>
    async <T>(url: string, options?: NetworkRequestOptions): Promise<NetworkResponse<T>> => {
      try {
        const response = await fetchFn(url, {
          method,
          credentials: 'omit',
          ...(options?.headers ? { headers: options.headers } : {}),
          ...(method === 'POST' ? { body: options?.body ?? '' } : {}),
        });
        const headers = Object.fromEntries(response.headers.entries());
        return { headers, status: response.status, body: (await response.json()) as T };
      } catch (cause) {
        // No answer, or one that is no JSON: a proxy or a hotel's portal stands between.
        throw Object.assign(new Error('no answer from Microsoft', { cause }), { errorCode: 'network_error' });
      }
    };
  return { sendGetRequestAsync: request('GET'), sendPostRequestAsync: request('POST') };
}
