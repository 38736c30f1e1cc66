import { batch, signal } from '@preact/signals';
import type { ChannelPage, ChannelSide } from '../../../components/channels/channel-side.ts';
import { channelDraft } from '../../../lib/model/channel.ts';
import type { ChatId, MessageId, RecordKey } from '../../../lib/model/ids.ts';
import type { ChannelView, ThreadPage } from '../../../lib/rpc/contract/channels.ts';
import type { ChangeNotice, PanelView, RecordView } from '../../../lib/rpc/contract.ts';
import type { Drafts } from './drafts.ts';
import type { Ask } from './session.ts';

interface ChannelStateDeps {
  ask: Ask;
  drafts: Drafts;
}

/** Threads read at first, and with each asking for older ones. */
const PAGE = 20;

/** The record's channel: which it is, its threads as far as somebody looked down, and whether it is in front. */
export function createChannelState({ ask, drafts }: ChannelStateDeps) {
  const view = signal<ChannelView | null>(null);
  const threads = signal<ThreadPage | null>(null);
  const shown = signal<ChannelSide['shown']>('chat');
  const page = signal<ChannelPage | null>(null);
  const loadingOlder = signal(false);
  let record: RecordKey | null = null;
  let me: RecordView['me']['id'] | null = null;
  let count = PAGE;
  let turn = 0;
  /** A message of the channel to which the person was led. */
  let led: { chatId: ChatId; id: MessageId } | null = null;

  const inFront = () => shown.peek() === 'channel' && !!view.peek()?.channel;

  const readView = async (): Promise<void> => {
    const asked = record;
    turn += 1;
    const mine = turn;
    const answer = asked && (await ask('channel.view', { shown: asked }));
    // A later asking answers for itself; what stands in the way the panel's own view says.
    if (!answer?.ok || mine !== turn || record !== asked) return;
    const before = view.peek()?.channel?.id;
    const now = answer.value.channel?.id;
    batch(() => {
      view.value = answer.value;
      if (before !== now) {
        threads.value = null;
        page.value = null;
        count = PAGE;
        if (!now && shown.peek() === 'channel') shown.value = 'chat';
      }
      if (led && led.chatId === now) {
        shown.value = 'channel';
        page.value = { kind: 'thread', id: led.id, from: null };
      }
      led = null;
    });
    if (before !== now && now && asked)
      for (const what of ['new', 'subject'] as const) void drafts.load(channelDraft(asked, now, what));
  };

  const readThreads = async (): Promise<void> => {
    const [asked, channel] = [record, view.peek()?.channel];
    if (!asked || !channel || !inFront()) return;
    const answer = await ask('channel.threads', { shown: asked, channelId: channel.id, count });
    if (!answer.ok || record !== asked || view.peek()?.channel?.id !== channel.id) return;
    threads.value = answer.value;
    for (const { id } of answer.value.threads) void drafts.load(channelDraft(asked, channel.id, id));
  };

  const refresh = async (): Promise<void> => {
    await readView();
    await readThreads();
  };

  const act = (): void => {
    const channel = view.peek()?.channel;
    if (record && channel && inFront()) void ask('channel.act', { shown: record, channelId: channel.id });
  };

  return {
    view,
    threads,
    shown,
    page,
    loadingOlder,
    refresh,
    act,
    record: () => record,
    /** Follows the panel's view: another record or person begins anew, in front of the chat. */
    follow(panel: PanelView | null): void {
      const next = panel?.kind === 'record' ? panel : null;
      if (next?.key !== record || next?.me.id !== me)
        batch(() => {
          [record, me, count] = [next?.key ?? null, next?.me.id ?? null, PAGE];
          view.value = null;
          threads.value = null;
          page.value = null;
          shown.value = 'chat';
        });
      if (next) void refresh();
    },
    /** To a message of the channel, as soon as it is known that this is the record's; else to the front of the chat. */
    lead(to: { chatId: ChatId; id: MessageId }): void {
      led = to;
      shown.value = 'chat';
      void refresh();
    },
    /** True where the notice is of the channel alone: ERPNext and the chat need not be asked again. */
    hear(notice: ChangeNotice): boolean {
      if (notice.kind !== 'messages' || notice.chatId !== view.peek()?.channel?.id) return false;
      void refresh();
      return true;
    },
    show(what: ChannelSide['shown']): void {
      shown.value = what;
      if (what !== 'channel') return;
      act();
      void readThreads();
    },
    async older(): Promise<void> {
      if (loadingOlder.peek()) return;
      loadingOlder.value = true;
      count += PAGE;
      await readThreads();
      loadingOlder.value = false;
    },
    /** The draft of a thread's answer, or (null) of a new thread. */
    draftOf(thread: MessageId | null): RecordKey {
      const channel = view.value?.channel;
      return record && channel ? channelDraft(record, channel.id, thread ?? 'new') : ('' as RecordKey);
    },
    subjectOf(): RecordKey {
      const channel = view.value?.channel;
      return record && channel ? channelDraft(record, channel.id, 'subject') : ('' as RecordKey);
    },
  };
}

export type ChannelState = ReturnType<typeof createChannelState>;
