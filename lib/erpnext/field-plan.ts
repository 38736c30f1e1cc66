import type { FieldCheck, FieldFault, FieldValues } from '../model/custom-field.ts';
import { type DoctypeMeta, type MetaField, sectionsOf } from '../model/doctype-meta.ts';
import { asDoctype } from '../model/ids.ts';
import { AZURE_FIELD, CHAT_FIELD, JOIN_FIELD, URL_FIELD } from './doctypes/registry.ts';

/** Whose custom field holds people's Microsoft ids. */
export const USER = asDoctype('User');

/**
 * The custom fields of a doctype, each beside what its meta shows of it (facts on Custom Field: frappe 14 to 16 take the
 * same). Nothing of the form is moved: the new ones stand together after a field that no other custom field hangs on.
 */
export function checkFields(meta: DoctypeMeta): FieldCheck[] {
  return wishes(meta).map((wish) => {
    const { dt: _, fieldname, label } = wish.values;
    const held = meta.fields.find((field) => field.fieldname === fieldname);
    const faults = held ? faultsOf(held, wish) : [];
    return {
      doctype: meta.doctype,
      fieldname,
      label: String(label),
      state: !held ? 'missing' : faults.length > 0 ? 'wrong' : 'ok',
      faults,
      wanted: wish.values,
      fix: held?.custom && faults.length > 0 ? fixOf(faults, wish.values) : null,
    };
  });
}

interface Wish {
  values: FieldValues;
  /** Types that hold it as well. */
  types: string[];
  /** A Data field's least length: less cuts what is written. */
  room: number;
}

/** A claim takes 115 characters; an address of a meeting up to some 400. */
const CLAIM_ROOM = 128;
const URL_ROOM = 500;
/** What a Data field holds where it says nothing. */
const DATA_DEFAULT = 140;

function wishes(meta: DoctypeMeta): Wish[] {
  const { doctype } = meta;
  if (doctype === USER)
    return [
      {
        values: {
          dt: doctype,
          fieldname: AZURE_FIELD,
          label: 'Azure Object ID',
          fieldtype: 'Data',
          insert_after: chainEnd(meta, 'email'),
          no_copy: 1,
        },
        types: ['Data', 'Small Text'],
        room: 36,
      },
    ];
  // `no_copy`: a duplicated record starts without a chat. `read_only` and `hidden`: people do not edit it in the form,
  // REST still sets it. A submitted document takes only what may change after that.
  const held = {
    hidden: 1,
    read_only: 1,
    no_copy: 1,
    print_hide: 1,
    ...(meta.submittable ? { allow_on_submit: 1 } : {}),
  };
  return [
    {
      values: {
        dt: doctype,
        fieldname: CHAT_FIELD,
        label: 'Teams Chat ID',
        fieldtype: 'Data',
        length: 255,
        insert_after: anchorOf(meta),
        ...held,
      },
      types: ['Data', 'Small Text', 'Text', 'Long Text'],
      room: CLAIM_ROOM,
    },
    {
      values: {
        dt: doctype,
        fieldname: URL_FIELD,
        label: 'Teams Meeting URL',
        // A Data field takes 1000 characters at most, and is indexed by some.
        fieldtype: 'Small Text',
        insert_after: CHAT_FIELD,
        ...held,
      },
      types: ['Small Text', 'Text', 'Long Text', 'Data'],
      room: URL_ROOM,
    },
    {
      values: {
        dt: doctype,
        fieldname: JOIN_FIELD,
        label: 'Join Teams Meeting',
        fieldtype: 'Button',
        insert_after: URL_FIELD,
      },
      types: ['Button'],
      room: 0,
    },
  ];
}

function faultsOf(held: MetaField, { values, types, room }: Wish): FieldFault[] {
  const faults: FieldFault[] = [];
  if (!types.includes(held.fieldtype)) faults.push('type');
  else if (held.fieldtype === 'Data' && (held.length || DATA_DEFAULT) < room) faults.push('length');
  if (values.no_copy && !held.noCopy) faults.push('no_copy');
  if (values.allow_on_submit && !held.allowOnSubmit) faults.push('allow_on_submit');
  if (held.permlevel > 0) faults.push('permlevel');
  if (held.reqd) faults.push('reqd');
  if (held.unique) faults.push('unique');
  return faults;
}

function fixOf(faults: FieldFault[], wanted: FieldValues): Record<string, string | number> {
  const shape = { fieldtype: wanted.fieldtype!, length: wanted.length ?? 0 };
  const fixes: Record<FieldFault, Record<string, string | number>> = {
    type: shape,
    length: shape,
    no_copy: { no_copy: 1 },
    allow_on_submit: { allow_on_submit: 1 },
    permlevel: { permlevel: 0 },
    reqd: { reqd: 0 },
    unique: { unique: 0 },
  };
  return Object.assign({}, ...faults.map((fault) => fixes[fault]));
}

const LAYOUT = new Set(['Section Break', 'Column Break', 'Tab Break', 'Fold', 'Heading', 'HTML', 'Button', 'Image']);

/**
 * The status, or else the last field, of the first section that people see: further down a section may be folded (as
 * “Pricing Rules” of a Sales Order is), and the button in it with it.
 */
function anchorOf(meta: DoctypeMeta): string {
  const seen = ({ fieldtype, hidden, fieldname }: MetaField) =>
    !LAYOUT.has(fieldtype) && !hidden && !OURS.includes(fieldname);
  const first = sectionsOf(meta)
    .map((section) => section.filter(seen))
    .find((section) => section.length > 0);
  const anchor = first?.find(({ fieldname }) => fieldname === 'status') ?? first?.at(-1) ?? meta.fields.at(-1);
  return chainEnd(meta, anchor?.fieldname ?? '');
}

/** Other custom fields may stand after the same one: the last of them, so that none is pushed away from its place. */
function chainEnd(meta: DoctypeMeta, anchor: string): string {
  let end = anchor;
  for (const field of meta.fields)
    if (field.custom?.insertAfter === end && !OURS.includes(field.fieldname)) end = field.fieldname;
  return end;
}

const OURS: string[] = [CHAT_FIELD, URL_FIELD, JOIN_FIELD, AZURE_FIELD];
