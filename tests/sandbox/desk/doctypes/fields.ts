/** A field of a document type, with the properties that change what the site accepts or how the form looks. */
export interface Field {
  fieldname: string;
  fieldtype: string;
  label?: string;
  /** Link: the target type; Dynamic Link: the field that names it; Select: one option a line; Table: the child type. */
  options?: string;
  reqd?: 1;
  hidden?: 1;
  read_only?: 1;
  permlevel?: number;
  no_copy?: 1;
  allow_on_submit?: 1;
  in_list_view?: 1;
  bold?: 1;
  /** Longest value of a Data field; 140 where not set. */
  length?: number;
  default?: string | number;
  depends_on?: string;
  insert_after?: string;
  is_custom_field?: 1;
}

export interface DocTypeDef {
  name: string;
  module: string;
  /** `PROJ-.####`-like series, `field:x`, `hash`, or `prompt` (the name is made elsewhere). */
  autoname: string;
  title_field?: string;
  is_submittable?: 1;
  istable?: 1;
  allow_rename?: 1;
  /** Roles that see and that change fields of permission level 1, where there are any. */
  level1?: { read: string; write: string };
  fields: Field[];
}

/** Shorthand: `field('subject', 'Data', 'Subject', { reqd: 1 })`. */
export function field(fieldname: string, fieldtype: string, label?: string, more: Partial<Field> = {}): Field {
  return { fieldname, fieldtype, ...(label ? { label } : {}), ...more };
}

/** A Select; options are given with `|` between them. */
export function select(fieldname: string, label: string, options: string, more: Partial<Field> = {}): Field {
  return field(fieldname, 'Select', label, { options: options.replaceAll('|', '\n'), ...more });
}

const LAYOUT = new Set(['Section Break', 'Column Break', 'Tab Break', 'Button', 'HTML', 'Heading', 'Fold', 'Image']);
const NUMBERS = new Set(['Check', 'Int', 'Float', 'Currency', 'Percent']);

/** True where the field has a column or rows in the database (a Button or a Tab Break has none). */
export const holdsValue = (one: Field): boolean => !LAYOUT.has(one.fieldtype);
export const isTable = (one: Field): boolean => one.fieldtype === 'Table';
export const isNumber = (one: Field): boolean => NUMBERS.has(one.fieldtype);
