import { t } from '../../lib/i18n/translate.ts';
import type { OptionsView } from '../../lib/rpc/contract.ts';
import { AccountCard } from './account-card.tsx';
import type { AccountActions } from './actions.ts';
import { hostOf } from './options-site.tsx';
import { SiteAccount } from './site-account.tsx';

interface AccountsSectionProps {
  view: OptionsView;
  asking: Parameters<typeof AccountCard>[0]['asking'];
  onStay: () => void;
  actions: AccountActions;
}

/** "Accounts": who is signed in, and as whom Deskside speaks on each site. */
export function AccountsSection({ view, ...card }: AccountsSectionProps) {
  const { accounts, sites } = view;
  return (
    <>
      <p class="ui-muted">{t('account.intro')}</p>
      <AccountCard view={view} ready bare {...card} />
      {accounts.length > 0 && sites.length > 0 && (
        <ul class="options-list" aria-label={t('account.bySite')}>
          {sites.map(({ origin }) => (
            <li key={origin} class="options-line">
              <span class="options-line-text" dir="ltr">
                {hostOf(origin)}
              </span>
              <SiteAccount quiet site={origin} accounts={accounts} actions={card.actions} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
