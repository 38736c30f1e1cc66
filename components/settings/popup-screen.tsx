import { Search } from 'lucide';
import { useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { AccountId } from '../../lib/model/ids.ts';
import type { SyncView } from '../../lib/rpc/contract/sync.ts';
import type { PopupView } from '../../lib/rpc/contract.ts';
import { Notices } from '../panel/notices.tsx';
import { Button } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { Switch } from '../ui/switch.tsx';
import { AccountCard } from './account-card.tsx';
import type { CurrentTab, PopupActions } from './actions.ts';
import { OrphanList } from './orphan-list.tsx';
import { isManaged, RegistrationForm } from './registration-form.tsx';
import { SiteCard, SiteList } from './site-card.tsx';
import { SyncAll } from './sync-card.tsx';
import { UnreadList } from './unread-list.tsx';

export interface PopupScreenProps {
  view: PopupView | null;
  tab: CurrentTab;
  problem: AppError | null;
  refused: boolean;
  saved: boolean;
  /** Whose signing out waits for a word. */
  askingSignOut: AccountId | null;
  onStay: () => void;
  /** Null before the worker answered. */
  sync: SyncView | null;
  actions: PopupActions;
}

/** Microsoft's rule on polling allows none below this without a reason; the worker refuses less, too. */
const LIVE_SECONDS = 60;

/** The popup, one column: this site, who am I, which sites, settings. */
export function PopupScreen(props: PopupScreenProps) {
  const { view, tab, problem, actions } = props;
  return (
    <div class="popup">
      <header class="popup-head">
        <img src="/icon/48.png" alt="" />
        <h1>{t('popup.title')}</h1>
      </header>
      {problem && <Problem problem={problem} tone="bad" role="alert" onAction={actions.act} />}
      {view && (
        <>
          {view.notices.length > 0 && <Notices notices={view.notices} onAction={actions.act} />}
          {view.accounts.length > 0 && (
            <Button icon={Search} onClick={actions.openArchive}>
              {t('archive.title')}
            </Button>
          )}
          <UnreadList unread={view.unread} actions={actions} />
          {view.orphans.length > 0 && (
            <section class="popup-card">
              <h2>{t('orphans.title')}</h2>
              <OrphanList orphans={view.orphans} onForget={actions.forgetOrphan} />
            </section>
          )}
          {props.sync && view.accounts.length > 0 && (
            <section class="popup-card">
              <h2>{t('sync.title')}</h2>
              <SyncAll sync={props.sync} actions={actions.sync} />
            </section>
          )}
          <SiteCard tab={tab} sites={view.sites} accounts={view.accounts} refused={props.refused} actions={actions} />
          <AccountCard
            view={view}
            ready={view.settings.registration !== null}
            asking={props.askingSignOut}
            onStay={props.onStay}
            actions={actions}
          />
          <SiteList sites={view.sites} accounts={view.accounts} actions={actions} />
          <Settings {...props} view={view} />
        </>
      )}
    </div>
  );
}

function Settings({ view, saved, actions }: PopupScreenProps & { view: PopupView }) {
  const { settings } = view;
  const liveManaged = isManaged(settings.managed, 'liveSeconds');
  // Open until there is a registration: nothing works without one. Then it stays, so that "Saved" is seen.
  const [open] = useState(settings.registration === null);
  return (
    <section class="popup-card">
      <h2>{t('popup.settings')}</h2>
      <Switch
        label={t('settings.live')}
        on={settings.liveSeconds !== null}
        disabled={liveManaged}
        help={
          t('settings.liveHelp', { seconds: settings.liveSeconds ?? LIVE_SECONDS }) +
          (liveManaged ? ` ${t('settings.managed')}` : '')
        }
        onChange={(on) => actions.setLive(on ? LIVE_SECONDS : null)}
      />
      <details open={open}>
        <summary>{t('settings.registration')}</summary>
        <RegistrationForm
          settings={settings}
          redirectUri={view.redirectUri}
          saved={saved}
          onSave={actions.saveRegistration}
        />
      </details>
      <button type="button" class="ui-link-button" onClick={actions.openOptions}>
        {t('popup.options')}
      </button>
    </section>
  );
}
