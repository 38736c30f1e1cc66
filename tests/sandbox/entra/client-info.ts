import { type DirectoryUser, stableGuid } from '../tenant/people.ts';

/** `client_info`: object and tenant id of the person's home, from which MSAL makes its homeAccountId `uid.utid`. */
export function clientInfo(user: DirectoryUser): string {
  const home = homeOf(user);
  return Buffer.from(JSON.stringify({ uid: home.objectId, utid: home.tenantId })).toString('base64url');
}

/** A guest's home is another directory, where they have another object id. */
export function homeOf(user: DirectoryUser): { objectId: string; tenantId: string } {
  if (user.userType !== 'Guest') return { objectId: user.id, tenantId: user.tenantId };
  const mail = user.mail ?? user.userPrincipalName;
  return { objectId: stableGuid(mail), tenantId: stableGuid(mail.split('@')[1] ?? mail) };
}
