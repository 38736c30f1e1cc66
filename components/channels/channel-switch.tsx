import { MessagesSquare } from 'lucide';
import { useContext } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import { Icon } from '../ui/icon.tsx';
import { SIGNS } from './channel-name.tsx';
import { ChannelContext } from './channel-side.ts';

/** Chat or channel: a record may have both. Nothing where it has no channel. */
export function ChannelSwitch({ record }: { record: RecordView }) {
  const side = useContext(ChannelContext);
  const channel = side?.view?.channel;
  if (!side || !channel) return null;
  const unread = record.chat.kind === 'linked' && !record.chat.care.muted ? record.chat.unread : 0;
  return (
    <nav class="channel-switch" aria-label={t('channel.switch')}>
      <button type="button" aria-current={side.shown === 'chat' ? 'true' : undefined} onClick={() => side.show('chat')}>
        <Icon icon={MessagesSquare} size={14} />
        {t('channel.chat')}
        {unread > 0 && side.shown !== 'chat' && (
          <span class="channel-unread">
            {unread}
            <span class="ui-visually-hidden"> {t('channel.unread')}</span>
          </span>
        )}
      </button>
      <button
        type="button"
        aria-current={side.shown === 'chat' ? undefined : 'true'}
        onClick={() => side.show('channel')}
      >
        <Icon icon={SIGNS[channel.kind]} size={14} />
        <bdi>{channel.name}</bdi>
      </button>
    </nav>
  );
}
