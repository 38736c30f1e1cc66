import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { NoteView } from '../../lib/rpc/contract/notes.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { PanelActions } from './actions.ts';

/** Above the conversation: what is being written into ERPNext, and what became of it. */
export function NoteStrip({ notes, actions }: { notes: NoteView[]; actions: PanelActions }) {
  if (notes.length === 0) return null;
  return (
    <div class="panel-notices">
      {notes.map((note) => (
        <One key={note.id} note={note} actions={actions} />
      ))}
    </div>
  );
}

function One({ note, actions }: { note: NoteView; actions: PanelActions }) {
  const putAway = () => actions.notes.end(note.id, 'put-away');
  switch (note.state) {
    case 'writing':
      return (
        <Notice role="status">
          <p>
            <Spinner size={14} /> {t(`notes.writing.${note.kind}`)}
          </p>
        </Notice>
      );
    case 'done':
      return (
        <Notice tone="good" role="status" onDismiss={putAway}>
          <p>
            {t(`notes.done.${note.kind}`)}{' '}
            {note.made && <ExternalLink href={note.made.url}>{note.made.name}</ExternalLink>}
          </p>
        </Notice>
      );
    case 'unsure':
      return (
        <Notice tone="warn" role="alert" title={t('notes.unsure')}>
          <p>{t('notes.unsureText')}</p>
          <Decide note={note} actions={actions} />
        </Notice>
      );
    case 'waiting':
    case 'failed':
      return (
        <div>
          {note.problem && <Why problem={note.problem} />}
          <Decide note={note} actions={actions} />
        </div>
      );
  }
}

/** What can be done about it stands below. */
function Why({ problem: { action: _, ...problem } }: { problem: AppError }) {
  return <Problem problem={problem} onAction={() => {}} />;
}

function Decide({ note, actions }: { note: NoteView; actions: PanelActions }) {
  return (
    <div class="panel-row">
      {note.state !== 'waiting' && (
        <Button look="primary" onClick={() => actions.notes.end(note.id, 'again')}>
          {t('notes.again')}
        </Button>
      )}
      <Button onClick={() => actions.notes.end(note.id, 'put-away')}>
        {t(note.state === 'unsure' ? 'notes.putAway' : 'notes.giveUp')}
      </Button>
    </div>
  );
}
