import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { PublicSettings, Registration } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { CopyField } from '../ui/copy-field.tsx';
import { checkRegistration, type Wrong } from './check-registration.ts';

interface RegistrationFormProps {
  settings: PublicSettings;
  redirectUri: string;
  /** True for a moment after saving. */
  saved: boolean;
  onSave: (registration: Registration) => void;
}

const CLOUDS: Registration['cloud'][] = ['global', 'gcc-high', 'dod', 'china'];
const NOTHING: Registration = { clientId: '', tenant: 'organizations', cloud: 'global' };

/** With which app registration to sign in. What policy sets is shown and cannot be changed. */
export function RegistrationForm({ settings, redirectUri, saved, onSave }: RegistrationFormProps) {
  const [typed, setTyped] = useState<Registration>(settings.registration ?? NOTHING);
  const [wrong, setWrong] = useState<Wrong>({});
  const managed = (key: keyof Registration) => isManaged(settings.managed, key);
  const change = (part: Partial<Registration>) => {
    setTyped({ ...typed, ...part });
    setWrong({});
  };
  const save = () => {
    const checked = checkRegistration(typed);
    setWrong(checked.wrong);
    setTyped(checked.registration);
    if (!checked.wrong.clientId && !checked.wrong.tenant) onSave(checked.registration);
  };
  return (
    <form
      class="popup-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field
        label={t('settings.clientId')}
        help={managed('clientId') ? t('settings.managed') : t('settings.clientIdHelp')}
        wrong={wrong.clientId ? t('settings.clientIdWrong') : null}
      >
        {(ids) => (
          <input
            {...ids}
            class={`ui-input ${wrong.clientId ? 'ui-input-wrong' : ''}`}
            dir="ltr"
            spellcheck={false}
            autocomplete="off"
            value={typed.clientId}
            disabled={managed('clientId')}
            onInput={(event) => change({ clientId: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field
        label={t('settings.tenant')}
        help={managed('tenant') ? t('settings.managed') : t('settings.tenantHelp')}
        wrong={wrong.tenant ? t('settings.tenantWrong') : null}
      >
        {(ids) => (
          <input
            {...ids}
            class={`ui-input ${wrong.tenant ? 'ui-input-wrong' : ''}`}
            dir="ltr"
            spellcheck={false}
            autocomplete="off"
            value={typed.tenant}
            disabled={managed('tenant')}
            onInput={(event) => change({ tenant: event.currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('settings.cloud')} help={managed('cloud') ? t('settings.managed') : null} wrong={null}>
        {(ids) => (
          <select
            {...ids}
            class="ui-input"
            value={typed.cloud}
            disabled={managed('cloud')}
            onChange={(event) => change({ cloud: event.currentTarget.value as Registration['cloud'] })}
          >
            {CLOUDS.map((cloud) => (
              <option key={cloud} value={cloud}>
                {t(`settings.cloud.${cloud}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <CopyField label={t('settings.redirectUri')} text={redirectUri} />
      <p class="ui-muted">{t('settings.redirectHelp')}</p>
      <div class="popup-form-foot">
        <Button look="primary" onClick={save}>
          {t('settings.save')}
        </Button>
        <span role="status">{saved && t('settings.saved')}</span>
      </div>
    </form>
  );
}

/** Policy names keys either alone (`clientId`) or with their group (`registration.clientId`). */
export function isManaged(keys: readonly string[], key: string): boolean {
  return keys.some((k) => k === key || k.endsWith(`.${key}`));
}

interface FieldProps {
  label: string;
  help: string | null;
  wrong: string | null;
  children: (ids: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ComponentChildren;
}

function Field({ label, help, wrong, children }: FieldProps) {
  const id = useId();
  return (
    <div class="ui-field">
      <label class="ui-label" for={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-help`, 'aria-invalid': wrong !== null })}
      <p id={`${id}-help`} class={wrong ? 'popup-wrong' : 'ui-muted'} aria-live="polite">
        {wrong ?? help}
      </p>
    </div>
  );
}
