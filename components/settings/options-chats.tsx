import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { Doctype, Origin, RecordKey } from '../../lib/model/ids.ts';
import type { ChatSettings, ChatsView } from '../../lib/rpc/contract.ts';
import { Problem } from '../ui/notice.tsx';
import { Switch } from '../ui/switch.tsx';
import { hostOf } from './options-site.tsx';
import { OrphanList } from './orphan-list.tsx';

/** What a person can set for chats in the options. */
export interface ChatsActions {
  set(setting: keyof ChatSettings, on: boolean): Promise<Result<void>>;
  auto(what: { of: 'site'; origin: Origin } | { of: 'doctype'; doctype: Doctype }, on: boolean): Promise<Result<void>>;
  /** A chat whose record is gone is not wanted here any more. */
  forget(key: RecordKey): Promise<Result<void>>;
}

interface ChatsProps {
  chats: ChatsView;
  sites: Origin[];
  doctypes: Doctype[];
  actions: ChatsActions;
}

/** How Deskside treats chats: each switch says what it does and what it never does. */
export function Chats({ chats, sites, doctypes, actions }: ChatsProps) {
  const [problem, setProblem] = useState<AppError | null>(null);
  const told = (result: Result<void>) => setProblem(result.ok ? null : result.error);
  const { settings, auto } = chats;
  const one = (setting: keyof ChatSettings) => {
    const managed = chats.managed.includes(setting);
    return (
      <Switch
        label={t(`chats.${setting}`)}
        on={settings[setting]}
        disabled={managed}
        help={t(`chats.${setting}Help`) + (managed ? ` ${t('settings.managed')}` : '')}
        onChange={(on) => void actions.set(setting, on).then(told)}
      />
    );
  };
  return (
    <>
      <p class="ui-muted">{t('chats.intro')}</p>
      {problem && <Problem problem={problem} tone="bad" role="alert" onAction={() => setProblem(null)} />}
      <Card title={t('chats.reading')}>{one('markRead')}</Card>
      <Card title={t('chats.people')}>
        <p class="ui-muted">
          {t('chats.autoHelp')} {auto.managed && t('settings.managed')}
        </p>
        {sites.map((origin) => (
          <Switch
            key={origin}
            label={t('chats.autoSite', { site: hostOf(origin) })}
            on={auto.sites.includes(origin)}
            disabled={auto.managed}
            onChange={(on) => void actions.auto({ of: 'site', origin }, on).then(told)}
          />
        ))}
        {doctypes.map((doctype) => (
          <Switch
            key={doctype}
            label={t('chats.autoDoctype', { doctype })}
            on={auto.doctypes.includes(doctype)}
            disabled={auto.managed}
            onChange={(on) => void actions.auto({ of: 'doctype', doctype }, on).then(told)}
          />
        ))}
      </Card>
      <Card title={t('chats.course')}>
        {one('followTitle')}
        {one('farewell')}
      </Card>
      {chats.orphans.length > 0 && (
        <Card title={t('orphans.title')}>
          <OrphanList orphans={chats.orphans} onForget={(key) => void actions.forget(key).then(told)} />
        </Card>
      )}
    </>
  );
}

function Card({ title, children }: { title: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="options-card" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}
