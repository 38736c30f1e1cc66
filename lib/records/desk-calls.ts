import { fail } from '../model/errors.ts';
import { sameRecord } from '../model/record.ts';
import type { DeskProtocol } from '../rpc/contract.ts';
import type { Sender, WorkerHandlers } from '../rpc/server.ts';
import { knownBell } from '../settings/bells.ts';
import { loadLayout, saveLayout } from '../settings/items.ts';
import { isListed } from '../settings/sites.ts';
import { unreadIn } from './badge.ts';
import { doctypesOn } from './doctypes.ts';
import { deskFaceCalls } from './face-calls.ts';
import { isInFront } from './on-screen.ts';
import { act } from './read-messages.ts';
import { rang } from './ring.ts';
import type { Worker } from './worker.ts';

/** What the content scripts of ERPNext tabs ask. Only frame 0 of a tab on a listed origin is heard. */
export function deskCalls(worker: Worker): Pick<WorkerHandlers, keyof DeskProtocol> {
  const tabOf = (sender: Sender): number => {
    if (sender.tabId !== undefined && sender.frameId === 0) return sender.tabId;
    throw fail('not-permitted', 'Not from here', 'Only the ERPNext tab itself may ask this.');
  };
  return {
    ...deskFaceCalls(worker, tabOf),
    async 'desk.shows'({ shown, origin, erpUser }, sender) {
      const tabId = tabOf(sender);
      if (!(await isListed(origin))) {
        await worker.tabs.gone(tabId);
        return { enabled: false };
      }
      const rules = await doctypesOn();
      const known = rules.some(({ doctype }) => doctype === shown?.ref.doctype);
      const ours = shown && known && shown.ref.origin === origin ? shown : null;
      const before = await worker.tabs.get(tabId);
      await worker.tabs.shows({ tabId, origin, erpUser, shown: ours });
      worker.changes.tell({ kind: 'view' });
      // A tab of this site is the way to ERPNext again: work that waited for one goes on.
      if (!before || before.erpUser !== erpUser)
        void worker.jobs.poke((job) => job.origin === origin && job.erpUser === erpUser);
      // A tab opened in the background has not been looked at: its first act comes when it is.
      if (ours && !sameRecord(ours.ref, before?.shown?.ref) && (await isInFront(tabId))) void act(worker, tabId);
      return { enabled: true };
    },
    'desk.rules': () => doctypesOn(),
    'desk.nonce': (_, sender) => worker.tabs.issueNonce(tabOf(sender)),
    'desk.act': (_, sender) => act(worker, tabOf(sender)),
    async 'desk.badge'(_, sender) {
      const tab = await worker.tabs.get(tabOf(sender));
      return { unread: tab ? await unreadIn(worker, tab) : 0, attention: false };
    },
    async 'desk.bell'(_, sender) {
      const tab = await worker.tabs.get(tabOf(sender));
      return tab ? ((await knownBell(tab.origin))?.bell?.note ?? null) : null;
    },
    'desk.rang': (_, sender) => rang(worker, tabOf(sender)),
    'desk.layout': (data) => (data ? saveLayout(data) : loadLayout()),
  };
}
