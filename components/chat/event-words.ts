import { formatList } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { Named, SystemEvent } from '../../lib/model/message.ts';

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
    case 'other':
      return t('event.other');
  }
}

/** Graph counts whoever creates a chat among those they added to it. */
function withoutThemselves({ by, who }: { by: Named; who: Named[] }): Named[] {
  const others = by.userId ? who.filter(({ userId }) => userId !== by.userId) : who;
  return others.length ? others : who;
}
