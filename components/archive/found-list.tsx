import { SearchX } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { ArchiveView, Conversation, FoundLine as Line } from '../../lib/rpc/contract/archive.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { type ArchiveActions, type Found, keyOf, type OpenMessage } from './actions.ts';
import { FoundLine } from './found-line.tsx';
import { useNearEnd } from './use-near-end.ts';

export interface LinesProps {
  view: ArchiveView;
  byId: ReadonlyMap<string, Conversation>;
  open: OpenMessage | null;
  now: number;
  actions: ArchiveActions;
}

interface FoundListProps extends LinesProps {
  found: Found;
  loading: boolean;
}

/** What was found here, newest first; older ones come as somebody looks down. */
export function FoundList({ found, loading, ...props }: FoundListProps) {
  const end = useNearEnd(found.more && !loading ? props.actions.older : null);
  if (found.hits.length === 0) return loading ? null : <NothingFound places={found.places} />;
  return (
    <>
      <Lines lines={found.hits} label={t('search.found')} {...props} />
      <div ref={end} class="archive-end">
        {found.more && (
          <Button busy={loading} onClick={props.actions.older}>
            {t('search.more')}
          </Button>
        )}
      </div>
    </>
  );
}

export function Lines({ lines, label, ...props }: LinesProps & { lines: readonly Line[]; label: string }) {
  const { byId, open, view, now, actions } = props;
  return (
    <ol class="chat-hits" aria-label={label}>
      {lines.map((line) => (
        <li key={keyOf(line)}>
          <FoundLine
            {...{ line, view, now }}
            conversation={byId.get(keyOf({ account: line.account, chatId: line.chatId })) ?? null}
            current={!!open && keyOf(open) === keyOf(line)}
            onOpen={() => actions.open({ account: line.account, chatId: line.chatId, id: line.id })}
          />
        </li>
      ))}
    </ol>
  );
}

function NothingFound({ places }: Pick<Found, 'places'>) {
  return (
    <EmptyState icon={SearchX} title={t('search.nothing')}>
      <p>
        {places === null
          ? t('archive.nothing')
          : places.length
            ? t('archive.nothingIn', { places: places.join(', ') })
            : t('archive.noSuchPlace')}
      </p>
    </EmptyState>
  );
}
