import { batch, signal } from '@preact/signals';
import type { ChatSync } from '../../../components/panel/chat-sync.ts';
import type { ChatId, RecordKey } from '../../../lib/model/ids.ts';
import type { FillingView } from '../../../lib/rpc/contract/sync.ts';
import type { ChangeNotice, PanelView } from '../../../lib/rpc/contract.ts';
import { oneAtATime } from '../../../lib/util/one-at-a-time.ts';
import type { Ask } from './session.ts';

/** So long a result stands that nobody puts away. */
const READ_MS = 8_000;

/** How bringing the chat shown up to date stands. */
export function createChatSync(ask: Ask) {
  const asked = signal<ChatSync['asked']>(null);
  const filling = signal<FillingView | null>(null);
  let shown: { record: RecordKey; chatId: ChatId } | null = null;

  const look = oneAtATime(async () => {
    const whose = shown;
    const answer = whose && (await ask('chat.filling', { shown: whose.record }));
    if (shown === whose) filling.value = answer?.ok ? answer.value : null;
  });

  async function start(chatId: ChatId): Promise<void> {
    const whose = shown;
    if (whose?.chatId !== chatId || asked.peek()?.state === 'reading') return;
    asked.value = { state: 'reading' };
    const answer = await ask('chat.sync', { shown: whose.record, chatId });
    if (shown !== whose) return;
    const said: ChatSync['asked'] = answer.ok
      ? { state: 'done', messages: answer.value.messages }
      : { state: 'failed', problem: answer.error };
    asked.value = said;
    if (said.state === 'done') setTimeout(() => asked.peek() === said && putAway(), READ_MS);
  }

  function putAway(): void {
    asked.value = null;
  }

  return {
    /** Another record or chat is shown, or none. */
    follow(view: PanelView | null): void {
      const chat = view?.kind === 'record' && view.canRead && view.chat.kind === 'linked' ? view.chat.chat : null;
      const next = view?.kind === 'record' && chat ? { record: view.key, chatId: chat.id } : null;
      if (shown?.record === next?.record && shown?.chatId === next?.chatId) return;
      shown = next;
      batch(() => {
        asked.value = null;
        filling.value = null;
      });
      if (shown) void look();
    },
    hear(notice: ChangeNotice): void {
      // Before its first messages came there was nothing to go on from.
      const isFirst = notice.kind === 'messages' && notice.chatId === shown?.chatId && !filling.peek();
      if (shown && (isFirst || notice.kind === 'sync' || notice.kind === 'settings')) void look();
    },
    /** Null where no chat can be read. */
    value: (): ChatSync | null =>
      shown && { asked: asked.value, filling: filling.value, start: (chatId) => void start(chatId), putAway },
  };
}
