import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { ChannelContext, type ChannelSide } from '../../components/channels/channel-side.ts';
import { contentOf } from '../../components/compose/content-of.ts';
import type { PanelActions } from '../../components/panel/actions.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { ChatId, RecordKey } from '../../lib/model/ids.ts';
import { MESSAGE_BYTES, messageBytes } from '../../lib/model/message-size.ts';
import { NOTHING_WRITTEN } from '../../lib/model/writing.ts';
import type { ChannelState } from './state/channel.ts';
import type { createDiscards } from './state/discards.ts';
import type { DraftPictures } from './state/draft-pictures.ts';
import type { Drafts } from './state/drafts.ts';
import { createPosting } from './state/posting.ts';
import type { Ask } from './state/session.ts';

interface ChannelBesideProps {
  ask: Ask;
  drafts: Drafts;
  channel: ChannelState;
  newId: () => string;
  pictures: DraftPictures;
  act: PanelActions['act'];
  discards: ReturnType<typeof createDiscards>;
  onProblem: (problem: AppError) => void;
  children: ComponentChildren;
}

/** The record's channel for the views below: its signals as they stand, and each act as a call to the worker. */
export function ChannelBeside(props: ChannelBesideProps) {
  const { ask, drafts, channel, pictures } = props;
  const shown = () => channel.record() ?? ('' as RecordKey);
  const posting = useMemo(() => createPosting(props), []);
  const acts = useMemo(() => actsOf(props), []);
  const view = channel.view.value;
  const subject = drafts.writing(channel.subjectOf()).text;
  const side: ChannelSide = {
    ...acts,
    view,
    threads: channel.threads.value,
    loadingOlder: channel.loadingOlder.value,
    shown: channel.shown.value,
    page: channel.page.value,
    ownSends: posting.ownSends.value,
    subject,
    setSubject: (text) => drafts.set(channel.subjectOf(), { ...NOTHING_WRITTEN, text }),
    compose(thread) {
      const draft = channel.draftOf(thread);
      const writing = drafts.writing(draft);
      return {
        record: draft,
        writing,
        // A short text is not worth the counting.
        size:
          !writing.cards.length && writing.text.length < MESSAGE_BYTES / 8
            ? writing.text.length
            : messageBytes(contentOf(writing, () => '')),
        limit: MESSAGE_BYTES,
        put: {
          onFiles: (files) => void pictures.add(draft, files),
          files: () => ask('record.files', { shown: shown() }),
          card: () => ask('record.card', { shown: shown() }),
          onCard: (doctype, fields) => void ask('card.chose', { shown: shown(), doctype, fields }),
          pictures: {
            busy: pictures.busy(draft),
            bytesOf: (image) => pictures.bytesOf(draft, image),
            onRemove: (id) => pictures.remove(draft, id),
            onDescribe: (id, alt) => pictures.describe(draft, id, alt),
          },
        },
        onWriting: drafts.set,
        onSend(key, channelId, what) {
          const record = channel.record();
          if (!record) return;
          const place = { record, channelId, thread, draft: key, writing: what };
          const post = thread
            ? { ...place, subject: null, withRecord: false }
            : { ...place, subject: { draft: channel.subjectOf(), text: subject }, withRecord: !!view?.withRecord };
          void posting.post(post).then(channel.refresh);
        },
      };
    },
  };
  return <ChannelContext.Provider value={side}>{props.children}</ChannelContext.Provider>;
}

/** Each made for the record and channel on screen at that moment. */
function actsOf({ ask, channel, act, onProblem, discards }: ChannelBesideProps) {
  const shown = () => channel.record() ?? ('' as RecordKey);
  const here = () => ({ shown: shown(), channelId: channel.view.peek()?.channel?.id ?? ('' as ChatId) });
  const told = (result: Result<void>) => {
    if (!result.ok) onProblem(result.error);
    else void channel.refresh();
  };
  return {
    show: channel.show,
    turn: (page) => {
      channel.page.value = page;
    },
    find: (text) => ask('channel.find', { shown: shown(), text }),
    async choose(chosen) {
      const result = await ask('channel.choose', { shown: shown(), channel: chosen });
      if (!result.ok) return result;
      await channel.refresh();
      channel.show(chosen ? 'channel' : 'chat');
      return result;
    },
    search: (text, from) => ask('channel.search', { ...here(), text, from }),
    everywhere: (query, teams) =>
      void ask('archive.open', { query, teams }).then((result) => !result.ok && onProblem(result.error)),
    thread: (id) => ask('channel.thread', { ...here(), id }),
    older: () => void channel.older(),
    resend: (localId) => void ask('messages.resend', { shown: shown(), localId }).then(told),
    discard: (localId, what) => void discards.discard(shown(), localId, what).then(channel.refresh),
    async allow(what) {
      const result = await ask(what === 'posting' ? 'auth.channels' : 'auth.channelReading', {});
      if (result.ok) await channel.refresh();
      channel.act();
      return result;
    },
    setWithRecord: (on) => void ask('channel.withRecord', { on }).then(told),
    act,
  } satisfies Partial<ChannelSide>;
}
