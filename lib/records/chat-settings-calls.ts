import { fail } from '../model/errors.ts';
import type { ChatsProtocol } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { loadChatSettings, saveChatSetting } from '../settings/chats.ts';
import { loadAutoMembers, saveAutoMembers } from '../settings/members.ts';
import { orphansOfAll } from './orphans.ts';
import type { Worker } from './worker.ts';

/** What the options page asks of chats as such. */
export function chatSettingsCalls(worker: Worker): Pick<WorkerHandlers, keyof ChatsProtocol> {
  const told = () => {
    worker.changes.tell({ kind: 'settings' });
    worker.changes.tell({ kind: 'view' });
  };
  return {
    async 'chats.view'() {
      const { managed } = await worker.settings();
      const orphans = await orphansOfAll(worker);
      return { settings: await loadChatSettings(), managed, auto: await loadAutoMembers(), orphans };
    },
    async 'chats.set'({ setting, on }) {
      if ((await worker.settings()).managed.includes(setting)) throw managed();
      await saveChatSetting(setting, on);
      told();
    },
    async 'chats.auto'({ what, on }) {
      if ((await loadAutoMembers()).managed) throw managed();
      await saveAutoMembers(what, on);
      told();
    },
  };
}

/** Greyed where it is shown; a page from before the policy may still ask. */
export function managed() {
  return fail(
    'not-permitted',
    'Set by your organisation',
    'Your administrator’s policy sets this; it cannot be changed here.',
  );
}
