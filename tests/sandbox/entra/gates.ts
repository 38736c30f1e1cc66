import { type DirectoryUser, emailOf, signInName, TENANT_DOMAIN, TENANT_ID } from '../tenant/people.ts';
import { CLIENT_ID } from '../tenant/registration.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { AadstsError } from './aadsts.ts';

/** Why this person may not sign in at all, whatever the app asks for; undefined where nothing stands against it. */
export function refusal(tenant: Tenant, authority: string, user: DirectoryUser): AadstsError | undefined {
  const wanted = tenant.tenantIdOf(authority);
  if (wanted && wanted !== user.tenantId) {
    return new AadstsError(50020, [signInName(user), signInName(user).split('@')[1] ?? '', authority, CLIENT_ID]);
  }
  if (!user.accountEnabled) return new AadstsError(50057);
  if (tenant.blocked.has(emailOf(user))) return new AadstsError(53003);
  return undefined;
}

/** Whom a typed address means at this authority. A guest's home is elsewhere, so only the host tenant's own address
 * knows them; `organizations` and `common` would ask the home tenant, which this stand-in does not have. */
export function accountFor(tenant: Tenant, authority: string, typed: string): DirectoryUser {
  const user = tenant.directory.bySignInName(typed);
  const homeIsElsewhere = user?.userType === 'Guest' && !tenant.tenantIdOf(authority);
  if (!user || homeIsElsewhere) {
    throw new AadstsError(50034, [typed, typed.split('@')[1] ?? TENANT_DOMAIN]);
  }
  return user;
}

/**
 * `organizations`, `common` and tenants that exist; anything else is AADSTS90002. A registration for one tenant is
 * known in that tenant alone: many-tenant addresses answer AADSTS50194, another tenant's AADSTS700016.
 */
export function checkAuthority(tenant: Tenant, authority: string): void {
  const tenantId = tenant.tenantIdOf(authority);
  const shared = authority === 'organizations' || authority === 'common';
  if (!shared && !tenantId) throw new AadstsError(90002, [authority]);
  if (tenant.registration.multiTenant || tenantId === TENANT_ID) return;
  throw shared ? new AadstsError(50194, [CLIENT_ID, authority]) : new AadstsError(700016, [CLIENT_ID]);
}
