import { useEffect, useState } from 'preact/hooks';
import { formatRecordDate } from '../../lib/i18n/record-date.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { DoctypeRule, RecordDates, RulePreview } from '../../lib/model/doctype-rule.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { Origin } from '../../lib/model/ids.ts';
import { foldParticipants, type Participant } from '../../lib/model/participant.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Problem } from '../ui/notice.tsx';
import type { DoctypeActions } from './options-actions.ts';
import { Search } from './options-search.tsx';

interface PreviewProps {
  origin: Origin;
  rule: DoctypeRule;
  actions: Pick<DoctypeActions, 'findRecords' | 'preview'>;
}

/** The rule tried on a record of the person's choice, again whenever it changes. */
export function Preview({ origin, rule, actions }: PreviewProps) {
  const [name, setName] = useState<string | null>(null);
  const [shown, setShown] = useState<RulePreview | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const asked = JSON.stringify(rule);
  useEffect(() => {
    if (name === null || rule.people.length === 0) return;
    let over = false;
    void actions.preview(origin, rule, name).then((answer) => {
      if (over) return;
      setShown(answer.ok ? answer.value : null);
      setProblem(answer.ok ? null : answer.error);
    });
    return () => {
      over = true;
    };
    // By what the rule says: it is a new object at every keystroke.
  }, [name, origin, asked]);
  return (
    <section class="options-card" aria-label={t('preview.title')}>
      <h3>{t('preview.title')}</h3>
      <Search
        label={t('preview.record', { doctype: rule.doctype })}
        help={t('preview.help')}
        find={(text) => actions.findRecords(origin, rule.doctype, text)}
        onChoose={setName}
      />
      {problem && <Problem problem={problem} onAction={() => setName(name)} />}
      {shown && <Outcome {...shown} />}
    </section>
  );
}

function Outcome({ title, dates, people }: RulePreview) {
  const folded = foldParticipants(people);
  return (
    <dl class="options-preview">
      <dt>{t('preview.subject')}</dt>
      <dd dir="auto">{title}</dd>
      <dt>{t('preview.dates')}</dt>
      <dd>{dates ? datesInWords(dates) : <span class="ui-muted">{t('preview.noDates')}</span>}</dd>
      <dt>{t('preview.people')}</dt>
      <dd>
        {folded.length === 0 && <span class="ui-muted">{t('preview.nobody')}</span>}
        <ul class="people-list" aria-label={t('preview.people')}>
          {folded.map((person) => (
            <li key={person.email ?? person.name} class="people-row">
              <Avatar name={person.name} />
              <div class="people-text">
                <span class="people-name" dir="auto">
                  {person.name} {person.source === 'owner' && <span class="ui-badge">{t('people.owner')}</span>}
                </span>
                <span class="people-mail">{addressOf(person)}</span>
              </div>
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  );
}

function addressOf({ email, hiddenIn }: Participant): string {
  if (email) return email;
  return hiddenIn ? t('preview.hidden', { where: `${hiddenIn.doctype} ${hiddenIn.name}` }) : t('preview.noEmail');
}

function datesInWords({ start, end, allDay }: RecordDates): string {
  const from = formatRecordDate(start, allDay);
  return end ? t('preview.fromTo', { from, to: formatRecordDate(end, allDay) }) : from;
}
