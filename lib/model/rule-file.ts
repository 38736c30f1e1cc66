import { type DoctypeRule, MOST_RULES, parseRule } from './doctype-rule.ts';

/**
 * Rules as a file or a policy carries them: a list of rules, or, as earlier integrations have it, an object of doctypes
 * with `{participants_field, email_field, subject_field}`, whose owner belongs to the chat too.
 */
export interface Carried {
  rules: DoctypeRule[];
  /** What could not be read, by its doctype where that much is known. */
  refused: string[];
}

/**
 * @param text of a file.
 * @param known rules whose columns fill in what the older shape cannot say of the same table (the link behind a row).
 * @returns null where it is no JSON, or of neither shape.
 */
export function readRuleFile(text: string, known: readonly DoctypeRule[]): Carried | null {
  if (text.length > LONGEST) return null;
  try {
    return readCarried(JSON.parse(text), known);
  } catch {
    return null;
  }
}

/** The same for what JSON gave already (policy). */
export function readCarried(value: unknown, known: readonly DoctypeRule[]): Carried | null {
  const entries = entriesOf(value);
  if (!entries) return null;
  const byDoctype = new Map<string, DoctypeRule>();
  const refused: string[] = [];
  for (const entry of entries.slice(0, MOST_RULES)) {
    const rule = parseRule(entry) ?? fromParticipants(entry, known);
    // Of two rules for a doctype the later one counts.
    if (rule) byDoctype.set(rule.doctype, rule);
    else refused.push(nameOf(entry));
  }
  return { rules: [...byDoctype.values()], refused };
}

/** Ours again, without what is empty. */
export function writeRuleFile(rules: readonly DoctypeRule[]): string {
  return `${JSON.stringify({ doctypes: rules }, (_, value) => (value === null ? undefined : value), 2)}\n`;
}

/**
 * The older shape, for integrations that know no other. What it cannot say is left out: a doctype whose people stand in
 * no child table with an address.
 */
export function writeParticipantFile(rules: readonly DoctypeRule[]): string {
  const file: Record<string, ParticipantEntry> = {};
  for (const { doctype, titleField, people } of rules) {
    const table = people.find((source) => source.from === 'table');
    if (!table?.email) continue;
    file[doctype] = {
      participants_field: table.table,
      email_field: table.email,
      ...(titleField ? { subject_field: titleField } : {}),
    };
  }
  return `${JSON.stringify(file, null, 2)}\n`;
}

interface ParticipantEntry {
  participants_field: string;
  email_field: string;
  subject_field?: string;
}

/** Characters; a hundred rules have a fifth of it. */
const LONGEST = 500_000;

function entriesOf(value: unknown): Record<string, unknown>[] | null {
  const list = isObject(value) && Array.isArray(value.doctypes) ? value.doctypes : value;
  if (Array.isArray(list)) return list.map((entry) => (isObject(entry) ? entry : {}));
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  if (!entries.every(([, entry]) => isObject(entry))) return null;
  return entries.map(([doctype, entry]) => ({ ...(entry as object), doctype }));
}

function fromParticipants(entry: Record<string, unknown>, known: readonly DoctypeRule[]): DoctypeRule | null {
  const { doctype, participants_field: table, email_field: email, subject_field: titleField } = entry;
  if (typeof table !== 'string') return null;
  const alike = known.find((rule) => rule.doctype === doctype);
  const rows = alike?.people.find((source) => source.from === 'table' && source.table === table);
  return parseRule({
    doctype,
    titleField: titleField || alike?.titleField || null,
    people: [{ ...rows, from: 'table', table, email }, { from: 'owner' }],
    dates: alike?.dates ?? null,
  });
}

function nameOf(entry: Record<string, unknown>): string {
  return typeof entry.doctype === 'string' ? entry.doctype.slice(0, 60) : '?';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
