import { formatDuration, formatList } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { Named, SystemEvent } from '../../lib/model/system-event.ts';

/** What happened in the chat, as a sentence. Whom Graph did not name is looked up in the members, else "someone". */
export function eventWords(event: SystemEvent, members: readonly Member[]): string {
  const one = ({ userId, name }: Named) =>
    name || (userId && members.find((m) => m.userId === userId)?.displayName) || t('event.someone');
  const all = (who: Named[]) => (who.length ? formatList(who.map(one)) : t('event.someone'));
  switch (event.kind) {
    case 'created':
      return t('event.created', { by: one(event.by) });
    case 'renamed':
      return event.topic
        ? t('event.renamed', { by: one(event.by), topic: event.topic })
        : t('event.renamedEmpty', { by: one(event.by) });
    case 'members-added':
      return t('event.added', { by: one(event.by), names: all(withoutThemselves(event)) });
    case 'members-removed':
      return t('event.removed', { by: one(event.by), names: all(event.who) });
    case 'joined':
      return t('event.joined', { names: all(event.who) });
    case 'left':
      return t('event.left', { names: all(event.who) });
    case 'role':
      return t(event.owner ? 'event.owner' : 'event.member', { by: one(event.by), name: one(event.who) });
    case 'call-started':
      return t(`event.started.${event.call}`, { by: one(event.by) });
    case 'call-ended':
      return callEnded(event, event.who.length ? all(event.who) : '');
    case 'recording':
      return event.state === 'running'
        ? t('event.recording', { by: one(event.by) })
        : t(event.state === 'failed' ? 'event.recordingFailed' : 'event.recorded');
    case 'transcript':
      return t('event.transcript');
    case 'meeting-chat':
      return t(event.on ? 'event.meetingChatOn' : 'event.meetingChatOff', { by: one(event.by) });
    case 'done':
      return t(`event.${event.what}`, { by: one(event.by), name: event.name || t('event.nameless') });
    case 'other':
      return t('event.other');
  }
}

/** How long it took and who took part, as far as Graph said. */
function callEnded({ call, seconds }: Extract<SystemEvent, { kind: 'call-ended' }>, names: string): string {
  const ended =
    seconds === null
      ? t(`event.ended.${call}`)
      : t('event.endedAfter', { what: t(`event.ended.${call}`), duration: formatDuration(seconds) });
  return names ? `${ended} ${t('event.tookPart', { names })}` : ended;
}

/** Graph counts whoever creates a chat among those they added to it. */
function withoutThemselves({ by, who }: { by: Named; who: Named[] }): Named[] {
  const others = by.userId ? who.filter(({ userId }) => userId !== by.userId) : who;
  return others.length ? others : who;
}
