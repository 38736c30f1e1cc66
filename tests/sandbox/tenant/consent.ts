import { needsAdmin, withdrawnByManagedPolicy } from './registration.ts';

/**
 * Who may say yes to what.
 * `managed`: Microsoft's default for new tenants, which lets people grant the harmless permissions only.
 * `user`: people grant all that needs no administrator. `none`: nothing without an administrator.
 */
export type ConsentPolicy = 'managed' | 'user' | 'none';

/** Consents of one tenant: each person's own, and the administrator's for everybody. */
export class Consents {
  policy: ConsentPolicy = 'managed';
  /** Granted for all people of the tenant. */
  readonly adminConsented = new Set<string>();
  #own = new Map<string, Set<string>>();

  reset(): void {
    this.policy = 'managed';
    this.adminConsented.clear();
    this.#own.clear();
  }

  /** All scopes this person's tokens carry: a token lists everything consented, not only what was asked. */
  grantedTo(userId: string): string[] {
    return [...new Set([...this.adminConsented, ...(this.#own.get(userId) ?? [])])].sort();
  }

  grant(userId: string, scopes: readonly string[]): void {
    const own = this.#own.get(userId) ?? new Set();
    for (const scope of scopes) own.add(scope);
    this.#own.set(userId, own);
  }

  grantForAll(scopes: readonly string[]): void {
    for (const scope of scopes) this.adminConsented.add(scope);
  }

  /** Takes back a person's own consents, as at myapps.microsoft.com. */
  withdraw(userId: string): void {
    this.#own.delete(userId);
  }

  /** Whether the tenant's policy lets somebody who is no administrator grant this scope. */
  userMayGrant(scope: string): boolean {
    if (needsAdmin(scope) || this.policy === 'none') return false;
    return this.policy === 'user' || !withdrawnByManagedPolicy(scope);
  }

  /** Plain data for GET /state. */
  state(): { policy: ConsentPolicy; admin: string[]; people: Record<string, string[]> } {
    return {
      policy: this.policy,
      admin: [...this.adminConsented].sort(),
      people: Object.fromEntries([...this.#own].map(([id, scopes]) => [id, [...scopes].sort()])),
    };
  }
}
