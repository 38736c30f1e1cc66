import * as v from 'valibot';
import { asRecordName } from '../model/ids.ts';
import type { RecordRef } from '../model/record.ts';
import { listPath, type Rest } from './rest.ts';
import { shape } from './shape.ts';

/**
 * The present name of a document that is no longer found by this one. ERPNext keeps no trace of a rename that ordinary
 * people may read, but `creation` (to the microsecond) goes along with it (frappe/model/rename_doc.py).
 * @returns null where no document, or more than one (an import), has this `creation`, as far as the person may list them.
 */
export async function renamed(rest: Rest, ref: RecordRef, creation: string): Promise<RecordRef | null> {
  const path = listPath(ref.doctype, ['name'], [['creation', '=', creation]], 2);
  const rows = (await rest.get(path, List, { verb: 'read', doctype: ref.doctype })).body.data;
  const [only] = rows;
  return only && rows.length === 1 && only.name !== ref.name ? { ...ref, name: asRecordName(only.name) } : null;
}

const List = shape({ data: v.array(shape({ name: v.string() })) });
