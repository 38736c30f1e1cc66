import { listDocs, parse } from './query.ts';
import { isDeskUser } from './roles.ts';
import type { Site } from './site.ts';

/** frappe.client.validate_link: the document behind a link field, as far as this person may list it. */
export function validateLink(site: Site, user: string, args: Record<string, unknown>): unknown {
  const fields = parse(args.fields);
  const rows = listDocs(site, user, String(args.doctype), {
    filters: { name: args.docname },
    fields: ['name', ...(Array.isArray(fields) ? fields : [])],
  });
  return rows[0] ?? {};
}

/** frappe.desk.search.search_link: what a link field proposes. */
export function searchLink(site: Site, user: string, args: Record<string, unknown>): unknown {
  const doctype = String(args.doctype);
  const text = String(args.txt ?? '').toLowerCase();
  const ofTypes = doctype === 'DocType';
  const title = ofTypes ? undefined : site.store.meta(doctype).title_field;
  // Types are found by everybody, whatever they may read of them (frappe/desk/search.py: ignore_permissions).
  const rows = ofTypes
    ? site.store.types().map((name): Record<string, unknown> => ({ name }))
    : listDocs(site, user, doctype, { fields: title ? ['name', title] : ['name'], limit_page_length: 0 });
  const found = rows
    .filter((row) =>
      Object.values(row).some((value) =>
        String(value ?? '')
          .toLowerCase()
          .includes(text),
      ),
    )
    .slice(0, Number(args.page_length ?? 10))
    .map((row) => ({
      value: row.name,
      description: title ? String(row[title] ?? '') : '',
      ...(site.flavour === 'v16' ? { label: row.name } : {}),
    }));
  return site.flavour === 'v14' ? { results: found } : { message: found };
}

/** Everybody in Desk whose name or address holds the text. */
export function people(site: Site, text: string) {
  const wanted = text.toLowerCase();
  return site.store
    .all('User')
    .filter((one) => isDeskUser(one.name) && `${one.full_name} ${one.email}`.toLowerCase().includes(wanted))
    .slice(0, 20);
}
