import { type DirectoryUser, TENANT_DOMAIN } from './tenant/people.ts';

/** A colleague of a big company: a user of ERPNext, and the accounts that answer to their address. */
export interface Staff {
  name: string;
  email: string;
  accounts: Account[];
}

type Account = Partial<DirectoryUser> & { name: string; alias: string };

/**
 * So many people, staff0001@… and on. Most have one account with their address for mail and sign-in name; in each
 * hundred there are some as real companies have them.
 */
export function staffOf(count: number): Staff[] {
  return Array.from({ length: count }, (_, i) => {
    const number = String(i + 1).padStart(4, '0');
    const alias = `staff${number}`;
    const email = `${alias}@${TENANT_DOMAIN}`;
    const name = `Staff ${number}`;
    return { name, email, accounts: accountsOf(name, alias, email, (i + 1) % 100) };
  });
}

function accountsOf(name: string, alias: string, email: string, kind: number): Account[] {
  const usual = { name, alias };
  if (kind === 7) return [{ ...usual, userPrincipalName: `u.${email}` }];
  if (kind === 13)
    return [
      { ...usual, userType: 'Guest', userPrincipalName: `${email.replace('@', '_')}#EXT#@contoso.onmicrosoft.test` },
    ];
  if (kind === 31) return [];
  if (kind === 57) {
    const shared = { name: `${name} (shared)`, alias: `${alias}.shared`, mail: null, userPrincipalName: email };
    return [{ ...usual, userPrincipalName: `m.${email}` }, shared];
  }
  if (kind === 77) return [{ ...usual, accountEnabled: false }];
  if (kind === 83) return [{ ...usual, mail: `new.${email}`, userPrincipalName: `new.${email}`, aliases: [email] }];
  return [usual];
}
