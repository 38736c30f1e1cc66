import { t } from '../../lib/i18n/translate.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';
import { OtherAccounts } from './other-accounts.tsx';

interface SpeakerNoticeProps {
  speaker: NonNullable<RecordView['speaker']>;
  /** Who else is signed in. */
  others: RecordView['others'];
  actions: PanelActions;
}

/** ERPNext and Microsoft know two people here: before the first write the person says whether that is meant. */
export function SpeakerNotice({ speaker, others, actions }: SpeakerNoticeProps) {
  return (
    <div class="panel-notices">
      <Notice tone="warn" role="alert" title={t('speaker.title')}>
        <p dir="auto">{t('speaker.text', { erp: speaker.erpUser, microsoft: speaker.microsoft })}</p>
        <div class="panel-row">
          <Button look="primary" onClick={actions.agreeToSpeak}>
            {t('speaker.agree')}
          </Button>
          <OtherAccounts others={others} onUse={actions.useAccount} />
          <Button onClick={() => actions.signIn(true)}>{t('speaker.other')}</Button>
        </div>
      </Notice>
    </div>
  );
}
