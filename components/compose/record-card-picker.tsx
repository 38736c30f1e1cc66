import { useState } from 'preact/hooks';
import { locale, t } from '../../lib/i18n/translate.ts';
import type { Result } from '../../lib/model/errors.ts';
import { type CardFact, type CardField, type CardSource, recordCard } from '../../lib/model/record-card.ts';
import type { WrittenCard } from '../../lib/model/writing.ts';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { useLoaded } from './use-loaded.ts';

interface RecordCardPickerProps {
  load: () => Promise<Result<CardSource>>;
  onCard: (card: WrittenCard, source: CardSource, fields: string[]) => void;
}

/** Which of the record's fields go onto its card, and how it will look. */
export function RecordCardPicker({ load, onCard }: RecordCardPickerProps) {
  const answer = useLoaded(load);
  const [picked, setPicked] = useState<string[] | null>(null);
  if (!answer) return <Spinner size={16} />;
  if (!answer.ok) return <Problem problem={answer.error} onAction={() => {}} />;
  const source = answer.value;
  const chosen = picked ?? source.chosen;
  const shown = source.fields.filter(({ fieldname }) => chosen.includes(fieldname));
  const facts: CardFact[] = shown.map((field) => ({ label: field.label, value: cardWords(field) }));
  const put = () => {
    const content = recordCard(source, facts, t('compose.cardOpen'));
    const fields = shown.map(({ fieldname }) => fieldname);
    onCard({ id: crypto.randomUUID(), title: source.title, content }, source, fields);
  };
  return (
    <div class="compose-page">
      <section class="compose-card" aria-label={t('compose.cardPreview')}>
        <strong dir="auto">{source.title}</strong>
        <span class="ui-muted">
          {source.title === source.name ? source.doctype : `${source.doctype} · ${source.name}`}
        </span>
        {facts.length > 0 && (
          <dl class="compose-facts">
            {facts.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
      <fieldset class="compose-fields">
        <legend class="ui-label">{t('compose.cardFields')}</legend>
        {source.fields.map(({ fieldname, label }) => (
          <label key={fieldname}>
            <input
              class="ui-check"
              type="checkbox"
              checked={chosen.includes(fieldname)}
              onChange={(event) =>
                setPicked(
                  event.currentTarget.checked ? [...chosen, fieldname] : chosen.filter((name) => name !== fieldname),
                )
              }
            />
            {label}
          </label>
        ))}
      </fieldset>
      <p class="ui-muted">{t('compose.cardSeen')}</p>
      <Button look="primary" onClick={put}>
        {t('compose.cardPut')}
      </Button>
    </div>
  );
}

/** A value in the person's words. Times stay those of the record: ERPNext writes them without a zone. */
export function cardWords({ kind, value }: Pick<CardField, 'kind' | 'value'>): string {
  if (kind === 'check') return t('compose.cardYes');
  if (kind === 'number')
    return Number.isFinite(Number(value)) ? new Intl.NumberFormat(locale()).format(Number(value)) : value;
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d))?/.exec(value);
  if (kind === 'text' || !parts) return value;
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0));
  const options: Intl.DateTimeFormatOptions =
    kind === 'date' ? { dateStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' };
  const time = Date.UTC(year!, month! - 1, day!, hour!, minute!);
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' }).format(time);
}
