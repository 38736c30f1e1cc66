/** A file that hangs on a record in ERPNext. */
export interface RecordFile {
  name: string;
  url: string;
  /** Opens only for who may read the record in ERPNext. */
  isPrivate: boolean;
}

/** What a card of a record can show. */
export interface CardSource {
  title: string;
  doctype: string;
  name: string;
  /** The form in ERPNext. */
  url: string;
  fields: CardField[];
  /** Fieldnames chosen for this doctype: last time, or what suggests itself. */
  chosen: string[];
}

export interface CardField {
  fieldname: string;
  label: string;
  /** As ERPNext has it, `YYYY-MM-DD` for dates; put into the person's words where it is shown. */
  value: string;
  kind: 'text' | 'number' | 'date' | 'datetime' | 'check';
}

export interface CardFact {
  label: string;
  value: string;
}

/**
 * The JSON of an adaptive card: title, what it is, facts, and a link to the record.
 * Docs: adaptivecards.io, "Text features" (markdown in texts); Teams takes version 1.4 everywhere.
 */
export function recordCard(
  { title, doctype, name, url }: Pick<CardSource, 'title' | 'doctype' | 'name' | 'url'>,
  facts: readonly CardFact[],
  openLabel: string,
): string {
  const text = (words: string, more: object) => ({
    type: 'TextBlock',
    text: escapeMarkdown(words),
    wrap: true,
    ...more,
  });
  return JSON.stringify({
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.4',
    body: [
      text(title, { weight: 'Bolder', size: 'Medium' }),
      text(title === name ? doctype : `${doctype} · ${name}`, { isSubtle: true, spacing: 'None' }),
      ...(facts.length
        ? [
            {
              type: 'FactSet',
              facts: facts.map(({ label, value }) => ({ title: escapeMarkdown(label), value: escapeMarkdown(value) })),
            },
          ]
        : []),
    ],
    actions: [{ type: 'Action.OpenUrl', title: openLabel, url }],
  });
}

/** Cards read markdown and `{{DATE(…)}}` in every text: what stands in a record is only words. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>&~|]/g, '\\$&')
    .replace(/\{\{/g, '{\u200b{')
    .replace(/^(\s*)([-+#]|\d+(?=[.)]))/gm, (_, blanks: string, sign: string) =>
      /\d/.test(sign) ? `${blanks}${sign}\u200b` : `${blanks}\\${sign}`,
    );
}
