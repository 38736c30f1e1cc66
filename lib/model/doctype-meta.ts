import type { Doctype } from './ids.ts';

/** What a site says of a doctype, as much of it as rules and custom fields are made from. */
export interface DoctypeMeta {
  doctype: Doctype;
  /** As the doctype names it; mostly a field, and empty for many. */
  titleField: string | null;
  /** Its documents are submitted, and then take only fields that allow it. */
  submittable: boolean;
  /** Rows of another document, or a page of settings: neither gets a panel. */
  kind: 'documents' | 'rows' | 'settings';
  /** In the form's order, custom ones where they stand. */
  fields: MetaField[];
  /** Fields of its child tables, by the child's doctype. */
  tables: Record<string, MetaField[]>;
}

export interface MetaField {
  fieldname: string;
  fieldtype: string;
  label: string;
  /** Link: its target; Dynamic Link: the field that names it; Table: the child's doctype; Data: what kind of text. */
  options: string;
  hidden: boolean;
  reqd: boolean;
  readOnly: boolean;
  noCopy: boolean;
  allowOnSubmit: boolean;
  unique: boolean;
  permlevel: number;
  /** 0: ERPNext's own default. */
  length: number;
  /** Made on this site, and so removable; null for the doctype's own. */
  custom: { insertAfter: string | null } | null;
}

/** Fields that can stand for the title: short texts, and links whose name says it. */
export function titleFields({ fields }: DoctypeMeta): MetaField[] {
  return fields.filter(
    ({ fieldtype, permlevel }) => permlevel === 0 && ['Data', 'Small Text', 'Read Only', 'Link'].includes(fieldtype),
  );
}

export function dateFields({ fields }: DoctypeMeta): MetaField[] {
  return fields.filter(({ fieldtype, permlevel }) => permlevel === 0 && /^Date(time)?$/.test(fieldtype));
}

/** Its fields by the sections of the form, each with the break that begins it. */
export function sectionsOf({ fields }: DoctypeMeta): MetaField[][] {
  const sections: MetaField[][] = [[]];
  for (const field of fields) {
    if (['Section Break', 'Tab Break', 'Fold'].includes(field.fieldtype)) sections.push([]);
    sections.at(-1)!.push(field);
  }
  return sections;
}

/** What a search in ERPNext found. */
export interface Found {
  value: string;
  /** In words, or empty. */
  description: string;
}
