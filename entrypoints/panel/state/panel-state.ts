import { batch, signal } from '@preact/signals';
import { setTeamsCloud } from '../../../components/chat/deep-links.ts';
import type { AppError } from '../../../lib/model/errors.ts';
import type { ChatId, MessageId, RecordKey, UserId } from '../../../lib/model/ids.ts';
import type { ChangeNotice, PanelView, RecordView } from '../../../lib/rpc/contract.ts';
import { oneAtATime } from '../../../lib/util/one-at-a-time.ts';
import type { Drafts } from './drafts.ts';
import type { createMessages } from './messages.ts';
import type { Ask } from './session.ts';

interface PanelStateDeps {
  ask: Ask;
  messages: ReturnType<typeof createMessages>;
  drafts: Drafts;
  now: () => number;
  /** Whether a person can see the panel; `look` is called when they can again. */
  onScreen: () => boolean;
  /** The person was led here from another page, to this message. */
  onLed?: (to: NonNullable<RecordView['ledTo']>) => void;
}

/**
 * What the panel shows: the worker's view, asked for again whenever a notice says that it changed. Each answer costs a
 * read in ERPNext, so a panel that nobody sees only remembers that it is stale.
 */
export function createPanelState({ ask, messages, drafts, now, onScreen, onLed }: PanelStateDeps) {
  const view = signal<PanelView | null>(null);
  const problem = signal<AppError | null>(null);
  const unlinked = signal<{ record: RecordKey; chatId: ChatId } | null>(null);
  let seen: { record: RecordKey; upTo: MessageId } | null = null;
  let writer: UserId | null = null;
  let staleTimer: ReturnType<typeof setTimeout> | undefined;
  let stale = false;

  const record = (): RecordView | null => {
    const v = view.peek();
    return v?.kind === 'record' ? v : null;
  };

  /** Everything that hangs on the view follows it. */
  const settle = async (next: PanelView): Promise<void> => {
    const rec = next.kind === 'record' ? next : null;
    const linked = rec?.chat.kind === 'linked' ? rec.chat : null;
    if ((rec && writer && writer !== rec.me.id) || next.kind === 'signed-out') drafts.forget();
    writer = rec?.me.id ?? writer;
    const turned = record()?.key !== rec?.key;
    const other = messages.show(linked && rec!.canRead ? rec!.key : null, linked?.chat.id ?? null);
    setTeamsCloud(next.settings.registration?.cloud ?? 'global');
    batch(() => {
      if (turned) problem.value = null;
      view.value = next;
    });
    clearTimeout(staleTimer);
    // Nothing tells of what another machine writes: ERPNext (not Microsoft) is asked until the colleague is done.
    if (rec?.chat.kind === 'claimed')
      staleTimer = setTimeout(
        () => hear({ kind: 'view' }),
        Math.min(CLAIMED_MS, Math.max(1000, rec.chat.staleAt - now() + 500)),
      );
    if (linked) void drafts.load(rec!.key);
    if (other) (await messages.readNewest())();
    if (!rec?.ledTo) return;
    onLed?.(rec.ledTo);
    if (rec.ledTo.chatId === linked?.chat.id) void messages.jump(rec.ledTo.id);
  };

  const readAll = async (): Promise<void> => {
    const [answer, applyMessages] = await Promise.all([ask('panel.view', {}), messages.readNewest()]);
    if (!answer.ok) {
      problem.value = answer.error;
      return;
    }
    // One breath: a message that moves from the outbox into the chat is never seen twice, or not at all.
    batch(applyMessages);
    await settle(answer.value);
  };

  const refresh = oneAtATime(readAll);
  const refreshMessages = oneAtATime(async () => batch(await messages.readNewest()));

  const isOther = (chatId: ChatId): boolean => {
    const chat = record()?.chat;
    return chat?.kind === 'linked' && chat.chat.id !== chatId;
  };

  const hear = (notice: ChangeNotice): void => {
    // A site's mapping is told of twice a second while it is written, and the panel shows none of it.
    if (notice.kind === 'mapping' || notice.kind === 'upload' || notice.kind === 'sync') return;
    // A run through all chats tells of each of them.
    if (notice.kind === 'messages' && !notice.outbox && isOther(notice.chatId)) return;
    // Who signed out is forgotten at once, and that asks ERPNext nothing.
    if (notice.kind !== 'account' && !onScreen()) stale = true;
    else if (notice.kind === 'messages' && !notice.outbox) void refreshMessages();
    else void refresh();
  };

  return {
    view,
    problem,
    /** What was unlinked here, so that it can be undone. */
    unlinked,
    record,
    refresh,
    hear,
    /** Somebody may see the panel again: what was missed meanwhile is read. */
    look(): void {
      if (!stale || !onScreen()) return;
      stale = false;
      void refresh();
    },
    /** The newest message stands on screen; told to the worker once it really is visible. */
    seen(upTo: MessageId): void {
      const rec = record();
      if (rec) seen = { record: rec.key, upTo };
      this.tellSeen();
    },
    tellSeen(): void {
      const rec = record();
      if (!seen || document.visibilityState !== 'visible' || rec?.key !== seen.record) return;
      void ask('messages.seen', { shown: seen.record, upTo: seen.upTo });
      seen = null;
    },
  };
}

/** A creation takes a few seconds. */
const CLAIMED_MS = 2_500;
