import { Hash, Lock, Share2 } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Channel } from '../../lib/model/channel.ts';
import { Icon } from '../ui/icon.tsx';

export const SIGNS = { standard: Hash, private: Lock, shared: Share2 } as const;

/** A channel with its team, and whose it is where it is not the whole team's. */
export function ChannelName({ channel }: { channel: Channel }) {
  const { team, name, kind } = channel;
  return (
    <span class="channel-name">
      <Icon icon={SIGNS[kind]} size={14} />
      <span class="channel-words">
        <bdi class="channel-own">{name}</bdi>
        {team && <bdi class="ui-muted">{team}</bdi>}
      </span>
      {kind !== 'standard' && <span class="channel-kind">{t(`channel.${kind}`)}</span>}
    </span>
  );
}
