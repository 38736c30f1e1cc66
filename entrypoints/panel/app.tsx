import type { Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Putting } from '../../components/chat/composer.tsx';
import { type Pictures, type Reading, ReadingContext } from '../../components/chat/reading.ts';
import { contentOf } from '../../components/compose/content-of.ts';
import { RecentEmojiContext } from '../../components/compose/recent-emoji.ts';
import type { PanelActions } from '../../components/panel/actions.ts';
import { ChatSyncContext } from '../../components/panel/chat-sync.ts';
import type { Talk } from '../../components/panel/linked-chat.tsx';
import { PanelScreen } from '../../components/panel/panel-screen.tsx';
import { type Faces, FacesContext } from '../../components/people/faces.ts';
import type { PhotoOf } from '../../components/people/photo-of.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { RecordKey } from '../../lib/model/ids.ts';
import { filesBytes, MESSAGE_BYTES, messageBytes } from '../../lib/model/message-size.ts';
import { NOTHING_WRITTEN, type Writing } from '../../lib/model/writing.ts';
import type { Look } from './parent.ts';
import type { createActs } from './state/acts.ts';
import type { createChatSync } from './state/chat-sync.ts';
import type { createDiscards } from './state/discards.ts';
import type { DraftFiles } from './state/draft-files.ts';
import type { DraftPictures } from './state/draft-pictures.ts';
import type { Drafts } from './state/drafts.ts';
import type { createEditing } from './state/editing.ts';
import type { createMembersState } from './state/members.ts';
import type { createMessages } from './state/messages.ts';
import type { createPanelState } from './state/panel-state.ts';
import type { createPresence } from './state/presence.ts';
import type { createRecentEmoji } from './state/recent-emoji.ts';
import type { createSending } from './state/sending.ts';
import type { Ask } from './state/session.ts';
import type { createUploadProgress } from './state/uploads.ts';

export interface AppProps {
  look: Signal<Look | null>;
  now: Signal<number>;
  state: ReturnType<typeof createPanelState>;
  members: ReturnType<typeof createMembersState>;
  messages: ReturnType<typeof createMessages>;
  drafts: Drafts;
  sending: ReturnType<typeof createSending>;
  acts: ReturnType<typeof createActs>;
  editing: ReturnType<typeof createEditing>;
  actions: PanelActions;
  photoOf: PhotoOf;
  presence: ReturnType<typeof createPresence>;
  recentEmoji: ReturnType<typeof createRecentEmoji>;
  pictures: Pictures;
  draftPictures: DraftPictures;
  draftFiles: DraftFiles;
  uploads: ReturnType<typeof createUploadProgress>;
  discards: ReturnType<typeof createDiscards>;
  chatSync: ReturnType<typeof createChatSync>;
  ask: Ask;
}

/** The signals as props of the views. Nothing before the content script has vouched for this frame. */
export function App(props: AppProps) {
  const { state, messages, drafts, editing, sending, ask } = props;
  const reading = useReading(props);
  if (!props.look.value) return null;
  const view = state.view.value;
  const record = view?.kind === 'record' ? view.key : null;
  const draft = record ? drafts.writing(record) : NOTHING_WRITTEN;
  const writing = editing.shown(draft);
  const talk: Talk = {
    messages: messages.messages.value,
    more: messages.more.value,
    loadingOlder: messages.loadingOlder.value,
    newer: messages.newer.value,
    jumped: messages.jumped.value,
    ownSends: sending.ownSends.value,
    onOlder: () => void messages.older(),
    onNewer: () => void messages.toNewer(),
    onNewest: () => void messages.toNewest(),
    onJump: (id) => void messages.jump(id),
    onFind: messages.find,
    onSeen: (upTo) => state.seen(upTo),
    acts: props.acts.all,
    onAct: (chatId, act) => record && void props.acts.act(record, chatId, act),
    onEdit: (message) => record && editing.begin(record, message),
    onReply: (message) => record && editing.answer(record, message),
    onResend: (localId) => record && void ask('messages.resend', { shown: record, localId }).then(told(state)),
    onDiscard: (localId, what) => record && void props.discards.discard(record, localId, what),
    onGiveUp: (localId) => record && void ask('messages.discard', { shown: record, localId }).then(told(state)),
    onEditOutgoing: (row) => record && editing.beginOutgoing(record, row),
    progress: props.uploads.with,
    compose: {
      writing,
      // A short text is not worth the counting.
      size:
        !writing.cards.length && !writing.files.length && writing.text.length < MESSAGE_BYTES / 8
          ? writing.text.length
          : messageBytes(contentOf(writing, () => '')) + filesBytes(writing.files),
      limit: MESSAGE_BYTES,
      onWriting: editing.set,
      onSend: (...what) => void (draft.edit ? editing.save(...what) : sending.send(...what).then(state.refresh)),
      ...(record && !draft.edit ? { put: putting(props, record) } : {}),
      ...bannerOf(draft, () => record && editing.stop(record)),
    },
  };
  return (
    <RecentEmojiContext.Provider value={props.recentEmoji.value()}>
      <ReadingContext.Provider value={reading}>
        <FacesContext.Provider value={facesOf(props)}>
          <ChatSyncContext.Provider value={props.chatSync.value()}>
            <PanelScreen
              view={view}
              problem={state.problem.value}
              onProblemSeen={() => {
                state.problem.value = null;
              }}
              actions={props.actions}
              talk={talk}
              photoOf={props.photoOf}
              compared={props.members.compared.value}
              discarded={discardedOf(props, record)}
              unlinked={state.unlinked.value?.record === record ? (state.unlinked.value?.chatId ?? null) : null}
              now={props.now.value}
            />
          </ChatSyncContext.Provider>
        </FacesContext.Provider>
      </ReadingContext.Provider>
    </RecentEmojiContext.Provider>
  );
}

function bannerOf({ edit, quote }: Writing, onCancel: () => void): Pick<Talk['compose'], 'banner'> {
  if (edit) return { banner: { title: t('acts.editing'), text: t('acts.editingText'), onCancel } };
  if (!quote) return {};
  return {
    banner: { title: t('acts.replyTo', { name: quote.author || t('chat.unknownPerson') }), text: quote.text, onCancel },
  };
}

function putting({ draftPictures: pictures, draftFiles, ask, state }: AppProps, record: RecordKey): Putting {
  const view = state.view.value;
  return {
    // What the browser shows as a picture goes as one; all else goes by OneDrive.
    onFiles(files) {
      const [seen, others] = [files.filter(isPicture), files.filter((file) => !isPicture(file))];
      if (seen.length) void pictures.add(record, seen);
      if (others.length) void draftFiles.add(record, others);
    },
    ...(view?.kind === 'record'
      ? {
          upload: {
            onUpload: (files: File[]) => void draftFiles.add(record, files),
            keeping: draftFiles.keeping(record),
            onRemove: (id: string) => draftFiles.remove(record, id),
            upload: view.upload,
            onAllow: () => void ask('auth.files', {}).then(told(state)),
          },
        }
      : {}),
    files: () => ask('record.files', { shown: record }),
    card: () => ask('record.card', { shown: record }),
    onCard: (doctype, fields) => void ask('card.chose', { shown: record, doctype, fields }),
    pictures: {
      busy: pictures.busy(record),
      bytesOf: (image) => pictures.bytesOf(record, image),
      onRemove: (id) => pictures.remove(record, id),
      onDescribe: (id, alt) => pictures.describe(record, id, alt),
    },
  };
}

function discardedOf({ discards }: AppProps, record: RecordKey | null) {
  const last = discards.of(record);
  return last && { what: last.what, undo: () => void discards.undo(), forget: discards.forget };
}

/** Those that every browser draws; others may be pictures, too, that only their own programs know. */
function isPicture({ type }: File): boolean {
  return /^image\/(png|jpe?g|gif|webp|avif|bmp)$/.test(type);
}

function told(state: AppProps['state']) {
  return (result: { ok: true } | { ok: false; error: NonNullable<AppProps['state']['problem']['value']> }) => {
    if (!result.ok) state.problem.value = result.error;
  };
}

/** The same one as long as the same person reads: messages are drawn anew with another. */
function useReading({ state, messages, pictures }: AppProps): Reading {
  const view = state.view.value;
  const me = view?.kind === 'record' ? view.me.id : null;
  return useMemo(() => ({ me, onJump: messages.jump, pictures }), [me, messages, pictures]);
}

function facesOf({ presence, ask }: AppProps): Faces {
  return {
    presenceOf: presence.presenceOf,
    state: presence.state.value,
    problem: presence.problem.value,
    async onShow() {
      const result = await ask('presence.on', {});
      if (result.ok) await presence.again();
      return result;
    },
  };
}
