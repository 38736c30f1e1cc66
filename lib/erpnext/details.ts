import type { RecordRef } from '../model/record.ts';
import { commentsOf } from './comments.ts';
import { WireAnswer } from './read.ts';
import { type Rest, resourcePath } from './rest.ts';

/** What stands in a record and hangs on it, as ERPNext gives it to this person; the worker makes sense of it. */
export interface RawDetails {
  values: unknown;
  attachments: unknown;
}

/** Fields closed to this person's permission levels are left out by ERPNext (frappe/api, apply_fieldlevel_read_permissions). */
export async function readDetails(rest: Rest, ref: RecordRef): Promise<RawDetails> {
  const { doctype, name } = ref;
  const [document, { docinfo }] = await Promise.all([
    rest.get(resourcePath(doctype, name), WireAnswer, { verb: 'read', doctype, name }),
    commentsOf(rest, ref),
  ]);
  return { values: document.body.data, attachments: (docinfo as { attachments?: unknown }).attachments };
}
