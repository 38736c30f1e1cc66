import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { ListedDoctype } from '../../lib/model/doctype-list.ts';
import { type DoctypeMeta, dateFields, titleFields } from '../../lib/model/doctype-meta.ts';
import { type DoctypeRule, type PeopleSource, sameSource } from '../../lib/model/doctype-rule.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { Doctype, Origin } from '../../lib/model/ids.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { DoctypeActions } from './options-actions.ts';
import { FieldPick } from './options-field-pick.tsx';
import { RuleOverPick } from './options-over.tsx';
import { Preview } from './options-preview.tsx';
import { Search } from './options-search.tsx';
import { sourceWords } from './source-words.ts';

interface RuleEditorProps {
  origin: Origin;
  /** Null: one that the person is about to choose. */
  doctype: Doctype | null;
  listed: ListedDoctype[];
  actions: DoctypeActions;
  onDone: () => void;
}

interface Draft {
  meta: DoctypeMeta;
  rule: DoctypeRule;
  /** Everything that can be ticked. */
  sources: PeopleSource[];
}

/** One doctype's rule: proposed by what the site says of it, tried on a record, then saved. */
export function RuleEditor({ origin, doctype, listed, actions, onDone }: RuleEditorProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);

  const propose = async (chosen: string) => {
    setBusy(true);
    const answer = await actions.propose(origin, chosen);
    setBusy(false);
    setProblem(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    const { meta, rule, sources } = answer.value;
    const known = listed.find((one) => one.rule.doctype === rule.doctype)?.rule ?? rule;
    const more = known.people.filter((source) => !sources.some((other) => sameSource(source, other)));
    setDraft({ meta, rule: known, sources: [...more, ...sources] });
  };
  useEffect(() => {
    if (doctype) void propose(doctype);
  }, [doctype]);

  const save = async () => {
    setBusy(true);
    const answer = await actions.save([draft!.rule]);
    setBusy(false);
    if (answer.ok) onDone();
    else setProblem(answer.error);
  };

  return (
    <div class="options-editor">
      {doctype === null && (
        <Search
          label={t('rule.doctype')}
          help={t('rule.doctypeHelp')}
          placeholder="Task, Lead, Sales Order …"
          find={(text) => actions.findDoctypes(origin, text)}
          onChoose={(chosen) => void propose(chosen)}
          note={(value) => (listed.some(({ rule }) => rule.doctype === value) ? t('rule.listed') : null)}
        />
      )}
      {problem && <Problem problem={problem} role="alert" onAction={() => doctype && void propose(doctype)} />}
      {busy && !draft && (
        <p class="panel-busy" role="status">
          <Spinner size={14} /> {t('rule.reading')}
        </p>
      )}
      {draft && (
        <>
          <h3>{draft.rule.doctype}</h3>
          <Fields draft={draft} onRule={(rule) => setDraft({ ...draft, rule })} />
          <Preview origin={origin} rule={draft.rule} actions={actions} />
          {!draft.meta.fields.some(({ fieldname }) => fieldname === 'custom_teams_chat_id') && (
            <Notice title={t('rule.noField')}>
              <p>
                {t('rule.noFieldHow')} <a href="#fields">{t('fields.title')}</a>
              </p>
            </Notice>
          )}
        </>
      )}
      <div class="panel-row">
        <Button
          look="primary"
          large
          busy={busy && !!draft}
          disabled={!draft?.rule.people.length}
          onClick={() => void save()}
        >
          {t('rule.save')}
        </Button>
        <Button look="quiet" large onClick={onDone}>
          {t('rule.cancel')}
        </Button>
      </div>
    </div>
  );
}

function Fields({ draft, onRule }: { draft: Draft; onRule: (rule: DoctypeRule) => void }) {
  const { meta, rule, sources } = draft;
  const dates = dateFields(meta);
  const checks = meta.fields.filter(({ fieldtype }) => fieldtype === 'Check');
  const chosen = (source: PeopleSource) => rule.people.some((other) => sameSource(other, source));
  const withDate = (part: Partial<NonNullable<DoctypeRule['dates']>>) => {
    const next = { start: '', end: null, allDay: null, ...rule.dates, ...part };
    onRule({ ...rule, dates: next.start ? next : null });
  };
  return (
    <>
      <fieldset class="options-card">
        <legend>{t('rule.people')}</legend>
        {sources.map((source) => (
          <label key={JSON.stringify(source)} class="options-check">
            <input
              type="checkbox"
              class="ui-check"
              checked={chosen(source)}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                // In the order they are listed in, which is the order they are asked in.
                onRule({ ...rule, people: sources.filter((one) => (one === source ? on : chosen(one))) });
              }}
            />
            <span dir="auto">{sourceWords(source, meta)}</span>
          </label>
        ))}
        {rule.people.length === 0 && <p class="popup-wrong">{t('rule.nobody')}</p>}
      </fieldset>
      <fieldset class="options-card options-columns">
        <legend>{t('rule.titleAndDates')}</legend>
        <FieldPick
          label={t('rule.titleField')}
          none={t('rule.byName')}
          fields={titleFields(meta)}
          value={rule.titleField}
          onChange={(titleField) => onRule({ ...rule, titleField })}
        />
        <FieldPick
          label={t('rule.start')}
          none={t('rule.noDate')}
          fields={dates}
          value={rule.dates?.start ?? null}
          onChange={(start) => withDate({ start: start ?? '' })}
        />
        <FieldPick
          label={t('rule.end')}
          none={t('rule.noDate')}
          fields={dates}
          value={rule.dates?.end ?? null}
          disabled={!rule.dates}
          onChange={(end) => withDate({ end })}
        />
        <FieldPick
          label={t('rule.allDay')}
          none={t('rule.noDate')}
          fields={checks}
          value={rule.dates?.allDay ?? null}
          disabled={!rule.dates}
          onChange={(allDay) => withDate({ allDay })}
        />
      </fieldset>
      <RuleOverPick meta={meta} rule={rule} onRule={onRule} />
    </>
  );
}
