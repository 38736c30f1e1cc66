import '../../../components/ui/tokens.css';
import '../../../components/ui/base.css';
import '../../../components/ui/dialog.css';
import '../../../components/people/people.css';
import '../../../components/chat/chat.css';
import '../../../components/chat/reading.css';
import '../../../components/chat/acts.css';
import '../../../components/chat/search.css';
import '../../../components/panel/note.css';
import '../../../components/compose/compose.css';
import '../../../components/panel/panel.css';
import '../../../components/settings/settings.css';
import { render } from 'preact';
import { useState } from 'preact/hooks';
import { type Reading, ReadingContext } from '../../../components/chat/reading.ts';
import type { PanelActions } from '../../../components/panel/actions.ts';
import { PanelScreen } from '../../../components/panel/panel-screen.tsx';
import { PopupScreen } from '../../../components/settings/popup-screen.tsx';
import { setLanguage } from '../../../lib/i18n/translate.ts';
import { asOrigin } from '../../../lib/model/ids.ts';
import { NOTHING_WRITTEN } from '../../../lib/model/writing.ts';
import { account, BEN, FOUND, NOW, ORPHANS, PREVIEW, RECORD, SETTINGS } from '../samples.ts';
import { STATES, type State } from './states.ts';

const asked = new URLSearchParams(location.search);
const name = asked.get('state') ?? '';
const root = document.documentElement;
root.dataset.theme = asked.get('theme') ?? 'light';
root.dir = asked.get('dir') ?? 'ltr';
setLanguage(asked.get('lang') ?? 'en');

const nothing = () => {};
const FILES = [
  { name: 'Plan [A].pdf', url: 'https://erp.test/private/files/plan (a).pdf', isPrivate: true },
  { name: 'Order.pdf', url: 'https://erp.test/files/order.pdf', isPrivate: false },
];
const SOURCE = {
  title: 'Quarterly review',
  doctype: 'Event',
  name: 'EV00001',
  url: 'https://erp.test/app/event/EV00001',
  fields: [
    { fieldname: 'status', label: 'Status', value: 'Open', kind: 'text' as const },
    { fieldname: 'starts_on', label: 'Starts on', value: '2026-11-24 09:00:00', kind: 'datetime' as const },
    { fieldname: 'color', label: 'Color', value: '#fff', kind: 'text' as const },
  ],
  chosen: ['status', 'starts_on'],
};
/** A red dot. */
const DOT =
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==';
const actions: PanelActions = {
  close: nothing,
  useAccount: nothing,
  signIn: nothing,
  askRead: nothing,
  act: nothing,
  preview: async () => ({ ok: true, value: PREVIEW }),
  create: async () => ({ ok: true, value: undefined }),
  confirmPerson: async () => ({ ok: true, value: undefined }),
  resume: nothing,
  confirm: nothing,
  useAmended: nothing,
  setNotify: nothing,
  searchEverywhere: () => {},
  search: async () => ({ ok: true, value: { hits: [], more: false, since: null } }),
  findChats: async () => ({ ok: true, value: FOUND }),
  putChat: async () => ({ ok: true, value: [{ key: RECORD.key, doctype: RECORD.ref.doctype, name: RECORD.ref.name }] }),
  takeChat: nothing,
  ignoreChat: nothing,
  agreeToSpeak: nothing,
  addMembers: async () => ({ ok: true, value: undefined }),
  takeOut: async () => ({ ok: true, value: undefined }),
  dismissMissing: nothing,
  endAdding: nothing,
  mute: nothing,
  leave: nothing,
  farewell: async () => ({ ok: true, value: undefined }),
  askMembers: nothing,
  openRecord: nothing,
  setAuto: nothing,
  notes: {
    may: async () => ({ ok: true, value: { todo: true, task: true, project: '' } }),
    find: async () => ({ ok: true, value: [] }),
    write: async () => ({ ok: true, value: undefined }),
    end: nothing,
    comments: async () => ({ ok: true, value: [] }),
  },
};

const PICTURE = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 52"><rect width="90" height="52" fill="#cfe3f7"/><path d="M5 5h50v42H5zM60 5h25v20H60z" fill="#fff" stroke="#456"/></svg>')}`;
const reading: Reading = {
  me: RECORD.me.id,
  onJump: async () => false,
  pictures: {
    stateOf: ({ contentId }) =>
      contentId === 'cc'
        ? { kind: 'failed', problem: { code: 'offline', title: 'Microsoft cannot be reached', text: 'Try again.' } }
        : { kind: 'there', url: PICTURE },
    want: () => nothing,
    again: nothing,
  },
};

function Panel({ state }: { state: State }) {
  const [writing, setWriting] = useState({ ...NOTHING_WRITTEN, text: state.text ?? '', ...state.writing });
  return (
    <PanelScreen
      view={state.view}
      problem={state.problem ?? null}
      onProblemSeen={nothing}
      actions={actions}
      photoOf={() => null}
      compared={state.compared ?? null}
      discarded={null}
      unlinked={state.unlinked ?? null}
      now={NOW}
      talk={{
        messages: state.messages ?? null,
        more: false,
        loadingOlder: false,
        newer: false,
        jumped: null,
        ownSends: 0,
        onOlder: nothing,
        onNewer: nothing,
        onNewest: nothing,
        onJump: nothing,
        onFind: async () => ({ ok: true, value: nothing }),
        onSeen: nothing,
        acts: (known) => [...known],
        onAct: nothing,
        onEdit: nothing,
        onReply: nothing,
        onResend: nothing,
        onDiscard: nothing,
        onGiveUp: nothing,
        onEditOutgoing: nothing,
        progress: (row) => row,
        compose: {
          writing,
          size: writing.text.length,
          limit: 28 * 1024,
          onWriting: (_, next) => setWriting(next),
          onSend: () => setWriting(NOTHING_WRITTEN),
          put: {
            onFiles: nothing,
            files: async () => ({ ok: true, value: FILES }),
            card: async () => ({ ok: true, value: SOURCE }),
            onCard: nothing,
            pictures: { busy: false, bytesOf: () => DOT, onRemove: nothing, onDescribe: nothing },
          },
        },
      }}
    />
  );
}

function Popup({ set }: { set: boolean }) {
  return (
    <PopupScreen
      view={{
        accounts: set
          ? [{ ...account(BEN.displayName), unfinished: ['A message in the chat of EV00001 that is not sent'] }]
          : [],
        signInProblem: null,
        signingIn: false,
        settings: set ? { ...SETTINGS, managed: ['tenant'] } : { ...SETTINGS, registration: null },
        redirectUri: 'https://galidifhoabiablhokbmfdbhibocfmaf.chromiumapp.org/',
        sites: set ? [asOrigin('https://erp.contoso.test'), asOrigin('http://localhost:8000')] : [],
        unread: [],
        orphans: set ? ORPHANS : [],
        notices: [],
      }}
      tab={{ kind: 'site', origin: asOrigin('https://erp.fabrikam.test'), host: 'erp.fabrikam.test', isErpnext: true }}
      problem={null}
      refused={false}
      saved={false}
      sync={null}
      askingSignOut={set ? account(BEN.displayName).id : null}
      onStay={nothing}
      actions={{
        addSite: nothing,
        removeSite: nothing,
        signIn: nothing,
        signOut: nothing,
        useAccount: nothing,
        saveRegistration: nothing,
        setLive: nothing,
        openOptions: nothing,
        openArchive: nothing,
        openRecord: nothing,
        forgetOrphan: nothing,
        sync: { start: nothing, cancel: nothing },
        act: nothing,
      }}
    />
  );
}

function Index() {
  return (
    <ul>
      {[...Object.keys(STATES), 'popup', 'popup-first'].map((state) => (
        <li key={state}>
          <a href={`?state=${state}`}>{state}</a>
        </li>
      ))}
    </ul>
  );
}

const state = STATES[name];
const app = document.getElementById('app')!;
const panel = state && (
  <ReadingContext.Provider value={reading}>
    <Panel state={state} />
  </ReadingContext.Provider>
);
render(panel ? panel : name.startsWith('popup') ? <Popup set={name === 'popup'} /> : <Index />, app);
if (state?.asking) app.querySelector<HTMLElement>('main .ui-button-primary')?.click();
