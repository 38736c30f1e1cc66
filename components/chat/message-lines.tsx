import { dayKey, formatDay } from '../../lib/i18n/format.ts';
import { locale, t } from '../../lib/i18n/translate.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import { EventRow } from './event-row.tsx';
import { groupMessages } from './group-messages.ts';
import type { MessageListProps } from './message-list.tsx';
import { MessageRow } from './message-row.tsx';
import { NewLine } from './new-line.tsx';
import { useKept } from './use-kept.ts';

interface MessageLinesProps extends MessageListProps {
  newFrom: MessageId | null;
  onNewSeen: (seen: boolean) => void;
}

/** Messages as lines under their days, and where the new ones begin. */
export function MessageLines(props: MessageLinesProps) {
  const kept = useKept();
  return (
    <>
      {groupMessages(props.messages, props.me, props.newFrom).map((row) => {
        if (row.kind === 'new') return <NewLine key={row.key} onSeen={props.onNewSeen} />;
        if (row.kind === 'day')
          return (
            <div key={row.key} class="chat-day">
              <Day {...props} at={row.at} />
            </div>
          );
        if (row.kind === 'event')
          return <EventRow key={row.key} message={row.message} chatId={props.chatId} members={props.members} />;
        const { message, own, first } = row;
        const found = props.jumped?.id === message.id;
        const of = { message, own, first, found, chatId: props.chatId, photoOf: props.photoOf, language: locale() };
        return kept(row.key, of, (row) => <MessageRow key={message.id} {...row} />);
      })}
    </>
  );
}

/** The day's name, and with it the way to another day. */
function Day({ at, now, onDay }: Pick<MessageListProps, 'now' | 'onDay'> & { at: string }) {
  const day = formatDay(at, now);
  if (!onDay) return <span>{day}</span>;
  return (
    <button type="button" title={t('date.title')} onClick={() => onDay(dayKey(at))}>
      {day}
    </button>
  );
}
