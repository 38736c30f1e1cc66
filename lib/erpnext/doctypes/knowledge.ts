import type { Doctype } from '../../model/ids.ts';

/** What Deskside knows of one doctype; one file each in this folder, listed in registry.ts. */
export interface DoctypeKnowledge {
  doctype: Doctype;
  /** Its part of the URL: lower case, blanks as '-' (frappe.router.slug). */
  slug: string;
  /** The field that says in words what the record is; its name stands in where the field is empty. */
  titleField: string;
  /** Child table whose rows are the record's people. */
  peopleTable: string;
  /** Field after which the custom field stands in the form. */
  insertAfter: string;
  /** Documents of it are submitted and must take the chat's id even then. */
  submittable: boolean;
  /** Who a row means. A row that names nobody is null. */
  personOf(row: Row): RowPerson | null;
}

/** A row of a child table as the wire or the page gives it: any field may be missing, null or of another type. */
export type Row = Readonly<Record<string, unknown>>;

export interface RowPerson {
  /** As it stands in the row; not yet known to be an address. */
  email: string | null;
  name: string;
  /** The document that knows the address where the row does not. */
  link: { doctype: string; name: string } | null;
}

/** A field as trimmed text; anything but text is empty. */
export function textOf(row: Row, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value.trim() : '';
}
