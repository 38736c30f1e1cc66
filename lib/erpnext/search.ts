import * as v from 'valibot';
import type { Found } from '../model/doctype-meta.ts';
import type { Rest } from './rest.ts';
import { shape } from './shape.ts';

/**
 * What a link field of ERPNext would offer for this text (frappe.desk.search.search_link): documents the person may
 * read, and of DocType every one that has documents of its own (ERPNext lets everybody search those).
 * @throws AppFailure as every read.
 */
export async function search(rest: Rest, doctype: string, text: string): Promise<Found[]> {
  const query = new URLSearchParams({ doctype, txt: text, page_length: String(MOST) });
  if (doctype === 'DocType') query.set('filters', JSON.stringify({ istable: 0, issingle: 0 }));
  const { body } = await rest.get(`/api/method/frappe.desk.search.search_link?${query}`, Answer, {
    verb: 'read',
    doctype,
  });
  // v14 calls them results; from v15 on they are the message.
  return (body.results ?? body.message ?? [])
    .slice(0, MOST)
    .map(({ value, description }) => ({ value, description: description ?? '' }));
}

const MOST = 20;
const Hit = shape({ value: v.string(), description: v.nullish(v.string()) });
const Answer = shape({ results: v.nullish(v.array(Hit)), message: v.nullish(v.array(Hit)) });
