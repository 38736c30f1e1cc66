import { t } from '../../lib/i18n/translate.ts';
import { claimedId, isUnwritten, MAPPING_STATES, type MappingState } from '../../lib/model/mapping.ts';
import type { MappingLine } from '../../lib/rpc/contract.ts';
import { toCsv } from '../../lib/util/csv.ts';

export type Column = 'name' | 'email' | 'state' | 'person' | 'erpnext';
export interface Order {
  by: Column;
  descending: boolean;
}
/** Which lines are shown; null: of all states. */
export interface Filter {
  state: MappingState | null;
  text: string;
}

/** What stands in ERPNext's field, compared with what should. */
export type InErpnext = 'same' | 'waiting' | 'refused' | 'other' | 'empty' | 'no-field';

export function inErpnext(line: MappingLine): InErpnext {
  if (line.azureId === null) return 'no-field';
  if (line.problem) return 'refused';
  if (isUnwritten(line)) return 'waiting';
  if (!line.azureId) return 'empty';
  return line.person && claimedId(line.azureId) === line.person.id ? 'same' : 'other';
}

export function countStates(lines: readonly MappingLine[]): Record<MappingState, number> {
  const counts = Object.fromEntries(MAPPING_STATES.map((state) => [state, 0])) as Record<MappingState, number>;
  for (const line of lines) counts[line.state] += 1;
  return counts;
}

/** The lines of the filter, in order; every word of the text must stand somewhere in the line. */
export function linesOf(lines: readonly MappingLine[], filter: Filter, order: Order): MappingLine[] {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  const found = lines.filter((line) => {
    if (filter.state && line.state !== filter.state) return false;
    if (words.length === 0) return true;
    const { person } = line;
    const text = fold(
      [line.name, line.address, person?.displayName, person?.mail, person?.userPrincipalName].join(' '),
    );
    return words.every((word) => text.includes(word));
  });
  const keyed = found.map((line) => ({ line, key: keyOf(line, order.by) }));
  keyed.sort((a, b) => {
    const by = collator.compare(a.key, b.key) * (order.descending ? -1 : 1);
    return by || collator.compare(a.line.address, b.line.address);
  });
  return keyed.map(({ line }) => line);
}

function keyOf(line: MappingLine, by: Column): string {
  if (by === 'state') return String(MAPPING_STATES.indexOf(line.state));
  if (by === 'person') return line.person?.displayName ?? '';
  if (by === 'erpnext') return t(`mapping.erpnext.${inErpnext(line)}`);
  return by === 'name' ? line.name : line.address;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}

/** All that the table knows of these lines, for a spreadsheet. */
export function csvOf(lines: readonly MappingLine[]): string {
  const head = [
    t('mapping.column.name'),
    t('mapping.column.email'),
    t('mapping.column.state'),
    t('mapping.column.person'),
    t('mapping.csv.mail'),
    t('mapping.csv.upn'),
    t('mapping.csv.id'),
    t('mapping.column.account'),
    t('mapping.csv.by'),
    t('mapping.column.erpnext'),
    t('mapping.csv.held'),
  ];
  return toCsv([
    head,
    ...lines.map((line) => [
      line.name,
      line.address,
      t(`mapping.state.${line.state}`),
      line.person?.displayName ?? line.candidates.map((one) => one.displayName).join(' / '),
      line.person?.mail ?? '',
      line.person?.userPrincipalName ?? '',
      line.person?.id ?? '',
      accountWord(line),
      line.by ? t(`mapping.by.${line.by}`) : '',
      t(`mapping.erpnext.${inErpnext(line)}`),
      line.azureId ?? '',
    ]),
  ]);
}

/** Enabled, disabled, a guest; empty where Microsoft does not show it. */
export function accountWord({ person }: MappingLine): string {
  if (!person) return '';
  const words = [person.guest ? t('people.guest') : '', enabledWord(person.enabled)];
  return words.filter(Boolean).join(', ');
}

function enabledWord(enabled: boolean | null): string {
  if (enabled === null) return '';
  return enabled ? t('mapping.account.enabled') : t('mapping.account.disabled');
}
