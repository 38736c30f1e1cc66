import * as v from 'valibot';
import type { DoctypeMeta, MetaField } from '../model/doctype-meta.ts';
import { AppFailure, fail } from '../model/errors.ts';
import { asDoctype } from '../model/ids.ts';
import type { Rest } from './rest.ts';
import { shape } from './shape.ts';

/**
 * A doctype as this site has it, custom fields included (frappe.desk.form.load.getdoctype, open to everybody in Desk).
 * @throws AppFailure `erp-not-found` where the site has no such doctype, `erp-unreachable`, `erp-signed-out`, …
 */
export async function readMeta(rest: Rest, doctype: string): Promise<DoctypeMeta> {
  const path = `/api/method/frappe.desk.form.load.getdoctype?${new URLSearchParams({ doctype })}`;
  const answer = await rest.get(path, v.unknown(), { verb: 'read', doctype }).catch((caught) => {
    throw isUnknown(caught) ? unknown(doctype) : caught;
  });
  const meta = metaIn(answer.body, doctype);
  if (meta) return meta;
  throw fail('erp-unreachable', 'ERPNext answered in a way Deskside does not know', 'Try again in a moment.', {
    detail: 'unexpected shape of a doctype',
  });
}

/** An unknown doctype is an ImportError with status 500 (v14 to v16), which is no fault of the site. */
function isUnknown(caught: unknown): boolean {
  const error = caught instanceof AppFailure ? caught.error : null;
  return error?.code === 'erp-not-found' || !!error?.detail?.includes('ImportError');
}

function unknown(doctype: string): AppFailure {
  return fail('erp-not-found', `ERPNext has no ${doctype}`, 'Choose another doctype, or check how it is spelled.');
}

/** @returns null where the answer does not describe that doctype. */
export function metaIn(answer: unknown, doctype: string): DoctypeMeta | null {
  const parsed = v.safeParse(Answer, answer);
  const docs = parsed.success ? parsed.output.docs : [];
  const own = docs.find(({ name }) => name === doctype);
  if (!own) return null;
  const children = docs.filter((doc) => doc !== own);
  return {
    doctype: asDoctype(own.name),
    titleField: own.title_field || null,
    submittable: isOn(own.is_submittable),
    kind: isOn(own.istable) ? 'rows' : isOn(own.issingle) ? 'settings' : 'documents',
    fields: fieldsOf(own),
    tables: Object.fromEntries(children.map((child) => [child.name, fieldsOf(child)])),
  };
}

const Flag = v.nullish(v.union([v.number(), v.boolean(), v.string()]));
const Text = v.nullish(v.string());
const WireField = shape({
  fieldname: Text,
  fieldtype: v.string(),
  label: Text,
  options: Text,
  hidden: Flag,
  reqd: Flag,
  read_only: Flag,
  no_copy: Flag,
  allow_on_submit: Flag,
  unique: Flag,
  permlevel: Flag,
  length: Flag,
  is_custom_field: Flag,
  insert_after: Text,
});
const WireDoctype = shape({
  name: v.string(),
  title_field: Text,
  is_submittable: Flag,
  istable: Flag,
  issingle: Flag,
  fields: v.array(WireField),
});
const Answer = shape({ docs: v.array(WireDoctype) });

function fieldsOf({ fields }: v.InferOutput<typeof WireDoctype>): MetaField[] {
  return fields.flatMap((field) =>
    field.fieldname
      ? [
          {
            fieldname: field.fieldname,
            fieldtype: field.fieldtype,
            label: field.label ?? '',
            options: field.options ?? '',
            hidden: isOn(field.hidden),
            reqd: isOn(field.reqd),
            readOnly: isOn(field.read_only),
            noCopy: isOn(field.no_copy),
            allowOnSubmit: isOn(field.allow_on_submit),
            unique: isOn(field.unique),
            permlevel: Number(field.permlevel) || 0,
            length: Number(field.length) || 0,
            custom: isOn(field.is_custom_field) ? { insertAfter: field.insert_after || null } : null,
          },
        ]
      : [],
  );
}

function isOn(flag: v.InferOutput<typeof Flag>): boolean {
  return !!Number(flag ?? 0);
}
