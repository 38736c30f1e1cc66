import type { Result } from '../../model/errors.ts';
import type { Passed } from '../contract.ts';

/** What the panel asks for files that are put into the person's OneDrive. */
export interface FilesProtocol {
  /**
   * A part of a file of the draft (model/upload.ts), in base64, kept before the draft names it. One after the other.
   * @throws `storage-unavailable` where this browser has no room for the whole
   */
  'file.keep'(data: Passed & { id: string; size: number; no: number; bytes: string }): Result<void>;
  /** These were taken out of the draft. */
  'file.drop'(data: Passed & { ids: string[] }): Result<void>;
  /** How far the files of messages on their way have come: bytes, by the file's id. */
  'file.progress'(data: Passed): Result<Record<string, number>>;
  /** Ask for the permission to put files into OneDrive (opens Microsoft's window). */
  'auth.files'(data: { pass: string }): Result<void>;
  /** Undoes `messages.discard`, within a minute: `not-permitted` later. */
  'messages.restore'(data: Passed & { localId: string }): Result<void>;
}
