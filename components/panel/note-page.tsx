import { ArrowLeft } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatFull } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { Note, NoteKind } from '../../lib/model/note.ts';
import type { NotesMay } from '../../lib/rpc/contract/notes.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import { plainText } from '../chat/plain-text.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import type { PanelActions } from './actions.ts';
import { FoundField } from './found-field.tsx';

/** What is to be taken into ERPNext: a message, or what was selected in it. */
export interface Taken {
  message: Message;
  /** Plain text; empty for the whole message. */
  selected: string;
}

interface NotePageProps {
  view: RecordView;
  chatId: ChatId;
  taken: Taken;
  actions: PanelActions;
  onBack: () => void;
}

type Draft = {
  kind: NoteKind;
  text: string;
  subject: string;
  allocatedTo: string;
  project: string;
  date: string;
  priority: 'Low' | 'Medium' | 'High';
};

/** A message as a Comment, a ToDo or a Task: what will stand there is shown, and changed, before anything is written. */
export function NotePage({ view, chatId, taken, actions, onBack }: NotePageProps) {
  const { message } = taken;
  const [may, setMay] = useState<NotesMay | null>(null);
  const [draft, setDraft] = useState<Draft>(() => firstDraft(taken));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEscape(onBack);
  useEffect(() => {
    heading.current?.focus();
    void actions.notes.may().then((answer) => {
      if (!answer.ok) return setProblem(answer.error);
      setMay(answer.value);
      setDraft((d) => ({ ...d, project: answer.value.project }));
    });
  }, []);

  const change = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));
  const source = t('notes.source', {
    name: message.from?.name || t('chat.unknownPerson'),
    time: formatFull(message.createdAt),
  });
  const refused = draft.kind !== 'comment' && may !== null && !may[draft.kind];
  const empty = !draft.text.trim() || (draft.kind === 'task' && !draft.subject.trim());
  const write = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await actions.notes.write(noteOf(draft, { source, chatId, messageId: message.id }));
    setBusy(false);
    if (answer.ok) onBack();
    else setProblem(answer.error);
  };

  return (
    <section class="confirm" aria-labelledby="note-title">
      <div class="confirm-head">
        <IconButton icon={ArrowLeft} flip label={t('confirm.back')} onClick={onBack} />
        <h2 id="note-title" ref={heading} tabIndex={-1}>
          {t('notes.title')}
        </h2>
      </div>
      <div class="confirm-body">
        <fieldset class="note-kinds">
          <legend class="ui-label">{t('notes.as')}</legend>
          {KINDS.map((kind) => (
            <label key={kind} class="note-kind">
              <input
                type="radio"
                name="note-kind"
                checked={draft.kind === kind}
                onChange={() => change({ kind })}
                aria-describedby={refused && draft.kind === kind ? 'note-refused' : undefined}
              />
              {t(`notes.${kind}`)}
            </label>
          ))}
        </fieldset>
        {refused && (
          <p id="note-refused" class="ui-muted" role="status">
            {t(draft.kind === 'task' ? 'notes.noTask' : 'notes.noTodo')}
          </p>
        )}
        {draft.kind === 'task' && (
          <label class="ui-field">
            <span class="ui-label">{t('notes.subject')}</span>
            <input
              class="ui-input"
              dir="auto"
              maxLength={140}
              value={draft.subject}
              onInput={(event) => change({ subject: event.currentTarget.value })}
            />
          </label>
        )}
        <label class="ui-field">
          <span class="ui-label">{t('notes.text')}</span>
          <textarea
            class="ui-input note-text"
            dir="auto"
            rows={6}
            value={draft.text}
            onInput={(event) => change({ text: event.currentTarget.value })}
          />
        </label>
        <p class="ui-muted" dir="auto">
          {source}
        </p>
        {draft.kind !== 'comment' && <Plan draft={draft} onChange={change} actions={actions} />}
        <p class="ui-muted">
          {t(draft.kind === 'task' && !draft.project ? 'notes.whereTask' : `notes.where.${draft.kind}`, {
            record: `${view.ref.doctype} ${view.ref.name}`,
          })}
        </p>
        {problem && <Problem problem={problem} onAction={actions.act} role="alert" />}
      </div>
      <footer class="confirm-foot">
        <Button
          look="primary"
          large
          busy={busy}
          disabled={empty || refused || (draft.kind !== 'comment' && !may)}
          onClick={() => void write()}
        >
          {t(`notes.write.${draft.kind}`)}
        </Button>
      </footer>
    </section>
  );
}

const KINDS = ['comment', 'todo', 'task'] as const;
const PRIORITIES = ['Low', 'Medium', 'High'] as const;

interface PlanProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
  actions: PanelActions;
}

/** For whom, until when and how urgent. */
function Plan({ draft, onChange, actions }: PlanProps) {
  return (
    <>
      {draft.kind === 'todo' ? (
        <FoundField
          label={t('notes.allocatedTo')}
          value={draft.allocatedTo}
          find={(text) => actions.notes.find('User', text)}
          onValue={(allocatedTo) => onChange({ allocatedTo })}
        />
      ) : (
        <FoundField
          label={t('notes.project')}
          value={draft.project}
          find={(text) => actions.notes.find('Project', text)}
          onValue={(project) => onChange({ project })}
        />
      )}
      <div class="note-plan">
        <label class="ui-field">
          <span class="ui-label">{t('notes.date')}</span>
          <input
            type="date"
            class="ui-input"
            value={draft.date}
            onInput={(event) => onChange({ date: event.currentTarget.value })}
          />
        </label>
        <label class="ui-field">
          <span class="ui-label">{t('notes.priority')}</span>
          <select
            class="ui-input"
            value={draft.priority}
            onChange={(event) => onChange({ priority: event.currentTarget.value as Draft['priority'] })}
          >
            {PRIORITIES.map((priority) => (
              <option key={priority} value={priority}>
                {t(`notes.priority.${priority}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </>
  );
}

function firstDraft({ message, selected }: Taken): Draft {
  const text = selected.trim() || plainText(message.html);
  const subject = text.split('\n')[0]!.trim().slice(0, 140);
  return { kind: 'comment', text, subject, allocatedTo: '', project: '', date: '', priority: 'Medium' };
}

function noteOf(draft: Draft, from: Pick<Note, 'source' | 'chatId' | 'messageId'>): Note {
  const { kind, text, subject, allocatedTo, project, date, priority } = draft;
  if (kind === 'comment') return { ...from, kind, text };
  if (kind === 'todo') return { ...from, kind, text, allocatedTo, date, priority };
  return { ...from, kind, text, subject, project, date, priority };
}
