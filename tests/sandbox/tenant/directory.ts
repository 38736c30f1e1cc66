import { staffOf } from '../staff.ts';
import {
  createColleague,
  createDirectory,
  type DirectoryUser,
  emailOf,
  OTHER_TENANT_DOMAIN,
  OTHER_TENANT_ID,
  signInName,
  stableGuid,
  TENANT_DOMAIN,
  TENANT_ID,
} from './people.ts';

/** The people of both tenants and the ways of finding them. */
export class Directory {
  #users = createDirectory();
  #byId = new Map<string, DirectoryUser>();
  #indexed = 0;

  /** People of a real ERPNext, by address: everyday colleagues in this tenant, who outlive a reset. */
  #hired: string[] = [];

  /** Ids of people who left the company: chats still name them, and no search finds them. */
  #left = new Set<string>();

  reset(): void {
    this.#users = createDirectory();
    this.#byId.clear();
    this.#indexed = 0;
    this.#left.clear();
    this.hire(this.#hired);
  }

  hire(emails: readonly string[]): void {
    for (const email of emails.map((text) => text.trim().toLowerCase())) {
      if (!this.#hired.includes(email)) this.#hired.push(email);
      if (this.#users.some((u) => emailOf(u) === email || signInName(u) === email)) continue;
      const colleague = createColleague(email.split('@')[0] ?? email, email);
      this.#users.push({ ...colleague, id: stableGuid(email), mail: email, userPrincipalName: email });
    }
  }

  /**
   * Takes on `count` people named Crew 001, Crew 002, … (crew001@contoso.test): more than a chat can hold. They are
   * not there by themselves, so that the tenant stays one that fits on a page.
   */
  hireCrew(count: number): void {
    for (let i = 1; i <= count; i++) {
      const number = String(i).padStart(3, '0');
      if (!this.bySignInName(`crew${number}@${TENANT_DOMAIN}`))
        this.#users.push(createColleague(`Crew ${number}`, `crew${number}`));
    }
  }

  /** The accounts of a big company (staff.ts), matched to the users of an ERPNext with as many. */
  hireStaff(count: number): void {
    for (const { accounts } of staffOf(count))
      for (const { name, alias, ...differs } of accounts) this.#users.push(createColleague(name, alias, differs));
  }

  /** What a path segment of login.microsoftonline.com names: a tenant's GUID, or its domain. */
  tenantIdOf(segment: string): string | undefined {
    const name = segment.toLowerCase();
    if (name === TENANT_ID || name === TENANT_DOMAIN) return TENANT_ID;
    if (name === OTHER_TENANT_ID || name === OTHER_TENANT_DOMAIN) return OTHER_TENANT_ID;
    return undefined;
  }

  /** Their account is deleted. */
  leave(email: string): void {
    this.#left.add(this.require(email).id);
  }

  inTenant(tenantId: string): DirectoryUser[] {
    return this.#users.filter((u) => u.tenantId === tenantId && !this.#left.has(u.id));
  }

  byId(id: string): DirectoryUser | undefined {
    // People are only ever added.
    for (; this.#indexed < this.#users.length; this.#indexed++) {
      const user = this.#users[this.#indexed] as DirectoryUser;
      if (!this.#byId.has(user.id)) this.#byId.set(user.id, user);
    }
    return this.#byId.get(id.toLowerCase());
  }

  /** The first, of both tenants, of whom it holds and who has not left. */
  find(holds: (user: DirectoryUser) => boolean): DirectoryUser | undefined {
    return this.#users.find((user) => !this.#left.has(user.id) && holds(user));
  }

  /** Object id or UPN, as Graph's /users/{…} takes: an alias or a guest's mail finds nobody. */
  byIdOrUpn(key: string, tenantId: string): DirectoryUser | undefined {
    const folded = key.toLowerCase();
    return this.inTenant(tenantId).find((u) => u.id === folded || u.userPrincipalName.toLowerCase() === folded);
  }

  /** By what people type to sign in. */
  bySignInName(name: string): DirectoryUser | undefined {
    const folded = name.trim().toLowerCase();
    return this.#users.find((u) => signInName(u) === folded);
  }

  /** By mail or UPN, for tests and the control server; throws for nobody, since a test that misspells must fail. */
  require(email: string): DirectoryUser {
    const folded = email.trim().toLowerCase();
    const user = this.#users.find((u) => emailOf(u) === folded || u.userPrincipalName.toLowerCase() === folded);
    if (!user) throw new Error(`Nobody in the sandbox's directory is called ${email}.`);
    return user;
  }
}
