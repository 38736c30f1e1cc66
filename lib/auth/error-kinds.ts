/** What went wrong at sign-in, before it is put into words. */
export type Kind =
  | 'signed-out'
  | 'cancelled'
  | 'refused'
  | 'blocked'
  | 'disabled'
  | 'consent'
  | 'wrong-tenant'
  | 'single-tenant'
  | 'not-assigned'
  | 'redirect-uri'
  | 'not-spa'
  | 'unknown-app'
  | 'unknown-tenant'
  | 'offline'
  | 'microsoft-down'
  | 'other';

export interface Facts {
  /** The number after AADSTS, '' where there is none. */
  aadsts: string;
  /** OAuth's `error`, or MSAL's error code. */
  code: string;
  /** What launchWebAuthFlow or fetch said. */
  text: string;
  correlation: string;
}

export function factsOf(caught: unknown): Facts {
  const e = (caught ?? {}) as {
    errorCode?: unknown;
    errorMessage?: unknown;
    message?: unknown;
    correlationId?: unknown;
  };
  const text = [e.errorMessage, e.message].filter((t) => typeof t === 'string').join(' ') || String(caught);
  return {
    aadsts: /AADSTS(\d{4,8})/.exec(text)?.[1] ?? '',
    code: typeof e.errorCode === 'string' ? e.errorCode : '',
    text,
    correlation: typeof e.correlationId === 'string' ? e.correlationId : '',
  };
}

/** Ranges as regular expressions over the digits; the first that fits decides. */
const BY_NUMBER: [RegExp, Kind][] = [
  [/^50011\d?$|^50011\d{2}$/, 'redirect-uri'],
  [/^(9002326|9002327|7000218|700025)$/, 'not-spa'],
  [/^(700016|70001)$/, 'unknown-app'],
  [/^(90002|900021|900023|50059|90013)$/, 'unknown-tenant'],
  [/^(50020|90072|50177|500212|500213|500202|500207|500208)$/, 'wrong-tenant'],
  [/^50194$/, 'single-tenant'],
  [/^50105$/, 'not-assigned'],
  [/^50057$/, 'disabled'],
  [/^(65004|500014)$/, 'refused'],
  [/^(65001|65005|650052|650057|90094|90095|900941|900942|900943|900944|90093|650056)$/, 'consent'],
  // 50072 to 50079 ask for a second factor: a person can give it. The rest is a policy nobody can satisfy from here.
  [/^(53\d{3,4}|50005|50097|50129|50131|50132|50158|50187|50180|500571)$/, 'blocked'],
  [/^(90033|90022|90006|50000|90036|90024)$/, 'microsoft-down'],
];

/**
 * The AADSTS number decides first (Microsoft's list "Entra authentication error codes"), then OAuth's error, then who
 * threw.
 */
export function kindOf(facts: Facts, interactive: boolean): Kind {
  const numbered = facts.aadsts && BY_NUMBER.find(([pattern]) => pattern.test(facts.aadsts));
  // A policy seen silently may ask for something a person can give (compliant browser, terms of use).
  if (numbered) return numbered[1] === 'blocked' && !interactive ? 'signed-out' : numbered[1];
  if (/^(consent_required|admin_consent_required)$/.test(facts.code)) return 'consent';
  if (
    /^(login_required|interaction_required|invalid_grant|no_tokens_found|refresh_token_expired|no_account|bad_token|account_selection_required|native_account_unavailable)/.test(
      facts.code,
    )
  )
    return 'signed-out';
  if (facts.code === 'access_denied') return 'refused';
  if (/^(temporarily_unavailable|server_error|service_unavailable)$/.test(facts.code)) return 'microsoft-down';
  if (
    /^(no_network_connectivity|get_request_failed|post_request_failed|network_error|endpoints_resolution_error|openid_config_error)$/.test(
      facts.code,
    )
  )
    return 'offline';
  if (/could not be loaded|failed to fetch|networkerror|load failed|fetch failed/i.test(facts.text)) return 'offline';
  // Left over: how launchWebAuthFlow says that nobody answered. Silent: the page wanted a person.
  if (/did not approve|cancel|denied|closed|interaction required|requires user interaction/i.test(facts.text))
    return interactive ? 'cancelled' : 'signed-out';
  return 'other';
}
