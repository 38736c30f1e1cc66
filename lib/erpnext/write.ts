import { AppFailure, fail } from '../model/errors.ts';
import type { ErpUser } from '../model/ids.ts';
import type { RecordRef, SavedRecord } from '../model/record.ts';
import { CHAT_FIELD } from './doctypes/registry.ts';
import { type Reader, WireAnswer } from './read.ts';
import { type Rest, resourcePath } from './rest.ts';
import { checkOrder } from './session.ts';

export interface ChatFieldOrder {
  ref: RecordRef;
  value: string;
  /** ERPNext refuses the write unless this is still the record's own. */
  modified: string;
  erpUser: ErpUser;
  deadline: number;
}

/** What the page's open form needs to follow the write. */
export interface FormPatch {
  doctype: string;
  name: string;
  baseModified: string;
  values: Record<string, string>;
}

export interface WriterDeps {
  rest: Rest;
  reader: Reader;
  user: () => ErpUser | null;
  now: () => number;
  /** Tells the open form, if it shows this record. Never throws, never waits long. */
  patchForm: (patch: FormPatch) => Promise<void>;
}

/**
 * Compare-and-set of the chat field: PUT with the `modified` that was read; ERPNext locks the row and compares
 * (frappe/model/document.py check_if_latest), so of two writers one gets `erp-conflict`. Repeating it is therefore
 * harmless, and a lost answer is settled by looking.
 * @throws AppFailure `erp-conflict`, `field-missing`, `erp-other-user`, `erp-refused`, `outcome-unknown`, …
 */
export async function writeChatField(order: ChatFieldOrder, deps: WriterDeps): Promise<SavedRecord> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put(order, deps);
    } catch (caught) {
      const settled = await settle(order, deps, caught);
      if (settled) return settled;
      if (attempt === ATTEMPTS) throw caught;
    }
  }
}

/** The first, and one more where ERPNext seems not to have had it. */
const ATTEMPTS = 2;

/**
 * Looks what came of an attempt that gave no answer, or, since an earlier one may have arrived after all, a conflict.
 * @returns the record when it holds our value; null when nothing has been saved since, so that it may be tried again.
 */
async function settle(order: ChatFieldOrder, deps: WriterDeps, caught: unknown): Promise<SavedRecord | null> {
  const code = caught instanceof AppFailure ? caught.error.code : 'bug';
  if (code !== 'outcome-unknown' && code !== 'erp-conflict') throw caught;
  const now = await deps.reader.read(order.ref).catch((again) => {
    throw code === 'erp-conflict' ? again : caught;
  });
  if (now.chatField === order.value && now.modified !== order.modified) {
    await deps.patchForm(patchOf(order, now.modified));
    return now;
  }
  // Somebody else's save means that ours was refused, or will be when it arrives.
  if (code === 'erp-conflict') throw caught;
  if (now.modified !== order.modified) throw conflict(order.ref);
  return null;
}

async function put(order: ChatFieldOrder, deps: WriterDeps): Promise<SavedRecord> {
  const { ref, value, modified } = order;
  const { body, serverTime } = await deps.rest.send(
    { method: 'PUT', path: resourcePath(ref.doctype, ref.name), body: { [CHAT_FIELD]: value, modified } },
    WireAnswer,
    { verb: 'change', doctype: ref.doctype, name: ref.name },
    () => checkOrder(order, deps.user(), deps.now()),
  );
  const document = body.data;
  // The save moved `modified` whether or not the field was taken: the open form must know of it either way.
  await deps.patchForm(patchOf(order, document.modified, document.modified_by));
  const held = document[CHAT_FIELD];
  if ((typeof held === 'string' ? held : '') !== value) throw fieldMissing(ref);
  return deps.reader.saved(ref, document, serverTime);
}

function patchOf(order: ChatFieldOrder, modified: string, modifiedBy?: string | null): FormPatch {
  return {
    doctype: order.ref.doctype,
    name: order.ref.name,
    baseModified: order.modified,
    values: { [CHAT_FIELD]: order.value, modified, modified_by: modifiedBy ?? order.erpUser },
  };
}

/** ERPNext ignores a field it does not know, or that this person may not set, and says 200. */
function fieldMissing(ref: RecordRef): AppFailure {
  return fail(
    'field-missing',
    'ERPNext has no place for the chat yet',
    `${ref.doctype} needs the custom field ${CHAT_FIELD}, and people need permission to fill it. An ERPNext administrator can create it with one click in this panel.`,
    { action: { kind: 'create-field', label: 'Create the field' } },
  );
}

function conflict(ref: RecordRef): AppFailure {
  return fail(
    'erp-conflict',
    'Somebody saved this record just now',
    `${ref.doctype} ${ref.name} changed in ERPNext meanwhile. Nothing was overwritten; try again.`,
    { action: { kind: 'retry', label: 'Try again' } },
  );
}
