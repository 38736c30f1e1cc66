import { CircleAlert, CircleCheck, CircleDashed } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { FieldLine } from '../../lib/model/custom-field.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { Doctype, Origin } from '../../lib/model/ids.ts';
import type { FieldsView, OptionsView, UndoReport } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { Switch } from '../ui/switch.tsx';
import { AdminLetter } from './options-letter.tsx';
import { hostOf, SiteGate } from './options-site.tsx';

/** What a person can do with the custom fields of a site. */
export interface FieldActions {
  check(origin: Origin): Promise<Result<FieldsView>>;
  create(origin: Origin): Promise<Result<FieldsView>>;
  correct(origin: Origin, doctype: Doctype, fieldname: string): Promise<Result<FieldsView>>;
  allowComments(on: boolean): Promise<Result<void>>;
  undo(origin: Origin): Promise<Result<FieldsView & { report: UndoReport }>>;
}

export interface FieldsProps {
  view: OptionsView;
  origin: Origin | null;
  onSite: (origin: Origin) => void;
  onOpen: (origin: Origin) => void;
  actions: FieldActions;
}

/** The custom fields of a site: what is there, what is missing, and the buttons of an administrator. */
export function Fields({ view, origin, onSite, onOpen, actions }: FieldsProps) {
  return (
    <>
      <p class="ui-muted">{t('fields.intro')}</p>
      <Switch
        label={t('fields.comments')}
        on={view.commentLinks.on}
        disabled={view.commentLinks.managed}
        help={t('fields.commentsHelp') + (view.commentLinks.managed ? ` ${t('settings.managed')}` : '')}
        onChange={(on) => void actions.allowComments(on)}
      />
      <SiteGate sites={view.sites} origin={origin} onSite={onSite} onOpen={onOpen}>
        <SiteFields key={origin} origin={origin!} actions={actions} />
      </SiteGate>
    </>
  );
}

function SiteFields({ origin, actions }: { origin: Origin; actions: FieldActions }) {
  const [fields, setFields] = useState<FieldsView | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(true);
  const [report, setReport] = useState<UndoReport | null>(null);
  const run = async <T extends FieldsView>(asked: Promise<Result<T>>): Promise<T | null> => {
    setBusy(true);
    setReport(null);
    const answer = await asked;
    setBusy(false);
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) setFields(answer.value);
    return answer.ok ? answer.value : null;
  };
  /** What failed may have been done in part: then the table is read anew, and the problem stays. */
  const change = async <T extends FieldsView>(asked: Promise<Result<T>>): Promise<T | null> => {
    const done = await run(asked);
    const now = done ? null : await actions.check(origin);
    if (now?.ok) setFields(now.value);
    return done;
  };
  useEffect(() => void run(actions.check(origin)), [origin]);

  return (
    <>
      {problem && (
        <Problem problem={problem} tone="bad" role="alert" onAction={() => void run(actions.check(origin))} />
      )}
      {busy && !fields && (
        <p class="panel-busy" role="status">
          <Spinner size={14} /> {t('fields.checking')}
        </p>
      )}
      {fields && (
        <>
          <Table
            fields={fields}
            onCorrect={({ doctype, fieldname }) => void change(actions.correct(origin, doctype, fieldname))}
          />
          {fields.admin ? (
            <AdminButtons
              fields={fields}
              busy={busy}
              onCreate={() => void change(actions.create(origin))}
              onUndo={() => void change(actions.undo(origin)).then((done) => setReport(done?.report ?? null))}
            />
          ) : (
            <AdminLetter host={hostOf(origin)} fields={fields.fields} />
          )}
        </>
      )}
      {report && <Report report={report} />}
    </>
  );
}

const STATES = { ok: CircleCheck, missing: CircleDashed, wrong: CircleAlert };

function Table({ fields, onCorrect }: { fields: FieldsView; onCorrect: (line: FieldLine) => void }) {
  return (
    <table class="options-fields">
      <thead>
        <tr>
          <th scope="col">{t('rule.doctype')}</th>
          <th scope="col">{t('fields.field')}</th>
          <th scope="col">{t('fields.state')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.fields.map((line) => (
          <tr key={`${line.doctype} ${line.fieldname}`}>
            <th scope="row">{line.doctype}</th>
            <td>
              {line.label}
              <br />
              <code class="ui-muted" dir="ltr">
                {line.fieldname}
              </code>
            </td>
            <td>
              <span class={`options-state options-state-${line.state}`}>
                <Icon icon={STATES[line.state]} size={14} />
                {t(line.made && line.state === 'ok' ? 'fields.made' : `fields.${line.state}`)}
              </span>
              {line.faults.map((fault) => (
                <p key={fault} class="ui-muted">
                  {t(`fields.fault.${fault}`)}
                </p>
              ))}
              {line.state === 'wrong' && fields.admin && line.correctable && (
                <Button onClick={() => onCorrect(line)}>{t('fields.correct', { field: line.fieldname })}</Button>
              )}
              {line.state === 'wrong' && !line.correctable && <p class="ui-muted">{t('fields.notOurs')}</p>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface AdminButtonsProps {
  fields: FieldsView;
  busy: boolean;
  onCreate: () => void;
  onUndo: () => void;
}

function AdminButtons({ fields, busy, onCreate, onUndo }: AdminButtonsProps) {
  const [asking, setAsking] = useState(false);
  const missing = fields.fields.filter(({ state }) => state === 'missing').length;
  const made = fields.fields.filter((line) => line.made).length;
  return (
    <>
      {missing === 0 && (
        <Notice tone="good" role="status">
          <p>{t('fields.complete')}</p>
        </Notice>
      )}
      <div class="panel-row">
        {missing > 0 && (
          <Button look="primary" large busy={busy} onClick={onCreate}>
            {t('fields.create', { count: missing })}
          </Button>
        )}
        {made > 0 && !asking && (
          <Button look="quiet" large disabled={busy} onClick={() => setAsking(true)}>
            {t('fields.undo', { count: made })}
          </Button>
        )}
      </div>
      {asking && made > 0 && (
        <Notice tone="warn" title={t('fields.undoTitle')} role="alert">
          <p>{t('fields.undoText')}</p>
          <div class="panel-row">
            <Button
              onClick={() => {
                setAsking(false);
                onUndo();
              }}
            >
              {t('fields.undoYes')}
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              {t('rule.cancel')}
            </Button>
          </div>
        </Notice>
      )}
    </>
  );
}

function Report({ report: { removed, kept } }: { report: UndoReport }) {
  return (
    <Notice tone={kept.length > 0 ? 'warn' : 'good'} title={t('fields.removed', { count: removed })} role="status">
      {kept.length > 0 && (
        <ul class="popup-list">
          {kept.map(({ doctype, fieldname, heldBy }) => (
            <li key={`${doctype} ${fieldname}`}>{t('fields.kept', { field: fieldname, doctype, name: heldBy })}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
