import { Download, Hash } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Channel } from '../../lib/model/channel.ts';
import type { AppError, ErrorAction, Result } from '../../lib/model/errors.ts';
import type { Doctype, Origin } from '../../lib/model/ids.ts';
import type { ChannelSettingsView, FoundChannels } from '../../lib/rpc/contract/channels.ts';
import type { OptionsView } from '../../lib/rpc/contract.ts';
import { ChannelName } from '../channels/channel-name.tsx';
import { ChannelPicker } from '../channels/channel-picker.tsx';
import { AllowPosting } from '../channels/choose-channel.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { policyOf } from './channel-policy.ts';
import { SitePick } from './options-site.tsx';

/** What a person can set for channels in the options, for the account that speaks on a site. */
export interface ChannelSettingsActions {
  signIn(): void;
  allow(): Promise<Result<void>>;
  find(text: string): Promise<Result<FoundChannels>>;
  setDefault(doctype: Doctype, channel: Channel | null): Promise<Result<void>>;
  forgetRecent(): Promise<Result<void>>;
  /** Hands the person a file. */
  download(name: string, text: string): void;
  act(action: ErrorAction): void;
}

interface ChannelDefaultsProps {
  view: OptionsView;
  origin: Origin | null;
  onSite: (origin: Origin) => void;
  /** Null while it is being asked for. */
  channels: ChannelSettingsView | null;
  actions: ChannelSettingsActions;
}

/** "Channels": where the records of each doctype go, and which channels are offered first. */
export function ChannelDefaults({ view, origin, onSite, channels, actions }: ChannelDefaultsProps) {
  const [problem, setProblem] = useState<AppError | null>(null);
  const told = (result: Result<void>) => setProblem(result.ok ? null : result.error);
  const titleId = useId();
  const recentId = useId();
  const doctypes = view.doctypes.filter(({ on }) => on).map(({ rule }) => rule.doctype);
  if (view.sites.length === 0)
    return (
      <EmptyState icon={Hash} title={t('options.noSite')}>
        <p>{t('options.noSiteHow')}</p>
      </EmptyState>
    );
  const some = channels && channels.defaults.length + channels.policy.length > 0;
  return (
    <>
      <p class="ui-muted">{t('channel.defaultsIntro')}</p>
      {view.sites.length > 1 && origin && <SitePick sites={view.sites} origin={origin} onSite={onSite} />}
      {problem && <Problem problem={problem} tone="bad" role="alert" onAction={actions.act} />}
      {channels && !channels.signedIn && (
        <Notice tone="warn">
          <p>{t('channel.defaultsSignIn')}</p>
          <Button onClick={actions.signIn}>{t('mapping.signIn')}</Button>
        </Notice>
      )}
      {channels?.signedIn && (
        <section class="options-card" aria-labelledby={titleId}>
          <h3 id={titleId}>{t('channel.defaultsTitle')}</h3>
          {channels.mayPost ? (
            <div class="options-list">
              {doctypes.map((doctype) => (
                <Line key={doctype} doctype={doctype} channels={channels} actions={actions} told={told} />
              ))}
            </div>
          ) : (
            <AllowPosting view={channels} allow={actions.allow} act={actions.act} />
          )}
          {some && (
            <>
              <p class="ui-muted">{t('channel.exportHelp')}</p>
              <div class="panel-row">
                <Button icon={Download} onClick={() => actions.download('deskside-channels.json', policyOf(channels))}>
                  {t('channel.export')}
                </Button>
              </div>
            </>
          )}
        </section>
      )}
      {channels?.signedIn && (
        <section class="options-card" aria-labelledby={recentId}>
          <h3 id={recentId}>{t('channel.recentTitle')}</h3>
          <p class="ui-muted">{t('channel.recentHelp')}</p>
          {channels.recent.length === 0 && <p>{t('channel.recentNone')}</p>}
          <ul class="channel-recent">
            {channels.recent.map((channel) => (
              <li key={channel.id}>
                <ChannelName channel={channel} />
              </li>
            ))}
          </ul>
          {channels.recent.length > 0 && (
            <div class="panel-row">
              <Button onClick={() => void actions.forgetRecent().then(told)}>{t('channel.recentClear')}</Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}

interface LineProps {
  doctype: Doctype;
  channels: ChannelSettingsView;
  actions: ChannelSettingsActions;
  told: (result: Result<void>) => void;
}

/** A doctype and its channel; what an administrator set is greyed. */
function Line({ doctype, channels, actions, told }: LineProps) {
  const [choosing, setChoosing] = useState(false);
  useEscape(choosing ? () => setChoosing(false) : null);
  const policy = channels.policy.find((set) => set.doctype === doctype)?.channel;
  const channel = policy ?? channels.defaults.find((set) => set.doctype === doctype)?.channel;
  return (
    <div class="channel-default">
      <div class="options-line">
        <div class="options-line-text">
          <strong>{doctype}</strong>
          <div class={policy ? 'ui-muted' : ''}>
            {channel ? <ChannelName channel={channel} /> : <span class="ui-muted">{t('channel.defaultsNone')}</span>}
          </div>
          {policy && <p class="ui-muted">{t('settings.managed')}</p>}
        </div>
        <Button
          disabled={!!policy}
          expanded={choosing}
          label={`${doctype}: ${t(channel ? 'channel.defaultsChange' : 'channel.defaultsSet')}`}
          onClick={() => setChoosing(!choosing)}
        >
          {t(channel ? 'channel.defaultsChange' : 'channel.defaultsSet')}
        </Button>
        {channel && !policy && (
          <Button
            look="quiet"
            label={`${doctype}: ${t('channel.defaultsTake')}`}
            onClick={() => void actions.setDefault(doctype, null).then(told)}
          >
            {t('channel.defaultsTake')}
          </Button>
        )}
      </div>
      {choosing && !policy && (
        <section class="channel-default-pick" aria-label={t('channel.defaultsFor', { doctype })}>
          <ChannelPicker
            find={actions.find}
            onAction={actions.act}
            onPick={async (chosen) => {
              const result = await actions.setDefault(doctype, chosen);
              if (result.ok) setChoosing(false);
              return result;
            }}
          />
        </section>
      )}
    </div>
  );
}
