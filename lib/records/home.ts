import type { AppError } from '../model/errors.ts';
import type { SavedRecord } from '../model/record.ts';
import type { Kept } from '../rpc/contract.ts';
import type { Erp } from './erp.ts';
import type { Worker } from './worker.ts';

/** Where this person may keep the record's chat. */
export type Home =
  | { place: 'field' }
  /** The field is closed to them or missing; why. */
  | { place: 'comment'; kept: Kept }
  | { place: null; kept: Kept; refusal: AppError };

/** The field where it can be written, else a comment, where neither a setting nor a policy forbids it. Asks ERPNext. */
export async function homeOf(worker: Worker, record: SavedRecord, erp: Erp): Promise<Home> {
  const closed = await closedField(record, erp);
  if (!closed) return { place: 'field' };
  const { commentLinks } = await worker.settings();
  return commentLinks ? { place: 'comment', kept: closed.kept } : { place: null, ...closed };
}

/** What about the record itself stands in the way of its field; null where nothing does. */
async function closedField(record: SavedRecord, erp: Erp): Promise<{ kept: Kept; refusal: AppError } | null> {
  if (record.docstatus === 2) return { kept: { why: 'cancelled', admin: false }, refusal: CANCELLED };
  if (!record.hasChatField) {
    const admin = await erp.isAdmin();
    return { kept: { why: 'no-field', admin }, refusal: fieldMissing(record, admin) };
  }
  if (await erp.mayWrite(record.ref, record.docstatus === 1 ? 'submit' : 'write')) return null;
  return { kept: { why: 'read-only', admin: false }, refusal: readOnly(record) };
}

const CANCELLED: AppError = {
  code: 'not-permitted',
  title: 'This document is cancelled',
  text: 'ERPNext takes no more changes to it, so no chat can be linked to it.',
};

function readOnly(record: SavedRecord): AppError {
  return {
    code: 'erp-forbidden',
    title: `You may read this ${record.ref.doctype}, but not change it`,
    text: `The chat’s id is kept in the record, so creating it needs write permission. Ask ${ownerOf(record)}, who owns it, to create the chat or to share the record with you with “Can Write”.`,
  };
}

/** By name where ERPNext told it, else as ERPNext knows them. */
function ownerOf({ participants, owner }: SavedRecord): string {
  return participants.find((p) => p.source === 'owner')?.name || owner;
}

function fieldMissing(record: SavedRecord, admin: boolean): AppError {
  const { doctype } = record.ref;
  const sentence = `Please create the custom field “custom_teams_chat_id” (Data, hidden, read only, no copy) on ${doctype}, so that Deskside can keep the record’s Teams chat in it.`;
  return {
    code: 'field-missing',
    title: `${doctype} has no field for the chat yet`,
    text: admin
      ? `Deskside keeps the chat’s id in a hidden custom field of the record. You may create it: nothing else is changed.`
      : `Deskside keeps the chat’s id in a hidden custom field, and only an administrator of your ERPNext can create it. Send them this sentence: ${sentence}`,
    action: admin
      ? { kind: 'create-field', label: 'Create the field' }
      : { kind: 'copy', label: 'Copy the sentence', text: sentence },
  };
}
