import type { Result } from '../../model/errors.ts';

/** What the panel asks while a message is being written. */
export interface ComposeProtocol {
  /** The emoji picked last in this browser, newest first; with `used`, after that one was picked. */
  'emoji.recent'(data: { pass: string; used: string | null }): Result<string[]>;
}
