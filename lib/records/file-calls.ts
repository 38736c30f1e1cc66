import { fail } from '../model/errors.ts';
import { PART_BYTES } from '../model/upload.ts';
import type { FilesProtocol } from '../rpc/contract/files.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { fromBase64 } from '../util/base64.ts';
import { checkPass, linkedChat, shownFor } from './shown.ts';
import type { SignIn } from './sign-in.ts';
import { checkSpeaker } from './speaker.ts';
import { signedIn, type Worker } from './worker.ts';

/** What panels ask for files that are put into OneDrive. The record's key is only a label here. */
export function fileCalls(worker: Worker, signIn: SignIn): Pick<WorkerHandlers, keyof FilesProtocol> {
  const { store, clock } = worker;
  return {
    async 'file.keep'({ id, size, no, bytes, ...data }, sender) {
      await checkPass(worker, data.pass, sender);
      const account = (await signedIn(worker)).id;
      if (no === 0) await checkRoom(size);
      const part = fromBase64(bytes);
      if (part.length > PART_BYTES) throw fail('bug', 'This part is too large', 'Choose the file again.');
      await store.files.put(account, { id, size, savedAt: clock.now() }, no, part);
    },
    async 'file.drop'({ ids, pass }, sender) {
      await checkPass(worker, pass, sender);
      await store.files.drop((await signedIn(worker)).id, ids);
    },
    async 'file.progress'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const rows = await worker.outbox.view(shown.account.id, await linkedChat(worker, shown));
      return Object.fromEntries(rows.flatMap(({ files = [] }) => files.map(({ id, sent }) => [id, sent])));
    },
    async 'auth.files'({ pass }, sender) {
      const tabId = await checkPass(worker, pass, sender);
      const site = (await worker.tabs.get(tabId))?.origin ?? null;
      await signIn.begin(worker.accounts, { tier: 'files', site });
    },
    async 'messages.restore'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      await checkSpeaker(worker, shown);
      const discarded = (await store.outbox.discards(shown.account.id)).find(({ row }) => row.localId === data.localId);
      // Of the chat on screen, as with everything that sends.
      if (discarded && !discarded.row.channel) await linkedChat(worker, shown, discarded.row.chatId);
      await worker.outbox.restore(data.localId);
    },
  };
}

/** Said before the first part is kept, not in the middle. */
async function checkRoom(size: number): Promise<void> {
  const { quota, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota === undefined || quota - usage > size * 1.1) return;
  throw fail(
    'storage-unavailable',
    'There is no room for this file here',
    'Until it is uploaded it lies on this machine, and the browser does not give that much. Put it into OneDrive yourself and paste its link.',
  );
}
