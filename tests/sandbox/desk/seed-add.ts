import { type DocTypeDef, holdsValue, isNumber, isTable } from './doctypes/fields.ts';
import type { Site } from './site.ts';
import type { Doc, Row } from './store.ts';

type Values = Record<string, unknown>;

/** Puts a document past all rules; without a name it gets the next of its series. */
export function add(site: Site, doctype: string, owner: string, values: Values): void {
  const { store } = site;
  const type = store.meta(doctype);
  const stamp = site.stamp();
  const base = { owner, creation: stamp, modified: stamp, modified_by: owner, docstatus: 0 };
  const name = String(
    values.name ?? (type.autoname.includes('#') ? store.nextInSeries(type.autoname) : store.hashName()),
  );
  const doc: Doc = { ...base, name, idx: 0, ...defaults(type), ...values, doctype } as Doc;
  doc.name = name;
  for (const table of type.fields.filter(isTable)) {
    const child = store.meta(table.options ?? '');
    doc[table.fieldname] = ((values[table.fieldname] ?? []) as Values[]).map(
      (row, index): Row => ({
        name: store.hashName(),
        ...base,
        ...defaults(child),
        ...row,
        idx: index + 1,
        parent: name,
        parentfield: table.fieldname,
        parenttype: doctype,
        doctype: child.name,
      }),
    );
  }
  store.put(doc);
}

function defaults(type: DocTypeDef): Values {
  const filled = type.fields.filter((one) => holdsValue(one) && !isTable(one));
  return Object.fromEntries(filled.map((one) => [one.fieldname, one.default ?? (isNumber(one) ? 0 : null)]));
}
