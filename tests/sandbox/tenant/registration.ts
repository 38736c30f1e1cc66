/** Deskside's app registration in the stand-in's Entra: which client, which redirect URIs, which permissions exist. */

/** Application (client) id; a setting of the extension takes it. */
export const CLIENT_ID = 'de5c51de-0000-4a11-8c0d-7ea3500f5a1d';

/** The unpacked Chromium build's redirect URI (its id is pinned by the manifest's key). */
export const DEFAULT_REDIRECT_URI = 'https://galidifhoabiablhokbmfdbhibocfmaf.chromiumapp.org/';

/** `spa`: codes are redeemed cross-origin. `public`: "Mobile and desktop", where an Origin header is refused. */
export type Platform = 'spa' | 'public';

export class Registration {
  /** "Accounts in any organizational directory"; else accounts of the registering tenant, contoso.test, alone. */
  multiTenant = true;
  #redirects = new Map<string, Platform>([[DEFAULT_REDIRECT_URI, 'spa']]);

  /** Back to many tenants; redirect URIs stay: they belong to the machine. */
  reset(): void {
    this.multiTenant = true;
  }

  /** Registers one more redirect URI, as somebody would in the portal (Firefox's, for one). */
  addRedirectUri(uri: string, platform: Platform = 'spa'): void {
    this.#redirects.set(uri, platform);
  }

  /** Entra compares character by character; undefined where the URI is not registered. */
  platformOf(uri: string): Platform | undefined {
    return this.#redirects.get(uri);
  }

  get redirectUris(): string[] {
    return [...this.#redirects.keys()];
  }
}

/** Scopes of OpenID Connect itself: need no consent here, and carry no right in Graph. */
export const OIDC_SCOPES: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Delegated permissions that any person could grant if the tenant's policy lets them (permissions.json). */
const USER_CONSENTABLE = [
  'User.Read',
  'User.ReadBasic.All',
  'Presence.Read.All',
  'Chat.Create',
  'Chat.ReadBasic',
  'ChatMessage.Send',
  'ChannelMessage.Send',
  'Team.ReadBasic.All',
  'Channel.ReadBasic.All',
  'OnlineMeetingArtifact.Read.All',
  'Files.ReadWrite',
  'TeamsActivity.Send',
];

/** No admin needed by themselves, but withdrawn by the consent policy that Microsoft manages. */
const WITHDRAWN_BY_MANAGED_POLICY = [
  'People.Read',
  'Chat.Read',
  'Chat.ReadWrite',
  'OnlineMeetings.Read',
  'OnlineMeetings.ReadWrite',
  'Calendars.Read',
  'Calendars.ReadWrite',
  'Calendars.ReadBasic',
  'MailboxSettings.Read',
  'Mail.Read',
];

const ADMIN_ONLY = [
  'ChannelMessage.Read.All',
  'ChannelMessage.ReadWrite',
  'ChatMember.ReadWrite',
  'Chat.ManageDeletion.All',
  'TeamMember.Read.All',
  'ChannelMember.Read.All',
  'OnlineMeetingTranscript.Read.All',
  'OnlineMeetingRecording.Read.All',
  'User.Read.All',
  'Directory.Read.All',
];

const known = new Map(
  [...USER_CONSENTABLE, ...WITHDRAWN_BY_MANAGED_POLICY, ...ADMIN_ONLY].map((s) => [s.toLowerCase(), s]),
);

/** The scope as Graph spells it, or undefined where there is no such permission (AADSTS70011). */
export function knownScope(text: string): string | undefined {
  return known.get(text.toLowerCase());
}

export const needsAdmin = (scope: string): boolean => ADMIN_ONLY.includes(scope);
export const withdrawnByManagedPolicy = (scope: string): boolean => WITHDRAWN_BY_MANAGED_POLICY.includes(scope);
