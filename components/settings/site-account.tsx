import { useId } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AccountId, Origin } from '../../lib/model/ids.ts';
import type { AccountView } from '../../lib/rpc/contract.ts';
import type { AccountActions } from './actions.ts';
import { hostOf } from './options-site.tsx';

interface SiteAccountProps {
  site: Origin;
  accounts: readonly AccountView[];
  /** The label is said, not shown: the site's name stands beside it. */
  quiet?: boolean;
  actions: Pick<AccountActions, 'signIn' | 'useAccount'>;
}

/** Not an id of an account: those are two GUIDs. */
const ANOTHER = 'another';

/** As whom Deskside speaks on a site: one of those who are signed in, or somebody who signs in for it. */
export function SiteAccount({ site, accounts, quiet = false, actions }: SiteAccountProps) {
  const id = useId();
  const speaker = accounts.find(({ sites }) => sites.includes(site))?.id ?? '';
  const another = () => actions.signIn({ pickAccount: true, origin: site });
  // Nothing to choose from: whoever has one account is asked nothing.
  if (accounts.length === 1 && speaker)
    return (
      <button type="button" class="ui-link-button" onClick={another}>
        {t('account.anotherHere')}
      </button>
    );
  return (
    <div class="ui-field">
      <label class={quiet ? 'ui-visually-hidden' : 'ui-label'} for={id}>
        {quiet ? t('account.onSite', { host: hostOf(site) }) : t('account.here')}
      </label>
      <select
        id={id}
        class="ui-input"
        value={speaker}
        onChange={(event) => {
          const { value } = event.currentTarget;
          // Shown as chosen once it is true.
          event.currentTarget.value = speaker;
          if (value === ANOTHER) another();
          else actions.useAccount(site, value as AccountId);
        }}
      >
        {!speaker && (
          <option value="" disabled>
            {t('account.choose')}
          </option>
        )}
        {accounts.map((account) => (
          <option key={account.id} value={account.id}>
            {account.email}
          </option>
        ))}
        <option value={ANOTHER}>{t('account.another')}</option>
      </select>
    </div>
  );
}
