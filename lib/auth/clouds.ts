export type CloudName = 'global' | 'gcc-high' | 'dod' | 'china';

/** The app registration people sign in with; the same shape as the settings of that name. */
export interface Registration {
  clientId: string;
  /** Directory id, verified domain, or 'organizations'. */
  tenant: string;
  cloud: CloudName;
}

export interface Cloud {
  /** Where people sign in, without a trailing slash. */
  login: string;
  /** Root of Microsoft Graph, without version and trailing slash. */
  graph: string;
}

/**
 * Microsoft's national clouds; tokens of one are worthless in another.
 * Source: Graph documentation, concepts/deployments ("global" also serves GCC).
 */
export const CLOUDS: Record<CloudName, Cloud> = {
  global: { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com' },
  'gcc-high': { login: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us' },
  dod: { login: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us' },
  china: { login: 'https://login.chinacloudapi.cn', graph: 'https://microsoftgraph.chinacloudapi.cn' },
};

/** The address that issues tokens for a registration: sign-in host and tenant. */
export function authorityOf(registration: Registration): string {
  return `${CLOUDS[registration.cloud].login}/${encodeURIComponent(registration.tenant.trim())}`;
}
