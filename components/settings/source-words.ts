import { t } from '../../lib/i18n/translate.ts';
import type { DoctypeMeta, MetaField } from '../../lib/model/doctype-meta.ts';
import type { DoctypeRule, PeopleSource, PersonColumns } from '../../lib/model/doctype-rule.ts';

/** Where people stand, in words. @param meta gives the fields their labels; without it they are called by their names. */
export function sourceWords(source: PeopleSource, meta?: DoctypeMeta): string {
  if (source.from === 'owner') return t('source.owner');
  if (source.from === 'assignees') return t('source.assignees');
  if (source.from === 'field') return t('source.field', { fields: columnWords(source, meta?.fields) });
  const table = meta?.fields.find(({ fieldname }) => fieldname === source.table);
  const columns = columnWords(source, table && meta?.tables[table.options]);
  return t('source.table', { table: labelOf(source.table, meta?.fields), fields: columns });
}

/** A rule in one line. */
export function ruleWords({ people }: DoctypeRule): string {
  return new Intl.ListFormat(undefined, { type: 'unit', style: 'short' }).format(people.map((one) => sourceWords(one)));
}

/** The field's label and, where that alone could be another's, its name. */
export function labelOf(fieldname: string, fields: readonly MetaField[] | undefined): string {
  return fields?.find((field) => field.fieldname === fieldname)?.label || fieldname;
}

function columnWords(at: PersonColumns, fields: readonly MetaField[] | undefined): string {
  const target = at.linkDoctype ?? (at.linkDoctypeField && labelOf(at.linkDoctypeField, fields));
  const link = at.link && t('source.link', { field: labelOf(at.link, fields), target: target ?? '' });
  const email = at.email && t('source.email', { field: labelOf(at.email, fields) });
  return [link, email].filter(Boolean).join(', ');
}
