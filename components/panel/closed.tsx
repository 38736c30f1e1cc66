import { Lock } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Person } from '../../lib/model/person.ts';
import type { AccountChoice, Asker, ChatState } from '../../lib/rpc/contract.ts';
import { chatLink, newChatLink } from '../chat/deep-links.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Problem } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';
import { Ignore } from './kept.tsx';
import { OtherAccounts } from './other-accounts.tsx';
import { Unlink } from './unlink.tsx';

interface ClosedProps {
  state: Extract<ChatState, { kind: 'closed' }>;
  title: string;
  /** The account that was refused. */
  me: Person;
  /** Who else is signed in: the chat may be theirs. */
  others: AccountChoice[];
  actions: PanelActions;
}

/**
 * The record has a chat that this account may not see, which is no proof that it is gone: first it is said which account
 * that is, then who may add it, and only then how the record gets another chat.
 */
export function Closed({ state, title, me, others, actions }: ClosedProps) {
  const { chatId, problem, askers, url, namedBy } = state;
  return (
    <EmptyState icon={Lock} title={t('closed.title')}>
      <p>{t('closed.text', { account: me.mail ?? me.userPrincipalName })}</p>
      <div class="panel-wide">
        <Problem problem={problem} onAction={actions.act} />
      </div>
      <div class="panel-row panel-row-center">
        <OtherAccounts others={others} onUse={actions.useAccount} />
        <Button onClick={() => actions.signIn(true)}>{t('closed.other')}</Button>
        <ExternalLink look="button" href={chatLink(chatId, null)}>
          {t('chat.open')}
        </ExternalLink>
      </div>
      {askers.length > 0 && <Askers askers={askers} words={t('closed.message', { title, url })} />}
      <div class="panel-wide">
        <h3 class="ui-label">{t('closed.goneTitle')}</h3>
        <p class="ui-muted">{t('closed.gone')}</p>
        {namedBy && !namedBy.mayTake ? (
          <>
            <p class="ui-muted">{t('kept.named', { name: namedBy.by })}</p>
            <Ignore onIgnore={() => actions.ignoreChat(chatId)} />
          </>
        ) : (
          <Unlink words="replace" onUnlink={() => actions.takeChat(chatId)} />
        )}
      </div>
    </EmptyState>
  );
}

/** Whoever was in the chat, or belongs to the record, with words that only have to be sent. */
function Askers({ askers, words }: { askers: Asker[]; words: string }) {
  return (
    <div class="panel-wide">
      <h3 class="ui-label">{t('closed.askers')}</h3>
      <ul class="people-list">
        {askers.map(({ name, address, wasMember }) => (
          <li key={address} class="people-row">
            <Avatar name={name} src={null} />
            <div class="people-text">
              <span class="people-name" dir="auto">
                {name}
              </span>
              <span class="people-mail">{wasMember ? t('closed.wasMember') : address}</span>
            </div>
            <ExternalLink look="button" href={newChatLink([address], words)} label={t('closed.askOf', { name })}>
              {t('closed.ask')}
            </ExternalLink>
          </li>
        ))}
      </ul>
    </div>
  );
}
