import type { DocTypeDef } from './doctypes/fields.ts';
import { notFound } from './errors.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

/** The document, or the 404 of a real site. */
export function existing(site: Site, doctype: string, name: string): Doc {
  site.store.meta(doctype);
  const doc = site.store.find(doctype, name);
  if (doc) return doc;
  throw notFound(doctype, name);
}

/** The type, where it is looked up by its own name (frappe.get_meta) and not by way of its Python class. */
export function typeOf(site: Site, doctype: string): DocTypeDef {
  if (!site.store.knows(doctype)) throw notFound('DocType', doctype);
  return site.store.meta(doctype);
}
