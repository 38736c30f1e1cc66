import { formatDuration, formatList } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AddingView, MembersView } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';

interface MembersStripProps {
  adding: AddingView | null;
  /** Null while it is not known. */
  compared: MembersView | null;
  actions: PanelActions;
  onReview: () => void;
}

/** Above the conversation: people of the record who are not in its chat, and how far adding them has come. */
export function MembersStrip({ adding, compared, actions, onReview }: MembersStripProps) {
  if (adding?.report) return <Report report={adding.report} onRead={actions.endAdding} />;
  if (adding) return <Progress adding={adding} actions={actions} />;
  if (!compared) return null;
  const dismissed = new Set(compared.dismissed);
  const missing = compared.missing.flatMap((line) => {
    const { resolution } = line;
    return 'person' in resolution && !dismissed.has(resolution.person.id) ? [resolution.person] : [];
  });
  if (missing.length === 0) return null;
  const ids = missing.map((person) => person.id);
  const names = formatList(missing.slice(0, 3).map((person) => person.displayName));
  return (
    <div class="panel-notices">
      <Notice
        role="status"
        title={t('members.missing', { count: missing.length })}
        onDismiss={() => actions.dismissMissing(ids)}
      >
        <p dir="auto">{missing.length > 3 ? t('members.andMore', { names, count: missing.length - 3 }) : names}</p>
        {compared.mayAdd ? (
          <div class="panel-row">
            <Button look="primary" onClick={onReview}>
              {t('members.review')}
            </Button>
            <span class="ui-muted">{t('members.takes', { time: formatDuration(compared.seconds) })}</span>
          </div>
        ) : (
          <p class="ui-muted">{t('members.mayNotAdd')}</p>
        )}
      </Notice>
    </div>
  );
}

function Progress({ adding, actions }: { adding: AddingView; actions: PanelActions }) {
  return (
    <div class="panel-notices">
      <Notice title={t('members.adding', { done: adding.done, total: adding.total })} role="status">
        <progress max={adding.total} value={adding.done} aria-label={t('members.addingLabel')} />
        <p class="ui-muted">{t('members.addingHelp')}</p>
        <div class="panel-row">
          <Button onClick={actions.endAdding}>{t('members.stop')}</Button>
        </div>
      </Notice>
      {adding.problem && <Problem problem={adding.problem} onAction={actions.act} />}
    </div>
  );
}

function Report({ report, onRead }: { report: NonNullable<AddingView['report']>; onRead: () => void }) {
  const { added, failed } = report;
  return (
    <div class="panel-notices">
      <Notice
        tone={failed.length > 0 ? 'warn' : 'good'}
        role="status"
        title={added.length > 0 ? t('members.added', { count: added.length }) : t('members.addedNobody')}
        onDismiss={onRead}
      >
        {added.length > 0 && <p dir="auto">{formatList(added)}</p>}
        {failed.map(({ name, text }) => (
          <p key={name} dir="auto">
            {t('members.failed', { name })} {text}
          </p>
        ))}
      </Notice>
    </div>
  );
}
