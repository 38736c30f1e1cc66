import type { AccountId, Origin } from '../model/ids.ts';
import type { Account } from './account.ts';
import type { Tier } from './scopes.ts';
import { oneAtATime } from './turns.ts';
import type { SessionArea } from './worker-window.ts';

/** Beyond these, what was granted once comes with every token. */
export type KeptTier = Extract<Tier, 'base' | 'reading'>;

/** Somebody who signed in here and has not signed out. No secret. */
export interface Entry {
  account: Account;
  /** What a renewal asks for. */
  tier: KeptTier;
  /** Scopes that Microsoft said were granted, by short names; empty until it has answered since the browser started. */
  granted: string[];
  /** Sites on which this account speaks (see `speakerOn`). */
  sites: Origin[];
  /** Signed in from a private window: nothing of it reaches the disk. */
  privately: boolean;
  /** Signing out: it has no tokens any more and must get none. */
  leaving: boolean;
}

/** What outlives the browser. */
export type Kept = Pick<Entry, 'account' | 'tier' | 'sites'>;

export interface Keeper {
  load(): Promise<Kept[]>;
  save(kept: Kept[]): Promise<void>;
}

/** Who is signed in here, in the order of signing in: in the session, and what of it may be kept, on the disk. */
export interface Roll {
  list(): Promise<readonly Entry[]>;
  find(id: AccountId): Promise<Entry | null>;
  /** One change after the other. */
  change(edit: (entries: readonly Entry[]) => readonly Entry[]): Promise<void>;
}

const KEY = 'auth.accounts';

export function createRoll(session: SessionArea, keeper: Keeper): Roll {
  const turn = oneAtATime();

  async function list(): Promise<readonly Entry[]> {
    // Only this module writes the key, so what it holds has our shape. It is missing after the browser's start alone.
    const known = (await session.get(KEY))[KEY] as Entry[] | undefined;
    return known ?? (await keeper.load()).map((kept) => ({ ...kept, granted: [], privately: false, leaving: false }));
  }

  return {
    list,
    find: async (id) => (await list()).find((entry) => entry.account.id === id) ?? null,
    change: (edit) =>
      turn(async () => {
        const before = await list();
        const after = edit(before);
        await session.set({ [KEY]: after });
        const kept = keptOf(after);
        if (JSON.stringify(kept) !== JSON.stringify(keptOf(before))) await keeper.save(kept);
      }),
  };
}

function keptOf(entries: readonly Entry[]): Kept[] {
  return entries.filter(({ privately }) => !privately).map(({ account, tier, sites }) => ({ account, tier, sites }));
}
