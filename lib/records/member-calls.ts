import { recordKey } from '../model/record.ts';
import type { PanelProtocol } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { loadAutoMembers, saveAutoMembers } from '../settings/members.ts';
import { managed } from './chat-settings-calls.ts';
import { addMembers, endAdding, membersView } from './keep-members.ts';
import { takeOut } from './remove-member.ts';
import { shownFor } from './shown.ts';
import type { Worker } from './worker.ts';

type MemberProtocol = Extract<keyof PanelProtocol, `members.${string}`>;

/** What the panel asks of the chat's members, always of the record on screen. */
export function memberCalls(worker: Worker): Pick<WorkerHandlers, MemberProtocol> {
  return {
    'members.view': async (data, sender) => membersView(worker, await shownFor(worker, data, sender)),
    'members.add': async (data, sender) => addMembers(worker, await shownFor(worker, data, sender), data),
    'members.takeOut': async (data, sender) => takeOut(worker, await shownFor(worker, data, sender), data),
    async 'members.dismiss'(data, sender) {
      const { account, ref } = await shownFor(worker, data, sender);
      await worker.store.links.dismiss(account.id, recordKey(ref), data.userIds);
    },
    'members.end': async (data, sender) => endAdding(worker, await shownFor(worker, data, sender)),
    async 'members.auto'(data, sender) {
      const { origin, doctype } = (await shownFor(worker, data, sender)).ref;
      if ((await loadAutoMembers()).managed) throw managed();
      await saveAutoMembers(data.of === 'site' ? { of: 'site', origin } : { of: 'doctype', doctype }, data.on);
      worker.changes.tell({ kind: 'view' });
    },
  };
}
