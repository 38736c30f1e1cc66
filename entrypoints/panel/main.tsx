import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import '../../components/ui/dialog.css';
import '../../components/people/people.css';
import '../../components/chat/chat.css';
import '../../components/chat/reading.css';
import '../../components/chat/acts.css';
import '../../components/chat/search.css';
import '../../components/panel/note.css';
import '../../components/compose/compose.css';
import '../../components/panel/panel.css';
import '../../components/channels/channels.css';
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { prepareImage } from '../../components/compose/prepare-image.ts';
import { hearEscape } from '../../components/ui/use-escape.ts';
import { watchOnScreen } from '../../components/ui/watch-on-screen.ts';
import { setLanguage, shownLanguage } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import { listen, sendToWorker } from '../../lib/rpc/client.ts';
import type { ChangeNotice } from '../../lib/rpc/contract.ts';
import { createActions } from './actions.ts';
import { App } from './app.tsx';
import { ChannelBeside } from './channel-beside.tsx';
import { keepFocus } from './focus.ts';
import { type Look, talkToParent } from './parent.ts';
import { lookedAt, watchActivity } from './state/activity.ts';
import { createActs } from './state/acts.ts';
import { createChannelState } from './state/channel.ts';
import { createChatSync } from './state/chat-sync.ts';
import { createDiscards } from './state/discards.ts';
import { createDraftBackup } from './state/draft-backup.ts';
import { createDraftFiles } from './state/draft-files.ts';
import { createDraftPictures } from './state/draft-pictures.ts';
import { createDrafts } from './state/drafts.ts';
import { createEditing } from './state/editing.ts';
import { createMembersState } from './state/members.ts';
import { createMessages } from './state/messages.ts';
import { createPanelState } from './state/panel-state.ts';
import { createPhotos } from './state/photos.ts';
import { createPictures } from './state/pictures.ts';
import { createPresence } from './state/presence.ts';
import { createRecentEmoji } from './state/recent-emoji.ts';
import { createSending } from './state/sending.ts';
import { createSession, type Send } from './state/session.ts';
import { createUploadProgress } from './state/uploads.ts';

const look = signal<Look | null>(null);
const now = signal(Date.now());
const newId = () => crypto.randomUUID();

const parent = talkToParent(window, (next) => {
  setLanguage(next.lang);
  Object.assign(document.documentElement, { dir: next.dir, lang: shownLanguage() });
  document.documentElement.dataset.theme = next.theme;
  look.value = next;
});
const { ask, entered } = createSession(sendToWorker as unknown as Send, parent.nonce, () => state.record()?.me.id);
const drafts = createDrafts(
  ask,
  createDraftBackup(browser.storage.session, () => state.record()?.me.id),
);
const messages = createMessages(ask);
let onScreen = true;
const state = createPanelState({
  ask,
  messages,
  drafts,
  now: Date.now,
  onScreen: () => onScreen,
  onLed: (to) => channel.lead(to),
});
const onProblem = (problem: AppError) => {
  state.problem.value = problem;
};
const draftPictures = createDraftPictures({ ask, drafts, newId, prepare: prepareImage, onProblem });
const sending = createSending({ ask, drafts, newId, pictures: draftPictures, onProblem });
const acts = createActs({ ask, newId, refresh: state.refresh, onProblem });
const editing = createEditing({ ask, drafts, acts, outgoing: () => state.record()?.outbox ?? [], onProblem });
const draftFiles = createDraftFiles({ ask, drafts, newId, onProblem });
const uploads = createUploadProgress(ask, state.record);
const discards = createDiscards({
  ask,
  refresh: () => [state, channel].forEach((one) => void one.refresh()),
  onProblem,
});
const members = createMembersState(ask);
const actions = createActions({ ask, parent, state, members, newId });
const photoOf = createPhotos(ask);
const pictures = createPictures({ ask, record: () => state.record()?.key ?? null });
const recentEmoji = createRecentEmoji(ask);
const presence = createPresence(ask, () => Date.now());
const channel = createChannelState({ ask, drafts });
const chatSync = createChatSync(ask);

render(
  <ChannelBeside
    {...{ ask, drafts, channel, newId, onProblem }}
    pictures={draftPictures}
    act={actions.act}
    discards={discards}
  >
    <App
      {...{
        look,
        now,
        state,
        members,
        messages,
        drafts,
        sending,
        acts,
        editing,
        actions,
        photoOf,
        presence,
        recentEmoji,
        pictures,
        draftPictures,
        draftFiles,
        uploads,
        discards,
        chatSync,
        ask,
      }}
    />
  </ChannelBeside>,
  document.getElementById('app')!,
);

hearEscape(parent.close);
keepFocus(window, parent.focusBack);
const activity = watchActivity({
  document,
  now: Date.now,
  onAct: () => {
    now.value = Date.now();
    state.tellSeen();
    presence.act();
    const record = state.record();
    if (record) void ask('panel.act', { shown: record.key });
    channel.act();
  },
});
effect(() => members.follow(state.view.value));
effect(() => channel.follow(state.view.value));
effect(() => chatSync.follow(state.view.value));
effect(() => presence.follow(state.view.value));
effect(() => pictures.follow(state.view.value));
effect(() => activity.setTimer(state.view.value?.settings.liveSeconds ?? null));

watchOnScreen(document.documentElement, (shown) => {
  onScreen = shown;
  state.look();
});

// A draft is written down before the person can be gone: leaving the frame, hiding or closing the tab.
window.addEventListener('blur', drafts.flush);
// The tab's own page may be gone before this frame's pagehide, and this frame's pass with it.
window.addEventListener('beforeunload', drafts.flush);
window.addEventListener('pagehide', drafts.flush);
document.addEventListener('visibilitychange', drafts.flush);

void lookedAt(document)
  .then(entered)
  .then(() => {
    void state.refresh();
    void recentEmoji.load();
    const hear = (notice: ChangeNotice) => {
      if (notice.kind === 'upload' && onScreen) void uploads.again();
      if (!onScreen || !channel.hear(notice)) state.hear(notice);
      if (onScreen) chatSync.hear(notice);
      if (onScreen && (notice.kind === 'settings' || notice.kind === 'account')) void presence.again();
    };
    listen('panel', hear, {
      onReconnect: () => state.hear({ kind: 'view' }),
      onLost: () => {
        state.problem.value = {
          code: 'bug',
          title: 'Deskside was updated',
          text: 'Reload this page to go on with the new version. What you wrote is kept.',
        };
      },
    });
  });
