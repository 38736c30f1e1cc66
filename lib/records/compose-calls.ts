import { isDoctypeName } from '../model/doctype-rule.ts';
import { fail } from '../model/errors.ts';
import type { ComposeProtocol } from '../rpc/contract/compose.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { saveCardFields } from '../settings/card-fields.ts';
import { emojiUsed, recentEmoji } from '../settings/emoji.ts';
import { fromBase64, toBase64 } from '../util/base64.ts';
import { cardSource, recordFiles } from './record-details.ts';
import { checkLeaving, checkPass, shownFor } from './shown.ts';
import { signedIn, type Worker } from './worker.ts';

/** A message takes no more than Graph takes in a call. */
const MOST_BASE64 = 4_000_000;

/** What panels ask while a message is being written. The record's key is only a label here: nothing goes anywhere. */
export function composeCalls(worker: Worker): Pick<WorkerHandlers, keyof ComposeProtocol> {
  const { store, clock } = worker;
  return {
    async 'draft.save'(data, sender) {
      // Leaving a record is exactly when its draft is written.
      await checkLeaving(worker, data.pass, sender);
      const account = await worker.auth.account();
      // Signed out a moment ago, which forgets drafts: this one, still on its way, too.
      if (account && (data.as ?? account.userId) === account.userId)
        await store.drafts.save(account.id, data.shown, data.writing, clock.now());
    },
    async 'draft.load'(data, sender) {
      await checkPass(worker, data.pass, sender);
      const account = await worker.auth.account();
      return store.drafts.load(account?.id ?? null, data.shown);
    },
    async 'draft.keep'({ bytes, contentType, id, ...data }, sender) {
      await checkPass(worker, data.pass, sender);
      if (bytes.length > MOST_BASE64) throw fail('too-long', 'This picture is too large', 'Make it smaller.');
      const account = (await signedIn(worker)).id;
      const row = { account, recordKey: data.shown, id, contentType, savedAt: clock.now() };
      await store.pictures.put({ ...row, bytes: fromBase64(bytes) });
    },
    async 'draft.picture'({ id, ...data }, sender) {
      await checkPass(worker, data.pass, sender);
      const row = await store.pictures.get((await signedIn(worker)).id, data.shown, id);
      return row ? { contentType: row.contentType, bytes: toBase64(row.bytes) } : null;
    },
    async 'draft.drop'({ ids, ...data }, sender) {
      await checkPass(worker, data.pass, sender);
      await store.pictures.drop((await signedIn(worker)).id, data.shown, ids);
    },
    'record.files': async (data, sender) => recordFiles(await shownFor(worker, data, sender)),
    'record.card': async (data, sender) => cardSource(await shownFor(worker, data, sender)),
    async 'card.chose'({ pass, doctype, fields }, sender) {
      await checkPass(worker, pass, sender);
      if (isDoctypeName(doctype) && !sender.incognito) await saveCardFields(doctype, fields);
    },
    async 'emoji.recent'({ pass, used }, sender) {
      await checkPass(worker, pass, sender);
      // What is picked in a private window is not written down: storage.local is on the disk, and shared.
      return used && !sender.incognito ? emojiUsed(used) : recentEmoji();
    },
  };
}
