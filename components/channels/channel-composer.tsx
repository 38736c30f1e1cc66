import { useContext } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import type { ChannelView } from '../../lib/rpc/contract/channels.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import { Composer, type ComposerProps } from '../chat/composer.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { ChannelContext } from './channel-side.ts';

interface ChannelComposerProps extends Pick<ComposerProps, 'focus'> {
  view: ChannelView;
  record: RecordView;
  /** Who wrote in the channel, and so can be mentioned. */
  people: readonly Member[];
  photoOf: PhotoOf;
  /** Which thread is answered; null begins one. */
  thread: MessageId | null;
  label: string;
  placeholder: string;
}

/** Where a post or an answer is written. */
export function ChannelComposer({ view, record, people, thread, ...more }: ChannelComposerProps) {
  const side = useContext(ChannelContext)!;
  return (
    <Composer
      {...side.compose(thread)}
      {...more}
      chatId={view.channel!.id}
      me={record.me.id}
      meName={record.me.displayName}
      members={people}
      outsiders={view.channel!.kind === 'shared'}
      offReason={record.speaker ? t('speaker.first') : null}
    />
  );
}
