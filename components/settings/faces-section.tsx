import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { FaceSettings, FacesView } from '../../lib/rpc/contract.ts';
import { Problem } from '../ui/notice.tsx';
import { Switch } from '../ui/switch.tsx';

interface FacesSectionProps {
  faces: FacesView;
  problem: AppError | null;
  /** Microsoft's window may be open for it. */
  busy: boolean;
  onSet: (what: keyof FaceSettings, on: boolean) => void;
}

/** "Presence and marks": what is shown of people and chats beyond the conversation, and what that gives away. */
export function FacesSection({ faces, problem, busy, onSet }: FacesSectionProps) {
  const { settings, managed, mayAsk, signedIn, hasPresence } = faces;
  const line = (what: keyof FaceSettings, help: string, possible = true) => {
    const isManaged = managed.includes(what);
    return (
      <div class="options-card">
        <Switch
          label={t(`faces.${what}`)}
          on={settings[what] && possible}
          disabled={busy || isManaged || !possible}
          help={isManaged ? `${help} ${t('settings.managed')}` : help}
          onChange={(on) => onSet(what, on)}
        />
        {what === 'presence' && settings.presence && hasPresence && signedIn && !mayAsk && (
          <Problem
            problem={{
              code: 'missing-scope',
              title: t('faces.notAllowed'),
              text: t('faces.notAllowedHelp'),
              action: { kind: 'retry', label: t('presence.allow') },
            }}
            onAction={() => onSet('presence', true)}
          />
        )}
        {problem && what === 'presence' && (
          <Problem problem={problem} role="alert" onAction={() => onSet('presence', true)} />
        )}
      </div>
    );
  };
  return (
    <>
      <p class="ui-muted">{t('faces.intro')}</p>
      {line('presence', hasPresence ? t('faces.presenceHelp') : t('faces.noneHere'), hasPresence)}
      {line('presenceInErpnext', t('faces.presenceInErpnextHelp'), hasPresence && settings.presence)}
      {line('listMarks', t('faces.listMarksHelp'))}
    </>
  );
}
