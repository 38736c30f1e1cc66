import { CloudDownload } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { AccountId } from '../../lib/model/ids.ts';
import type { ArchiveAccount } from '../../lib/rpc/contract/archive.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { TeamsPart } from './actions.ts';
import { Lines, type LinesProps } from './found-list.tsx';
import { MayNotRead } from './may-not-read.tsx';

interface TeamsSearchProps extends LinesProps {
  /** By account; null: nobody asked. */
  teams: ReadonlyMap<AccountId, TeamsPart> | null;
}

/** Under what was found here: the same asked of Microsoft, for what is older than what is stored. */
export function TeamsSearch({ teams, ...props }: TeamsSearchProps) {
  const { view, actions } = props;
  const readers = view.accounts.filter(({ canRead }) => canRead);
  const others = view.accounts.filter(({ canRead }) => !canRead);
  if (!teams)
    return (
      <section class="archive-teams">
        {readers.length > 0 && (
          <>
            <Button icon={CloudDownload} onClick={() => actions.searchTeams(null)}>
              {t('archive.teams')}
            </Button>
            <p class="ui-muted">{t('archive.teamsHelp')}</p>
          </>
        )}
        {others.map((account) => (
          <MayNotRead key={account.id} account={account} named={view.accounts.length > 1} onAllow={actions.allow} />
        ))}
      </section>
    );
  return (
    <section class="archive-teams" aria-label={t('archive.inTeams')}>
      <h2>{t('archive.inTeams')}</h2>
      {view.accounts.map((account) => {
        const part = teams.get(account.id);
        return part && <Part key={account.id} {...props} part={part} account={account} />;
      })}
    </section>
  );
}

function Part({ part, account, ...props }: LinesProps & { part: TeamsPart; account: ArchiveAccount }) {
  const { actions, view } = props;
  const more = () => actions.searchTeams(account.id);
  if (part.unable.length > 0)
    return <Notice role="status">{t('archive.unable', { parts: part.unable.join(' ') })}</Notice>;
  return (
    <>
      {view.accounts.length > 1 && <p class="ui-muted">{account.email}</p>}
      {part.hits.length > 0 && <Lines lines={part.hits} label={t('archive.inTeams')} {...props} />}
      {part.problem && (
        <Problem
          problem={
            part.problem.retryAfter
              ? { ...part.problem, text: t('archive.pause', { seconds: part.problem.retryAfter }) }
              : part.problem
          }
          onAction={more}
        />
      )}
      <p class="ui-muted" role="status">
        {part.loading ? (
          <>
            <Spinner size={14} /> {t('archive.asking')}
          </>
        ) : (
          !part.problem && words(part)
        )}
      </p>
      {!part.loading && (part.next !== null || part.problem) && (
        <Button onClick={more}>{t('archive.teamsMore')}</Button>
      )}
    </>
  );
}

function words({ hits, next, elsewhere }: TeamsPart): string {
  return [
    hits.length === 0 && t(next === null ? 'archive.teamsNothing' : 'archive.teamsNothingYet'),
    elsewhere > 0 && t('archive.elsewhere', { count: elsewhere }),
  ]
    .filter(Boolean)
    .join(' ');
}
