import { authorityOf, CLOUDS, type Registration } from './clouds.ts';
import { scopesOf, type Tier } from './scopes.ts';

/**
 * The page on which an administrator grants the tier's permissions to everybody in the organisation.
 * Source: Microsoft identity platform, "Admin consent URI" (v2.0/adminconsent); scopes there are always spelled out.
 * It ends on our redirect URI, which only this extension's sign-in can open: elsewhere the browser says that it cannot
 * be reached, after the consent was given.
 */
export function adminConsentUrl(
  registration: Registration,
  redirectUri: string,
  tier: Tier,
  tenantId: string | null,
): string {
  const authority = authorityOf(tenantId ? { ...registration, tenant: tenantId } : registration);
  const query = new URLSearchParams({
    client_id: registration.clientId,
    redirect_uri: redirectUri,
    scope: scopesOf(tier)
      .map((name) => `${CLOUDS[registration.cloud].graph}/${name}`)
      .join(' '),
  });
  return `${authority}/v2.0/adminconsent?${query.toString().replaceAll('+', '%20')}`;
}
