import type { AuthenticationResult } from '@azure/msal-browser';
import type { AccountId } from '../model/ids.ts';
import type { Registration } from './clouds.ts';
import type { SignInSituation } from './errors.ts';
import type { Msal, PageRequest } from './msal.ts';
import type { Roll } from './roll.ts';
import type { Tier } from './scopes.ts';

/** What all accounts share: MSAL has one cache, and one sign-in page at a time. */
export interface Shared {
  roll: Roll;
  configured(): Promise<boolean>;
  open(): Promise<{ msal: Msal; registration: Registration }>;
  fromPage(msal: Msal, request: PageRequest, interactive: boolean): Promise<AuthenticationResult>;
  situation(interactive: boolean, tier: Tier, registration: Registration, tenantId: string | null): SignInSituation;
  /** How often this account signed out: what was asked for before must not bring it back. */
  era(id: AccountId): number;
  now(): number;
}
