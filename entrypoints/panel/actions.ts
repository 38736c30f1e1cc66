import { browser } from 'wxt/browser';
import type { PanelActions } from '../../components/panel/actions.ts';
import type { AppError, ErrorAction, Result } from '../../lib/model/errors.ts';
import type { RecordKey } from '../../lib/model/ids.ts';
import { sendToWorker } from '../../lib/rpc/client.ts';
import type { Parent } from './parent.ts';
import type { createMembersState } from './state/members.ts';
import type { createPanelState } from './state/panel-state.ts';
import type { Ask } from './state/session.ts';

interface ActionDeps {
  ask: Ask;
  parent: Parent;
  state: ReturnType<typeof createPanelState>;
  members: ReturnType<typeof createMembersState>;
  newId: () => string;
}

/** Each act of the person as a call to the worker, made for the record on screen at that moment. */
export function createActions({ ask, parent, state, members, newId }: ActionDeps): PanelActions {
  const shown = () => state.record()?.key ?? ('' as RecordKey);
  const told = (result: Result<void>) => {
    if (!result.ok) state.problem.value = result.error;
    else void state.refresh();
  };
  const signIn = (pickAccount: boolean) =>
    void sendToWorker('auth.signIn', { pickAccount }).then((result) => {
      // Where nobody is signed in the view itself says why not; a worker that died said nothing.
      const said = state.view.peek()?.kind === 'signed-out' && !result.ok && result.error.code !== 'bug';
      if (said) void state.refresh();
      else told(result);
    });
  return {
    close: parent.close,
    signIn,
    useAccount: (account) => void ask('auth.use', { account }).then(told),
    askRead: () => void ask('auth.read', {}).then(told),
    act(action: ErrorAction) {
      state.problem.value = null;
      if (action.kind === 'sign-in') signIn(action.pickAccount ?? false);
      else if (action.kind === 'create-field') void ask('field.create', { shown: shown() }).then(told);
      else if (action.kind === 'leave-out')
        void ask('chat.resume', { shown: shown(), how: 'leave-out', userId: action.userId }).then(told);
      else if (action.kind === 'retry') {
        if (state.record()) void ask('panel.act', { shown: shown() });
        void state.refresh();
      }
    },
    preview: () => ask('chat.preview', { shown: shown() }),
    async create(members) {
      const result = await ask('chat.create', { shown: shown(), requestId: newId(), members });
      if (result.ok) await state.refresh();
      return result;
    },
    async confirmPerson(email, userId) {
      const result = await ask('people.confirm', { shown: shown(), email, userId });
      if (result.ok) await members.again();
      return result;
    },
    resume: (how) => void ask('chat.resume', { shown: shown(), how }).then(told),
    confirm: (chatId) => void ask('chat.confirm', { shown: shown(), chatId }).then(told),
    useAmended: () => void ask('chat.useAmended', { shown: shown() }).then(told),
    setNotify: (on) => {
      const record = shown();
      void mayNotify(on).then(async (allowed) => {
        if (allowed) told(await ask('notify.set', { shown: record, on }));
        else state.problem.value = NOT_ALLOWED;
      });
    },
    search: (text, from) => ask('messages.search', { shown: shown(), text, from }),
    searchEverywhere: (query, teams) => void ask('archive.open', { query, teams }).then(told),
    findChats: (text) => ask('link.find', { shown: shown(), text }),
    async putChat(chatId, shared) {
      const result = await ask('link.put', { shown: shown(), chatId, shared });
      if (result.ok && result.value.length === 0) await state.refresh();
      return result;
    },
    takeChat(chatId) {
      const record = shown();
      void ask('link.take', { shown: record, chatId }).then((result) => {
        if (result.ok) state.unlinked.value = { record, chatId };
        told(result);
      });
    },
    ignoreChat: (chatId) => void ask('link.ignore', { shown: shown(), chatId }).then(told),
    agreeToSpeak: () => void ask('speaker.agree', { shown: shown() }).then(told),
    async addMembers(chatId, userIds) {
      const result = await ask('members.add', { shown: shown(), requestId: newId(), chatId, userIds });
      if (result.ok) await state.refresh();
      return result;
    },
    async takeOut(chatId, membershipId) {
      const result = await ask('members.takeOut', { shown: shown(), chatId, membershipId });
      if (result.ok) await members.again();
      return result;
    },
    dismissMissing: (userIds) =>
      void ask('members.dismiss', { shown: shown(), userIds }).then((result) => {
        if (result.ok) void members.again();
        else told(result);
      }),
    mute: (chatId, on) => void ask('chat.mute', { shown: shown(), chatId, on }).then(told),
    leave: (chatId) => void ask('chat.leave', { shown: shown(), chatId }).then(told),
    async farewell(chatId, html) {
      const result = await ask('chat.farewell', { shown: shown(), chatId, html });
      if (result.ok) await state.refresh();
      return result;
    },
    askMembers: () => void ask('auth.members', {}).then(told),
    openRecord: (key) => void ask('record.show', { shown: shown(), key }).then(told),
    notes: {
      may: () => ask('notes.may', { shown: shown() }),
      find: (doctype, text) => ask('notes.find', { shown: shown(), doctype, text }),
      write: (note) => ask('notes.write', { shown: shown(), requestId: newId(), note }),
      end: (id, how) => void ask('notes.end', { shown: shown(), id, how }).then(told),
      comments: () => ask('notes.comments', { shown: shown() }),
    },
    endAdding: () => void ask('members.end', { shown: shown() }).then(told),
    setAuto: (of, on) => void ask('members.auto', { shown: shown(), of, on }).then(told),
  };
}

/**
 * Asks the browser, straight from the click. Firefox has no `permissions` in a frame: there the worker knows.
 */
async function mayNotify(on: boolean): Promise<boolean> {
  if (!on || !browser.permissions?.request) return true;
  try {
    return await browser.permissions.request({ permissions: ['notifications'] });
  } catch {
    return browser.permissions.contains({ permissions: ['notifications'] });
  }
}

const NOT_ALLOWED: AppError = {
  code: 'not-permitted',
  title: 'Notifications are not allowed',
  text: 'The browser did not let Deskside show notifications. Click the bell again and choose “Allow”.',
};
