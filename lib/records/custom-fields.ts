import { checkFields, USER } from '../erpnext/field-plan.ts';
import type { FieldCheck } from '../model/custom-field.ts';
import type { DoctypeMeta } from '../model/doctype-meta.ts';
import { AppFailure, fail } from '../model/errors.ts';
import type { Doctype, Origin } from '../model/ids.ts';
import type { FieldsView, UndoReport } from '../rpc/contract.ts';
import { forgetMade, madeFields, rememberMade } from '../settings/made-fields.ts';
import { doctypesOn } from './doctypes.ts';
import type { Erp } from './erp.ts';

/** The custom fields of every doctype that is on, and of User, as they stand on this site. */
export async function fieldsView(erp: Erp, origin: Origin): Promise<FieldsView> {
  const [admin, checks, made] = await Promise.all([erp.isAdmin(), checkAll(erp), madeFields(origin)]);
  return {
    admin,
    fields: checks.map(({ doctype, fieldname, label, state, faults, fix }) => ({
      doctype,
      fieldname,
      label,
      state,
      faults,
      correctable: fix !== null,
      made: state !== 'missing' && made.includes(`${doctype}-${fieldname}`),
    })),
  };
}

/** Make what is missing on these doctypes; what is there stays as it is. Done again it makes nothing. */
export async function createMissing(erp: Erp, origin: Origin, doctypes: Doctype[]): Promise<void> {
  for (const doctype of doctypes) {
    const meta = await metaOf(erp, doctype);
    // One after the other, each after the one it hangs on.
    for (const { state, wanted } of meta ? checkFields(meta) : [])
      if (state === 'missing' && (await erp.makeField(wanted)))
        await rememberMade(origin, `${wanted.dt}-${wanted.fieldname}`);
  }
}

/**
 * On every doctype that is on, and User. One that ERPNext refuses, since its own definition is broken, keeps no other
 * from getting its fields. @throws AppFailure the first refusal, when all others are done; anything else at once
 */
export async function createAllMissing(erp: Erp, origin: Origin): Promise<void> {
  let refusal: AppFailure | null = null;
  for (const doctype of await allDoctypes()) {
    await createMissing(erp, origin, [doctype]).catch((caught) => {
      if (!(caught instanceof AppFailure) || caught.error.code !== 'erp-refused') throw caught;
      refusal ??= caught;
    });
  }
  if (refusal) throw refusal;
}

/** Bring one field that is wrong into order. What it is now is looked up again: the page may be old. */
export async function correctField(erp: Erp, doctype: Doctype, fieldname: string): Promise<void> {
  const meta = await metaOf(erp, doctype);
  const check = meta && checkFields(meta).find((one) => one.fieldname === fieldname);
  if (check?.state !== 'wrong') return;
  if (check.fix) return erp.changeField(doctype, fieldname, check.fix);
  throw fail(
    'not-permitted',
    `${fieldname} belongs to ${doctype} itself`,
    'It is no custom field, so only whoever made the doctype can change it.',
  );
}

/** Remove what Deskside made here, last made first, and only what is empty on every document that can be seen. */
export async function undoFields(erp: Erp, origin: Origin): Promise<UndoReport> {
  const report: UndoReport = { removed: 0, kept: [] };
  for (const name of (await madeFields(origin)).reverse()) {
    const at = name.lastIndexOf('-');
    const [doctype, fieldname] = [name.slice(0, at) as Doctype, name.slice(at + 1)];
    const { heldBy } = await erp.removeField(doctype, fieldname);
    if (heldBy !== null) report.kept.push({ doctype, fieldname, heldBy });
    else {
      await forgetMade(origin, name);
      report.removed += 1;
    }
  }
  return report;
}

async function checkAll(erp: Erp): Promise<FieldCheck[]> {
  const metas = await Promise.all((await allDoctypes()).map((doctype) => metaOf(erp, doctype)));
  return metas.flatMap((meta) => (meta ? checkFields(meta) : []));
}

async function allDoctypes(): Promise<Doctype[]> {
  return [...(await doctypesOn()).map(({ doctype }) => doctype), USER];
}

/** Null where the site has no such doctype: a Frappe without ERPNext has no Project. */
async function metaOf(erp: Erp, doctype: Doctype): Promise<DoctypeMeta | null> {
  return erp.meta(doctype).catch((caught) => {
    if (caught instanceof AppFailure && caught.error.code === 'erp-not-found') return null;
    throw caught;
  });
}
