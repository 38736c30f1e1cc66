import { Trash2 } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Origin } from '../../lib/model/ids.ts';
import type { AccountView } from '../../lib/rpc/contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { CurrentTab, PopupActions } from './actions.ts';
import { hostOf } from './options-site.tsx';
import { SiteAccount } from './site-account.tsx';

interface SiteCardProps {
  tab: CurrentTab;
  sites: Origin[];
  /** Who is signed in. */
  accounts: AccountView[];
  /** The person said no to the browser's question for this host. */
  refused: boolean;
  actions: Pick<PopupActions, 'addSite' | 'removeSite' | 'signIn' | 'useAccount'>;
}

/** The current tab's site: turn Deskside on there, or why not. */
export function SiteCard({ tab, sites, accounts, refused, actions }: SiteCardProps) {
  return (
    <section class="popup-card">
      <h2>{t('site.heading')}</h2>
      <Current tab={tab} sites={sites} accounts={accounts} actions={actions} />
      {refused && tab.kind === 'site' && (
        <p class="popup-wrong" role="alert">
          {t('site.refused', { host: tab.host })}
        </p>
      )}
    </section>
  );
}

function Current({ tab, sites, accounts, actions }: Omit<SiteCardProps, 'refused'>) {
  if (tab.kind === 'looking')
    return (
      <p class="panel-busy" role="status">
        <Spinner size={14} /> {t('site.checking')}
      </p>
    );
  if (tab.kind === 'no-page') return <p>{t('site.noPage')}</p>;
  if (sites.includes(tab.origin))
    return (
      <>
        <p>{t('site.known', { host: tab.host })}</p>
        <p class="ui-muted">{t('site.open')}</p>
        {accounts.length > 0 && <SiteAccount site={tab.origin} accounts={accounts} actions={actions} />}
      </>
    );
  if (!tab.isErpnext) return <p>{t('site.notErpnext', { host: tab.host })}</p>;
  return (
    <>
      <Button look="primary" large onClick={() => actions.addSite(tab.origin)}>
        {t('site.use', { host: tab.host })}
      </Button>
      <p class="ui-muted">{t('site.why', { host: new URL(tab.origin).hostname })}</p>
    </>
  );
}

/** Every site Deskside is on for, each with its way out. */
export function SiteList({ sites, accounts, actions }: Pick<SiteCardProps, 'sites' | 'accounts' | 'actions'>) {
  return (
    <section class="popup-card">
      <h2>{t('site.list')}</h2>
      {sites.length === 0 ? (
        <p class="ui-muted">{t('site.none')}</p>
      ) : (
        <ul class="popup-sites">
          {sites.map((origin) => (
            <li key={origin}>
              <span class="popup-site" dir="ltr">
                {hostOf(origin)}
              </span>
              {accounts.length > 1 && <SiteAccount quiet site={origin} accounts={accounts} actions={actions} />}
              <IconButton
                icon={Trash2}
                label={t('site.remove', { host: hostOf(origin) })}
                onClick={() => actions.removeSite(origin)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
