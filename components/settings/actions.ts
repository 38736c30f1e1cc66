import type { ErrorAction } from '../../lib/model/errors.ts';
import type { Origin, RecordKey } from '../../lib/model/ids.ts';
import type { Registration } from '../../lib/rpc/contract.ts';

/** What a person can do in the popup. */
export interface PopupActions {
  /** Asks the browser for the host, then lists the site. Must be called straight from the click. */
  addSite(origin: Origin): void;
  removeSite(origin: Origin): void;
  signIn(pickAccount: boolean): void;
  /** `discard`: unfinished work may be lost. */
  signOut(discard: boolean): void;
  saveRegistration(registration: Registration): void;
  /** Seconds between timed reads, or null for none. */
  setLive(seconds: number | null): void;
  /** Leads to a record with its panel. */
  openRecord(key: RecordKey): void;
  /** A chat whose record is gone is not wanted here any more. */
  forgetOrphan(key: RecordKey): void;
  /** Everything that is not set here, in a tab of its own. */
  openOptions(): void;
  act(action: ErrorAction): void;
}

/** The tab the popup was opened over. */
export type CurrentTab =
  | { kind: 'looking' }
  /** A page of the browser, a file, an empty tab. */
  | { kind: 'no-page' }
  | { kind: 'site'; origin: Origin; host: string; isErpnext: boolean };
