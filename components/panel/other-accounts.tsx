import { t } from '../../lib/i18n/translate.ts';
import type { AccountId } from '../../lib/model/ids.ts';
import type { AccountChoice } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';

interface OtherAccountsProps {
  others: readonly AccountChoice[];
  large?: boolean;
  onUse: (account: AccountId) => void;
}

/** A button for each account that is signed in and could speak here in the place of this one. */
export function OtherAccounts({ others, large = false, onUse }: OtherAccountsProps) {
  return others.map(({ id, name, email }) => (
    <Button key={id} large={large} onClick={() => onUse(id)}>
      {t('signIn.as', { name, email })}
    </Button>
  ));
}
