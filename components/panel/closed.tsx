import { Lock } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import { chatLink } from '../chat/deep-links.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Problem } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';
import { Unlink } from './unlink.tsx';

interface ClosedProps {
  chatId: ChatId;
  problem: AppError;
  actions: PanelActions;
}

/** The record has a chat that this account may not see. */
export function Closed({ chatId, problem, actions }: ClosedProps) {
  return (
    <EmptyState icon={Lock} title={t('closed.title')}>
      <p>{t('closed.text')}</p>
      <div class="panel-wide">
        <Problem problem={problem} onAction={actions.act} />
      </div>
      <ExternalLink look="button" href={chatLink(chatId, null)}>
        {t('chat.open')}
      </ExternalLink>
      <p class="ui-muted">{t('closed.gone')}</p>
      <Unlink onUnlink={() => actions.takeChat(chatId)} />
    </EmptyState>
  );
}
