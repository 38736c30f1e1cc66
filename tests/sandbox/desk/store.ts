import { createHash } from 'node:crypto';
import { type DocTypeDef, type Field, isTable } from './doctypes/fields.ts';
import { standardTypes } from './doctypes/registry.ts';
import { FrappeError } from './errors.ts';
import type { Flavour } from './flavour.ts';

/** A row of a child table. */
export interface Row {
  name: string;
  doctype: string;
  idx: number;
  [fieldname: string]: unknown;
}

export interface Doc {
  name: string;
  doctype: string;
  owner: string;
  creation: string;
  modified: string;
  modified_by: string;
  docstatus: number;
  idx: number;
  [fieldname: string]: unknown;
}

/** One row of DocShare: who was given what on one document. */
export interface Share {
  name: string;
  user: string;
  share_doctype: string;
  share_name: string;
  read: 0 | 1;
  write: 0 | 1;
  submit: 0 | 1;
  share: 0 | 1;
  everyone: 0 | 1;
}

/** The database of one site: plain maps, no rules. */
export interface Store {
  flavour: Flavour;
  shares: Share[];
  /** The type with its custom fields in place. Throws ImportError as the real one for an unknown type. */
  meta(doctype: string): DocTypeDef;
  knows(doctype: string): boolean;
  /** Names of the types that have documents of their own. */
  types(): string[];
  find(doctype: string, name: string): Doc | undefined;
  all(doctype: string): Doc[];
  put(doc: Doc): void;
  remove(doctype: string, name: string): void;
  /** The next name of a series such as `EV.#####`. */
  nextInSeries(series: string): string;
  /** Gives the newest name of a series back, so that the next document has it again. source: frappe/model/naming.py (revert_series_if_last) */
  revertSeries(series: string, name: string): void;
  /** A name like those of child rows and comments: ten letters and digits. */
  hashName(): string;
  dump(): Record<string, Doc[]>;
}

export function createStore(flavour: Flavour): Store {
  const types = standardTypes(flavour);
  const docs = new Map<string, Map<string, Doc>>();
  const series = new Map<string, number>();
  let hashes = 0;
  const table = (doctype: string) => {
    const found = docs.get(doctype) ?? new Map<string, Doc>();
    docs.set(doctype, found);
    return found;
  };
  return {
    flavour,
    shares: [],
    knows: (doctype) => types.has(doctype),
    types: () => [...types.values()].filter((type) => !type.istable).map((type) => type.name),
    meta(doctype) {
      const type = types.get(doctype);
      if (!type) throw unknownType(flavour, doctype);
      const custom = [...table('Custom Field').values()].filter((one) => one.dt === doctype);
      return custom.length ? { ...type, fields: withCustomFields(type.fields, custom) } : type;
    },
    find: (doctype, name) => table(doctype).get(name),
    all: (doctype) => [...table(doctype).values()],
    put(doc) {
      table(doc.doctype).set(doc.name, doc);
    },
    remove(doctype, name) {
      table(doctype).delete(name);
    },
    nextInSeries(pattern) {
      const prefix = prefixOf(pattern);
      const digits = pattern.match(/#+/)?.[0].length ?? 5;
      const next = (series.get(prefix) ?? 0) + 1;
      series.set(prefix, next);
      return `${prefix}${String(next).padStart(digits, '0')}`;
    },
    revertSeries(pattern, name) {
      const prefix = prefixOf(pattern);
      if (pattern.includes('#') && Number(name.slice(prefix.length)) === series.get(prefix))
        series.set(prefix, Number(name.slice(prefix.length)) - 1);
    },
    hashName() {
      hashes += 1;
      const digest = createHash('sha256').update(`${flavour} ${hashes}`).digest('hex');
      return BigInt(`0x${digest.slice(0, 16)}`)
        .toString(36)
        .padStart(10, '0')
        .slice(-10);
    },
    dump: () => Object.fromEntries([...docs].map(([doctype, held]) => [doctype, [...held.values()]])),
  };
}

const prefixOf = (series: string): string => series.replace(/\.?#+\.?$/, '').replace(/\.$/, '');

/** Names of the child table fields of a type, in order. */
export const tablesOf = (type: DocTypeDef): Field[] => type.fields.filter(isTable);

function withCustomFields(standard: Field[], custom: Doc[]): Field[] {
  const fields = [...standard];
  for (const one of custom) {
    const made = customField(one);
    const anchor = fields.findIndex((field) => field.fieldname === made.insert_after);
    // An anchor that does not exist is accepted, and the field goes to the end.
    if (anchor < 0) fields.push(made);
    else fields.splice(anchor + 1, 0, made);
  }
  return fields;
}

function customField(doc: Doc): Field {
  const made: Record<string, unknown> = {
    fieldname: doc.fieldname,
    fieldtype: doc.fieldtype,
    label: doc.label,
    insert_after: doc.insert_after,
    is_custom_field: 1,
  };
  for (const key of [
    'options',
    'length',
    'default',
    'permlevel',
    'hidden',
    'reqd',
    'read_only',
    'no_copy',
    'unique',
    'allow_on_submit',
  ]) {
    if (doc[key]) made[key] = doc[key];
  }
  return made as unknown as Field;
}

function unknownType(flavour: Flavour, doctype: string): FrappeError {
  const module = `Error: No module named 'frappe.core.doctype.${doctype.toLowerCase().replaceAll(/[ -]/g, '_')}'`;
  const text =
    flavour === 'v14'
      ? `ImportError: Module import failed for ${doctype}, the DocType you're trying to open might be deleted.<br> ${module}`
      : module;
  return new FrappeError({ status: 500, type: 'ImportError', module: '', text, bare: true });
}
