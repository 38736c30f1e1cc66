import * as v from 'valibot';
import type { MetaField } from '../model/doctype-meta.ts';
import type { Origin } from '../model/ids.ts';
import type { CardField, CardSource, RecordFile } from '../model/record-card.ts';
import { cardFields } from '../settings/card-fields.ts';
import type { Shown } from './shown.ts';

/** Files of the record on screen. Addresses are the site's own, or what somebody attached as a link. */
export async function recordFiles({ erp, ref }: Shown): Promise<RecordFile[]> {
  return filesOf((await erp.details(ref)).attachments, ref.origin);
}

const Attachments = v.fallback(
  v.array(
    v.looseObject({ file_name: v.nullish(v.string()), file_url: v.nullish(v.string()), is_private: v.unknown() }),
  ),
  [],
);

export function filesOf(attachments: unknown, origin: Origin): RecordFile[] {
  return v.parse(Attachments, attachments).flatMap(({ file_name, file_url, is_private }) => {
    const url = URL.canParse(file_url ?? '', origin) ? new URL(file_url ?? '', origin) : null;
    if (!file_url || !url || !/^https?:$/.test(url.protocol)) return [];
    return [{ name: file_name || file_url, url: url.href, isPrivate: !!Number(is_private ?? 0) }];
  });
}

/** What a card of the record on screen can show: fields with something in them that everybody may read who may read it. */
export async function cardSource({ erp, ref }: Shown): Promise<CardSource> {
  const [record, details, meta] = await Promise.all([erp.read(ref), erp.details(ref), erp.meta(ref.doctype)]);
  const fields = fieldsOf(details.values, meta.fields);
  const kept = await cardFields(ref.doctype);
  return {
    title: record.title,
    doctype: ref.doctype,
    name: ref.name,
    url: record.url,
    fields,
    chosen: kept ?? suggested(fields, meta.fields),
  };
}

const KINDS: Record<string, CardField['kind']> = {
  Data: 'text',
  Select: 'text',
  Link: 'text',
  'Dynamic Link': 'text',
  'Read Only': 'text',
  'Small Text': 'text',
  Text: 'text',
  Int: 'number',
  Float: 'number',
  Currency: 'number',
  Percent: 'number',
  Date: 'date',
  Datetime: 'datetime',
  Check: 'check',
};
const LONGEST = 400;

export function fieldsOf(values: unknown, fields: readonly MetaField[]): CardField[] {
  const of = v.parse(v.fallback(v.record(v.string(), v.unknown()), {}), values);
  return fields.flatMap(({ fieldname, fieldtype, label, hidden, permlevel }) => {
    const kind = KINDS[fieldtype];
    const value = of[fieldname];
    // A raised permission level is kept from some who may read the record; the chat is read by all its members.
    if (!kind || hidden || permlevel > 0 || !label || (typeof value !== 'string' && typeof value !== 'number'))
      return [];
    const words = String(value).trim();
    if (!words || (kind === 'check' && !Number(words))) return [];
    return [{ fieldname, label, kind, value: words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words }];
  });
}

/** How it stands, when it is, and what it cannot be without. */
function suggested(fields: readonly CardField[], meta: readonly MetaField[]): string[] {
  const needed = new Set(meta.filter(({ reqd, fieldtype }) => reqd && fieldtype === 'Link').map((f) => f.fieldname));
  const status = fields.filter(({ fieldname }) => /^(status|workflow_state)$/.test(fieldname));
  const dates = fields.filter(({ kind }) => kind === 'date' || kind === 'datetime').slice(0, 2);
  const links = fields.filter(({ fieldname }) => needed.has(fieldname)).slice(0, 2);
  return [...new Set([...status, ...dates, ...links].map(({ fieldname }) => fieldname))];
}
