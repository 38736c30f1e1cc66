import type { Result } from '../../model/errors.ts';
import type { CardSource, RecordFile } from '../../model/record-card.ts';
import type { Writing } from '../../model/writing.ts';
import type { Passed } from '../contract.ts';

/** What the panel asks while a message is being written. */
export interface ComposeProtocol {
  /** What is being written, by record; null clears it. */
  'draft.save'(data: Passed & { writing: Writing | null }): Result<void>;
  'draft.load'(data: Passed): Result<({ text: string } & Partial<Writing>) | null>;
  /** A picture of the draft, in base64, kept before the draft names it. */
  'draft.keep'(data: Passed & KeptPicture & { id: string }): Result<void>;
  /** Null where it is not kept any more. */
  'draft.picture'(data: Passed & { id: string }): Result<KeptPicture | null>;
  /** These pictures were taken out of the draft, or sent. */
  'draft.drop'(data: Passed & { ids: string[] }): Result<void>;
  /** Files that hang on the record, to be linked. */
  'record.files'(data: Passed): Result<RecordFile[]>;
  /** What a card of the record can show. */
  'record.card'(data: Passed): Result<CardSource>;
  /** These fields went onto its card: suggested for this doctype from now on. */
  'card.chose'(data: Passed & { doctype: string; fields: string[] }): Result<void>;
  /** The emoji picked last in this browser, newest first; with `used`, after that one was picked. */
  'emoji.recent'(data: { pass: string; used: string | null }): Result<string[]>;
}

export interface KeptPicture {
  contentType: string;
  bytes: string;
}
