import { photos } from '../graph/photos.ts';
import { fail } from '../model/errors.ts';
import type { AccountId, UserId } from '../model/ids.ts';
import type { DeskProtocol, FaceSettings, FacesProtocol, PanelProtocol } from '../rpc/contract.ts';
import type { Sender, WorkerHandlers } from '../rpc/server.ts';
import { loadFaces, saveFace } from '../settings/faces.ts';
import { listMarks } from './list-marks.ts';
import { lookForUnread } from './look-for-unread.ts';
import { hasPresence, mayAskPresence, presenceOnPage, presenceView } from './show-presence.ts';
import { checkPass } from './shown.ts';
import type { SignIn } from './sign-in.ts';
import { signedIn, type Worker } from './worker.ts';

const PHOTO_MS = 24 * 3600_000;
const MOST_PHOTOS = 100;

type PanelFaces = Extract<keyof PanelProtocol, 'photos' | 'presence' | 'presence.on'>;
type DeskFaces = Extract<keyof DeskProtocol, 'desk.faces' | 'desk.marks' | 'desk.presence'>;

/** What panels ask of people's faces. */
export function panelFaceCalls(worker: Worker, signIn: SignIn): Pick<WorkerHandlers, PanelFaces> {
  return {
    async photos({ pass, userIds }, sender) {
      await checkPass(worker, pass, sender);
      return photosOf(worker, (await signedIn(worker)).id, userIds);
    },
    async presence({ pass, userIds }, sender) {
      await checkPass(worker, pass, sender);
      return presenceView(worker, await signedIn(worker), userIds);
    },
    async 'presence.on'({ pass }, sender) {
      await checkPass(worker, pass, sender);
      await signedIn(worker);
      await setFace(worker, signIn, 'presence', true);
    },
  };
}

/** What the options page asks. */
export function faceCalls(worker: Worker, signIn: SignIn): Pick<WorkerHandlers, keyof FacesProtocol> {
  return {
    async 'faces.view'() {
      const [{ settings, managed }, { registration }, account] = await Promise.all([
        loadFaces(),
        worker.settings(),
        worker.auth.account(),
      ]);
      return {
        settings,
        managed,
        signedIn: account !== null,
        mayAsk: await mayAskPresence(worker),
        hasPresence: hasPresence(registration?.cloud),
      };
    },
    'faces.set': ({ what, on }) => setFace(worker, signIn, what, on),
  };
}

/** What the content scripts of ERPNext's tabs ask; an answer holds what concerns the tab's own site alone. */
export function deskFaceCalls(worker: Worker, tabOf: (sender: Sender) => number): Pick<WorkerHandlers, DeskFaces> {
  const asking = async (sender: Sender) => {
    const [tab, account] = [await worker.tabs.get(tabOf(sender)), await worker.auth.account()];
    return tab && account ? { origin: tab.origin, account } : null;
  };
  return {
    async 'desk.faces'() {
      const { presence, presenceInErpnext, listMarks } = (await loadFaces()).settings;
      return { presenceInErpnext: presence && presenceInErpnext, listMarks };
    },
    async 'desk.marks'(data, sender) {
      const at = await asking(sender);
      if (!at || !(await loadFaces()).settings.listMarks) return [];
      // Opening a list is an act: what is new is told of once it is there, with one call a minute at most.
      void lookForUnread(worker, at.account);
      return listMarks(worker, at.account, at.origin, data);
    },
    async 'desk.presence'({ users }, sender) {
      const at = await asking(sender);
      return at ? presenceOnPage(worker, at.account, at.origin, users) : [];
    },
  };
}

/** A switch that was turned; on for presence, Microsoft's window comes first, and where it says no nothing is changed. */
async function setFace(worker: Worker, signIn: SignIn, what: keyof FaceSettings, on: boolean): Promise<void> {
  const { settings, managed } = await loadFaces();
  const asks = what === 'presence' && on && !(await mayAskPresence(worker)) && (await worker.auth.account());
  if (managed.includes(what) && settings[what] !== on)
    throw fail('not-permitted', 'Set by your organisation', 'Your administrator’s policy decides this.');
  if (asks) await signIn.begin(worker.accounts, { tier: 'presence', account: asks.id });
  if (!managed.includes(what)) await saveFace(what, on);
  worker.presences.forgetProblems();
  worker.changes.tell({ kind: 'settings' });
  worker.changes.tell({ kind: 'view' });
}

/** People's photos, asked for once a day: of those who have one. */
export async function photosOf(
  { store, graph, clock }: Worker,
  account: AccountId,
  userIds: readonly UserId[],
): Promise<{ userId: UserId; url: string }[]> {
  const wanted = userIds.slice(0, MOST_PHOTOS);
  const now = clock.now();
  const known = await store.photos.get(account, wanted, now - PHOTO_MS);
  const unknown = wanted.filter((id) => !known.has(id));
  const found = unknown.length > 0 ? await photos(graph, unknown) : new Map<UserId, string | null>();
  await store.photos.save(account, found, now);
  return wanted.flatMap((userId) => {
    const url = found.get(userId) ?? known.get(userId);
    return url ? [{ userId, url }] : [];
  });
}
