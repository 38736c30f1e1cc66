import type { Clock } from '../shell.ts';
import { Calendars } from './calendars.ts';
import { Chats } from './chats.ts';
import { Consents } from './consent.ts';
import { controlChats } from './control.ts';
import { Directory } from './directory.ts';
import { Drives } from './drives.ts';
import { Grants } from './grants.ts';
import { controlMeetings } from './meeting-control.ts';
import { OnlineMeetings } from './online-meetings.ts';
import { emailOf, OTHER_TENANT_ID, TENANT_ID } from './people.ts';
import { Presences } from './presences.ts';
import { Registration } from './registration.ts';
import { createScheduling } from './scheduling.ts';
import { Sessions } from './sessions.ts';
import { createSigning } from './signing.ts';
import { describeState } from './state.ts';
import { Subscriptions } from './subscriptions.ts';
import { controlTeams } from './team-control.ts';
import { Teams } from './teams.ts';

export interface TenantOptions {
  clock: Clock;
  /** How long a new chat is missing from lists of chats, in ms on the sandbox's clock. */
  chatListDelay?: number;
}

export type Tenant = ReturnType<typeof createTenant>;

/**
 * The stand-in Microsoft's memory: directory, app registration, consents, sign-ins and chats, shared by Entra and
 * Graph. Tests and the control server change it here; a `reset()` brings the first day back (signing keys and the
 * registered redirect URIs stay: they belong to the machine, not to a test's story).
 */
export function createTenant({ clock, chatListDelay = 2000 }: TenantOptions) {
  const directory = new Directory();
  const registration = new Registration();
  const consents = new Consents();
  const otherConsents = new Consents();
  const sessions = new Sessions();
  const grants = new Grants(clock);
  const chats = new Chats(clock, chatListDelay);
  const teams = new Teams(clock);
  const subscriptions = new Subscriptions();
  const drives = new Drives(clock);
  const presences = new Presences();
  const calendars = new Calendars(clock);
  const meetings = new OnlineMeetings(clock, chats, directory);
  const scheduling = createScheduling({ calendars, meetings, directory, clock });
  /** People whom Conditional Access turns away (AADSTS53003), by e-mail. */
  const blocked = new Set<string>();
  /** Since when (seconds) a person's access tokens need a claims challenge answered, by user id. */
  const challenges = new Map<string, number>();

  return {
    clock,
    directory,
    registration,
    /** Of contoso.test; `consents.policy` is the switch, `consents.adminConsented` what an administrator granted. */
    consents,
    sessions,
    grants,
    chats,
    teams,
    subscriptions,
    drives,
    presences,
    calendars,
    meetings,
    scheduling,
    blocked,
    signing: createSigning(clock),

    consentsFor: (tenantId: string): Consents => (tenantId === OTHER_TENANT_ID ? otherConsents : consents),
    /** The tenant that a path segment names, undefined for organizations, common and unknown ones. */
    tenantIdOf: (segment: string) => directory.tenantIdOf(segment),

    /**
     * Continuous access evaluation: Graph answers this person's access tokens with 401 and a claims challenge until
     * one comes that was acquired with those claims.
     */
    revokeWithClaims(email: string): void {
      // The next second: a sign-in of this very second came before.
      challenges.set(directory.require(email).id, Math.floor(clock.now() / 1000) + 1);
    },
    /** Seconds since 1970 that an access token's answer must reach; 0 where nothing is challenged. */
    challengeOf: (userId: string): number => challenges.get(userId) ?? 0,
    /** Refresh tokens of this person are refused from now on (AADSTS50173). */
    revokeRefreshTokens: (email: string): void => grants.revokeAllOf(directory.require(email).id),
    /** Ends the person's single sign-on in every browser. */
    endSessions: (email: string): void => sessions.endAllOf(directory.require(email).id),

    ...controlChats(directory, chats, clock),
    ...controlTeams(directory, teams, clock),
    ...controlMeetings({ directory, calendars, meetings, scheduling, chats, clock }),

    /** @param last so many messages of each chat, the newest; all unless said otherwise */
    state: (last?: number) =>
      describeState({
        directory,
        chats,
        teams,
        consents,
        drives,
        calendars,
        meetings,
        subscriptions: subscriptions.live(clock.now()),
        last,
      }),
    reset(): void {
      directory.reset();
      consents.reset();
      otherConsents.reset();
      sessions.reset();
      registration.reset();
      grants.reset();
      chats.reset();
      teams.reset();
      subscriptions.reset();
      drives.reset();
      presences.reset();
      calendars.reset();
      meetings.reset();
      blocked.clear();
      challenges.clear();
    },
    /** For control servers that list who may sign in: name and address of contoso's people. */
    people: () =>
      directory
        .inTenant(TENANT_ID)
        .map((u) => ({ id: u.id, name: u.displayName, email: emailOf(u), guest: u.userType === 'Guest' })),
  };
}
