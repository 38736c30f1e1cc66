import type { ErrorAction } from '../../lib/model/errors.ts';
import type { AccountId, Origin, RecordKey } from '../../lib/model/ids.ts';
import type { Registration } from '../../lib/rpc/contract.ts';
import type { SyncActions } from './sync-card.tsx';

/** What a person can do with the accounts that are signed in. */
export interface AccountActions {
  /** `account`: who should sign in again. `origin`: where whoever signs in is to speak. */
  signIn(options: { pickAccount?: boolean; account?: AccountId; origin?: Origin }): void;
  /** `discard`: unfinished work may be lost. */
  signOut(account: AccountId, discard: boolean): void;
  /** From now on this account speaks on the site. */
  useAccount(origin: Origin, account: AccountId): void;
  act(action: ErrorAction): void;
}

/** What a person can do in the popup. */
export interface PopupActions extends AccountActions {
  /** Asks the browser for the host, then lists the site. Must be called straight from the click. */
  addSite(origin: Origin): void;
  removeSite(origin: Origin): void;
  saveRegistration(registration: Registration): void;
  /** Seconds between timed reads, or null for none. */
  setLive(seconds: number | null): void;
  /** Leads to a record with its panel. */
  openRecord(key: RecordKey): void;
  /** A chat whose record is gone is not wanted here any more. */
  forgetOrphan(key: RecordKey): void;
  /** The search over all that is stored, in a tab of its own. */
  openArchive(): void;
  /** All linked chats. */
  sync: SyncActions;
  /** Everything that is not set here, in a tab of its own. */
  openOptions(): void;
}

/** The tab the popup was opened over. */
export type CurrentTab =
  | { kind: 'looking' }
  /** A page of the browser, a file, an empty tab. */
  | { kind: 'no-page' }
  | { kind: 'site'; origin: Origin; host: string; isErpnext: boolean };
