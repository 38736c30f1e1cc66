import type { Result } from '../../lib/model/errors.ts';
import type { StoragePlan } from '../../lib/rpc/contract/storage.ts';

/** What a person can do about what is stored. */
export interface StorageActions {
  plan(before: string): Promise<Result<StoragePlan>>;
  evict(before: string): Promise<void>;
  cancel(): Promise<void>;
  /** Asks the browser to keep what is stored whatever else fills the disk; false where it does not. */
  persist(): Promise<boolean>;
  again(): void;
}
