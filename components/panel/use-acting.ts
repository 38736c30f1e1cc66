import { FileInput } from 'lucide';
import { useMemo } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { UserId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import type { ChatState, RecordView } from '../../lib/rpc/contract.ts';
import type { Acting } from '../chat/acting.ts';
import type { MessageEntry } from '../chat/message-menu.tsx';
import { actsByMessage } from '../chat/pending-acts.ts';
import { selectedIn } from '../chat/selected-text.ts';
import type { PanelActions } from './actions.ts';
import type { Talk } from './linked-chat.tsx';
import type { Taken } from './note-page.tsx';

interface ActingParts {
  view: RecordView;
  state: Extract<ChatState, { kind: 'linked' }>;
  talk: Talk;
  actions: PanelActions;
  /** Into ERPNext with a message. */
  onTake: (taken: Taken) => void;
}

/** What can be done to the messages of a record's chat; none of it before it is said as whom. */
export function useActing({ view, state, talk, actions, onTake }: ActingParts): Acting | null {
  const { chat } = state;
  const pending = talk.acts(view.acts);
  return useMemo(() => {
    if (view.speaker) return null;
    const names = new Map(chat.members.map(({ userId, displayName }) => [userId, displayName]));
    return {
      me: view.me.id,
      mayChange: view.mayChange,
      mayReact: view.canRead,
      pending: actsByMessage(pending),
      nameOf: (userId: UserId | null) =>
        userId === view.me.id ? t('chat.you') : names.get(userId) || t('chat.unknownPerson'),
      onReact: ({ id }: Message, reaction: string, on: boolean) =>
        talk.onAct(chat.id, { kind: 'react', id, reaction, on }),
      onEdit: talk.onEdit,
      onReply: talk.onReply,
      onDelete: ({ id }: Message) => talk.onAct(chat.id, { kind: 'delete', id }),
      onRestore: ({ id }: Message) => talk.onAct(chat.id, { kind: 'restore', id }),
      onRetry: talk.onResend,
      onGiveUp: talk.onGiveUp,
      onAskChange: actions.askRead,
      entriesFor: (message: Message) => (message.deletedAt ? [] : [intoErpnext(message, onTake)]),
    };
    // What else it holds does the same however often it is made
  }, [
    view.key,
    view.me.id,
    view.mayChange,
    view.canRead,
    view.speaker,
    chat.id,
    chat.members,
    JSON.stringify(pending),
  ]);
}

function intoErpnext(message: Message, onTake: ActingParts['onTake']): MessageEntry {
  return {
    id: 'erpnext',
    icon: FileInput,
    label: t('notes.open'),
    onSelect: () => onTake({ message, selected: selectedIn(message.id) }),
  };
}
