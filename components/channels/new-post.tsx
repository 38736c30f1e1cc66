import { Users } from 'lucide';
import { useContext, useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import { channelName } from '../../lib/model/channel.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { ChannelView } from '../../lib/rpc/contract/channels.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import type { PhotoOf } from '../people/photo-of.ts';
import { Icon } from '../ui/icon.tsx';
import { ChannelComposer } from './channel-composer.tsx';
import { ChannelContext } from './channel-side.ts';

interface NewPostProps {
  view: ChannelView;
  record: RecordView;
  people: readonly Member[];
  photoOf: PhotoOf;
}

/** Where a thread is begun: its subject, its text, and whether it says which record it is about. */
export function NewPost({ view, record, people, photoOf }: NewPostProps) {
  const side = useContext(ChannelContext)!;
  const id = useId();
  const channel = view.channel!;
  const box = useRef<HTMLDivElement>(null);
  // The picker it came after took the focus along
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.querySelector('textarea')?.focus();
  }, []);
  return (
    <div ref={box} class="channel-new">
      {!view.posted && (
        <p class="channel-audience">
          <Icon icon={Users} size={14} />
          <span dir="auto">{t(`channel.audience_${channel.kind}`, { channel: channelName(channel) })}</span>
        </p>
      )}
      <input
        type="text"
        class="ui-input channel-subject"
        dir="auto"
        maxLength={MOST_SUBJECT}
        aria-label={t('channel.subject')}
        placeholder={t('channel.subject')}
        value={side.subject}
        onInput={(event) => side.setSubject(event.currentTarget.value)}
      />
      <ChannelComposer
        {...{ view, record, people, photoOf }}
        thread={null}
        label={t('channel.postLabel')}
        placeholder={t('channel.post', { channel: channel.name })}
      />
      <label class="channel-with-record" for={`${id}-with`}>
        <input
          id={`${id}-with`}
          type="checkbox"
          checked={view.withRecord}
          onChange={(event) => side.setWithRecord(event.currentTarget.checked)}
        />
        <span dir="auto">{t('channel.withRecord', { record: `${record.ref.doctype} ${record.ref.name}` })}</span>
      </label>
    </div>
  );
}

/** Teams' own field takes no more. */
const MOST_SUBJECT = 250;
