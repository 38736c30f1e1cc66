import type { ConsentPolicy } from './tenant/consent.ts';
import { TENANT_DOMAIN } from './tenant/people.ts';
import type { Tenant } from './tenant/tenant.ts';
import { zoneOf } from './tenant/zones.ts';

/** What POST /tenant can change. People are named by e-mail. */
export interface TenantSwitches {
  /** Whose consents are meant: contoso.test unless another organization's domain is named. */
  of?: string;
  /** The registration takes accounts of any organization (as it does), or of contoso.test alone. */
  multiTenant?: boolean;
  /** Which permissions people may grant themselves. */
  consent?: ConsentPolicy;
  /** Replaces what an administrator granted for everybody. */
  adminConsented?: string[];
  /** Takes back what this person granted. */
  withdrawConsent?: string;
  /** Replaces the list of people whom Conditional Access turns away. */
  blocked?: string[];
  revokeRefreshTokens?: string;
  /** Graph challenges this person's access tokens from now on (continuous access evaluation). */
  revokeWithClaims?: string;
  /** Ends this person's single sign-on. */
  endSessions?: string;
  /** Registers one more redirect URI, as single-page application unless a platform is named. */
  redirectUri?: string;
  redirectPlatform?: 'spa' | 'public';
  /** Takes on so many people named Crew 001, Crew 002, …: the members of PROJ-BIG. */
  hireCrew?: number;
  /** Whether calendars offer Teams meetings (as they do). */
  teamsMeetings?: boolean;
  /** Whether Teams meetings can be called by telephone (they cannot). */
  audioConferencing?: boolean;
  /** The Teams administrator's switch that lets Graph read transcripts (it does). */
  transcriptAccess?: boolean;
  /** The time zone of somebody's mailbox, by a name that Outlook knows. */
  mailboxZone?: { email: string; zone: string };
  /** Outlook forgets what clients know by their delta tokens. */
  forgetCalendarTokens?: boolean;
  /** Deletes this person's account. Chats they were in still name them. */
  leaves?: string;
}

/** @throws where a switch is unknown or names nobody, so that a misspelt test does not pass by accident */
export function applyTenantSwitches(tenant: Tenant, given: TenantSwitches): void {
  for (const name of Object.keys(given)) {
    if (!SWITCHES.includes(name as keyof TenantSwitches))
      throw new Error(`No switch "${name}"; there are ${SWITCHES.join(', ')}.`);
  }
  const tenantId = tenant.tenantIdOf(given.of ?? TENANT_DOMAIN);
  if (!tenantId) throw new Error(`The sandbox has no organization ${given.of}.`);
  const consents = tenant.consentsFor(tenantId);
  if (given.consent) consents.policy = given.consent;
  if (given.adminConsented) {
    consents.adminConsented.clear();
    consents.grantForAll(given.adminConsented);
  }
  if (given.multiTenant !== undefined) tenant.registration.multiTenant = given.multiTenant;
  if (given.withdrawConsent) consents.withdraw(tenant.directory.require(given.withdrawConsent).id);
  if (given.blocked) {
    tenant.blocked.clear();
    for (const email of given.blocked) tenant.blocked.add(email);
  }
  if (given.revokeRefreshTokens) tenant.revokeRefreshTokens(given.revokeRefreshTokens);
  if (given.revokeWithClaims) tenant.revokeWithClaims(given.revokeWithClaims);
  if (given.endSessions) tenant.endSessions(given.endSessions);
  if (given.redirectUri) tenant.registration.addRedirectUri(given.redirectUri, given.redirectPlatform ?? 'spa');
  if (given.hireCrew) tenant.directory.hireCrew(given.hireCrew);
  if (given.teamsMeetings !== undefined) tenant.calendars.teamsMeetings = given.teamsMeetings;
  if (given.audioConferencing !== undefined) tenant.meetings.audioConferencing = given.audioConferencing;
  if (given.transcriptAccess !== undefined) tenant.meetings.transcriptAccess = given.transcriptAccess;
  if (given.mailboxZone) moveMailbox(tenant, given.mailboxZone);
  if (given.forgetCalendarTokens) tenant.calendars.syncStates.clear();
  if (given.leaves) tenant.directory.leave(given.leaves);
}

function moveMailbox(tenant: Tenant, { email, zone }: { email: string; zone: string }): void {
  const known = zoneOf(zone);
  if (!known) throw new Error(`Outlook knows no time zone ${zone}.`);
  tenant.calendars.zones.set(tenant.directory.require(email).id, known);
}

const SWITCHES: (keyof TenantSwitches)[] = [
  'of',
  'multiTenant',
  'consent',
  'adminConsented',
  'withdrawConsent',
  'blocked',
  'revokeRefreshTokens',
  'revokeWithClaims',
  'endSessions',
  'redirectUri',
  'redirectPlatform',
  'hireCrew',
  'teamsMeetings',
  'audioConferencing',
  'transcriptAccess',
  'mailboxZone',
  'forgetCalendarTokens',
  'leaves',
];
