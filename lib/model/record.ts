import type { Doctype, ErpUser, Origin, RecordKey, RecordName } from './ids.ts';
import type { Participant } from './participant.ts';

/** Which ERPNext document; never changes meaning over its life, but a rename gives it a new name. */
export interface RecordRef {
  origin: Origin;
  doctype: Doctype;
  name: RecordName;
}

/** One key a record, safe for any name. */
export function recordKey(ref: RecordRef): RecordKey {
  return JSON.stringify([ref.origin, ref.doctype, ref.name]) as RecordKey;
}

export function parseRecordKey(key: RecordKey): RecordRef {
  const [origin, doctype, name] = JSON.parse(key) as [Origin, Doctype, RecordName];
  return { origin, doctype, name };
}

export function sameRecord(a: RecordRef | null | undefined, b: RecordRef | null | undefined): boolean {
  return !!a && !!b && a.origin === b.origin && a.doctype === b.doctype && a.name === b.name;
}

/** The record as saved at the server, read by REST; what counts when people, title or chat matter. */
export interface SavedRecord {
  ref: RecordRef;
  title: string;
  /** ERPNext's optimistic lock: an opaque string, compared and sent back, never parsed. */
  modified: string;
  /** Never changes, not even by a rename; another one in a duplicated record. Opaque too. */
  creation: string;
  owner: ErpUser;
  /** 0 draft, 1 submitted, 2 cancelled. */
  docstatus: 0 | 1 | 2;
  /** What `custom_teams_chat_id` holds: empty, a claim or a chat id. */
  chatField: string;
  /** The status that says the record is over (Completed, Closed, Cancelled …). */
  over?: string;
  /** The cancelled document that this one amends. */
  amendedFrom?: RecordName;
  /** Null when the server did not say whether the doctype has the field (an empty field is left out of the answer). */
  hasChatField: boolean;
  /** People of the record (rows, owner); the person acting is added by whoever asks. Not yet folded together. */
  participants: Participant[];
  /** Who is logged in at ERPNext in the tab that read this. */
  erpUser: ErpUser;
  /** ERPNext's own clock (its `Date` header) when it answered, in milliseconds since 1970. */
  serverTime: number;
  /** Deep link to the form, as this site's version spells it. */
  url: string;
}
