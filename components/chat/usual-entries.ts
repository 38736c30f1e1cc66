import { Copy, ExternalLink, KeyRound, Pencil, Reply, Trash2, Undo2 } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { ChatId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { copyRich } from '../ui/copy.ts';
import type { Acting } from './acting.ts';
import { copyOne } from './copy-messages.ts';
import { messageLink } from './deep-links.ts';
import type { MessageEntry } from './message-menu.tsx';

/** What can be done with any message, and with one's own. */
export function usualEntries(message: Message, own: boolean, chatId: ChatId, acting: Acting | null): MessageEntry[] {
  const open = { id: 'open', icon: ExternalLink, label: t('chat.openMessage'), href: messageLink(chatId, message.id) };
  if (message.deletedAt) return [...(acting && own ? restoring(message, acting) : []), open];
  return [
    ...(acting?.onReply
      ? [{ id: 'reply', icon: Reply, label: t('acts.reply'), onSelect: () => acting.onReply?.(message) }]
      : []),
    ...(acting && own ? changing(message, acting) : []),
    { id: 'copy', icon: Copy, label: t('chat.copy'), onSelect: () => void copyRich(copyOne(message.id)) },
    open,
  ];
}

function restoring(message: Message, acting: Acting): MessageEntry[] {
  const { mayChange } = acting;
  const entry = { id: 'restore', icon: Undo2, label: t('acts.restore'), onSelect: () => acting.onRestore(message) };
  return mayChange ? [entry] : [{ ...entry, ...missing() }, askFor(acting)];
}

function changing(message: Message, acting: Acting): MessageEntry[] {
  const entries = [
    ...(acting.onEdit
      ? [{ id: 'edit', icon: Pencil, label: t('acts.edit'), onSelect: () => acting.onEdit?.(message) }]
      : []),
    { id: 'delete', icon: Trash2, label: t('acts.delete'), onSelect: () => acting.onDelete(message) },
  ];
  return acting.mayChange ? entries : [...entries.map((entry) => ({ ...entry, ...missing() })), askFor(acting)];
}

function missing() {
  return { off: true, text: t('acts.mayNotChange') };
}

function askFor({ onAskChange }: Acting): MessageEntry {
  return { id: 'ask', icon: KeyRound, label: t('acts.askChange'), onSelect: onAskChange };
}
