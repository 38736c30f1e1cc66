import { randomUUID } from 'node:crypto';
import type { Clock } from '../shell.ts';

/** Entra's errors by number: OAuth's `error`, and the sentence that follows `AADSTS<number>: `. */
const TABLE = {
  16000: [
    'interaction_required',
    'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  ],
  50011: [
    'invalid_request',
    "The redirect URI '{0}' specified in the request does not match the redirect URIs configured for the application '{1}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.",
  ],
  50020: [
    'invalid_grant',
    "User account '{0}' from identity provider '{1}' does not exist in tenant '{2}' and cannot access the application '{3}' in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.",
  ],
  50034: [
    'invalid_grant',
    'The user account {0} does not exist in the {1} directory. To sign into this application, the account must be added to the directory.',
  ],
  50057: ['invalid_grant', 'The user account is disabled.'],
  50058: ['login_required', 'A silent sign-in request was sent but no user is signed in.'],
  50173: [
    'invalid_grant',
    "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password. The grant was issued on '{0}' and the TokensValidFrom date (before which tokens are not valid) for this user is '{1}'.",
  ],
  50194: [
    'invalid_request',
    "Application '{0}'(Deskside) is not configured as a multi-tenant application. Usage of the /{1} endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
  ],
  53003: [
    'access_denied',
    'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  ],
  54005: [
    'invalid_grant',
    'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
  ],
  65001: [
    'consent_required',
    "The user or administrator has not consented to use the application with ID '{0}' named 'Deskside'. Send an interactive authorization request for this user and resource.",
  ],
  65004: ['access_denied', 'User declined to consent to access the app.'],
  70000: ['invalid_grant', 'The provided authorization code or refresh token is not valid.'],
  70003: ['unsupported_grant_type', "The app requested an unsupported grant type '{0}'."],
  70008: [
    'invalid_grant',
    'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
  ],
  70011: [
    'invalid_scope',
    "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope {0} is not valid.",
  ],
  90002: [
    'invalid_request',
    "Tenant '{0}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.",
  ],
  90014: [
    'invalid_request',
    "The required field '{0}' is missing from the credential. Ensure that you have all the necessary parameters for the login request.",
  ],
  90094: [
    'consent_required',
    "The grant requires admin permission: '{0}' needs permission to access resources in your organization that only an admin can grant.",
  ],
  500112: [
    'invalid_client',
    "The reply address '{0}' does not match the reply address '{1}' provided when requesting Authorization code.",
  ],
  501481: [
    'invalid_grant',
    'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
  ],
  650053: [
    'invalid_client',
    "The application 'Deskside' asked for scope '{0}' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'. Contact the app vendor.",
  ],
  700016: [
    'unauthorized_client',
    "Application with identifier '{0}' was not found in the directory. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  ],
  700051: ['unsupported_response_type', "response_type '{0}' is not enabled for the application."],
  700084: [
    'invalid_grant',
    'The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on {0}.',
  ],
  900144: ['invalid_request', "The request body must contain the following parameter: '{0}'."],
  900971: ['invalid_request', 'No reply address provided.'],
  901002: ['invalid_request', "The 'claims' request parameter is not valid."],
  9002325: [
    'invalid_request',
    'Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
  ],
  9002326: [
    'invalid_request',
    "Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '{0}'.",
  ],
  9002327: [
    'invalid_request',
    "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
  ],
  9002341: ['invalid_request', "The value '{0}' of the parameter '{1}' is not supported."],
} as const;

export type AadstsNumber = keyof typeof TABLE;

/** What Entra refuses, with its own number; where it is shown (page, redirect, JSON) is the caller's matter. */
export class AadstsError extends Error {
  readonly number: AadstsNumber;
  /** OAuth's error code. */
  readonly error: string;
  readonly suberror: string | undefined;

  constructor(
    number: AadstsNumber,
    values: readonly string[] = [],
    differs: { error?: string; suberror?: string } = {},
  ) {
    const [error, text] = TABLE[number];
    super(`AADSTS${number}: ${text.replace(/\{(\d)\}/g, (_, i) => values[Number(i)] ?? '')}`);
    this.number = number;
    this.error = differs.error ?? error;
    this.suberror = differs.suberror;
  }

  /** The sentence with trace and time behind it, as `error_description` carries it. */
  describe(clock: Clock, ids = newIds()): string {
    return `${this.message} Trace ID: ${ids.trace} Correlation ID: ${ids.correlation} Timestamp: ${stamp(clock)}`;
  }

  /** The body of a refused POST to the token endpoint. */
  toJson(clock: Clock, correlation: string = randomUUID()) {
    const ids = { trace: randomUUID(), correlation };
    return {
      error: this.error,
      error_description: this.describe(clock, ids),
      error_codes: [this.number],
      timestamp: stamp(clock),
      trace_id: ids.trace,
      correlation_id: ids.correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${this.number}`,
      ...(this.suberror ? { suberror: this.suberror } : {}),
    };
  }
}

const newIds = () => ({ trace: randomUUID() as string, correlation: randomUUID() as string });
const stamp = (clock: Clock) =>
  new Date(clock.now())
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
