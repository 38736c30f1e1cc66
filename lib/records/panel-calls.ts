import { getChat } from '../graph/chats.ts';
import { fail } from '../model/errors.ts';
import { parseRecordKey, recordKey } from '../model/record.ts';
import { MOST_FILES, type SendFile, type WrittenFile } from '../model/upload.ts';
import type { ToArchiveProtocol } from '../rpc/contract/archive.ts';
import type { PanelProtocol } from '../rpc/contract.ts';
import type { Sender, WorkerHandlers } from '../rpc/server.ts';
import { saveLayout } from '../settings/items.ts';
import { useAccount } from './account-views.ts';
import { actCalls } from './act-calls.ts';
import { beginCreation } from './begin-creation.ts';
import { careCalls } from './care-calls.ts';
import { channelCalls } from './channel-calls.ts';
import { composeCalls } from './compose-calls.ts';
import { CREATE_CHAT, giveUp, goOn, leaveOut } from './create-chat.ts';
import { createMissing } from './custom-fields.ts';
import { panelFaceCalls } from './face-calls.ts';
import { fileCalls } from './file-calls.ts';
import { linkCalls } from './link-calls.ts';
import { link } from './link-chat.ts';
import { confirmPerson } from './mapped-people.ts';
import { memberCalls } from './member-calls.ts';
import { noteCalls } from './note-calls.ts';
import { linkTo, placesOf } from './places.ts';
import { previewChat } from './preview-chat.ts';
import { act, markSeen } from './read-messages.ts';
import { readingCalls } from './reading-calls.ts';
import { panelView } from './record-view.ts';
import { searchChat } from './search-messages.ts';
import { checkOutgoing, checkPass, linkedChat, shownFor } from './shown.ts';
import type { SignIn } from './sign-in.ts';
import { agreeToSpeak, checkSpeaker } from './speaker.ts';
import { chatSyncCalls } from './sync-calls.ts';
import { useAmended } from './use-amended.ts';
import type { Worker } from './worker.ts';

/** What panels ask. Each call proves its frame (pass) and names the record it was made for. */
export function panelCalls(
  worker: Worker,
  signIn: SignIn,
): Pick<WorkerHandlers, Exclude<keyof PanelProtocol, keyof ToArchiveProtocol>> {
  const siteOf = async ({ tabId }: Sender) =>
    tabId === undefined ? null : ((await worker.tabs.get(tabId))?.origin ?? null);
  return {
    ...memberCalls(worker),
    ...linkCalls(worker),
    ...panelFaceCalls(worker, signIn),
    ...careCalls(worker),
    ...actCalls(worker),
    ...readingCalls(worker),
    ...noteCalls(worker),
    ...channelCalls(worker, signIn),
    ...composeCalls(worker),
    ...chatSyncCalls(worker),
    ...fileCalls(worker, signIn),
    async 'panel.enter'({ nonce }, sender) {
      const pass = sender.tabId === undefined ? null : await worker.tabs.enter(nonce, sender.tabId);
      if (pass) return { pass };
      throw fail('unknown-frame', 'This panel is not known', 'Close the panel and open it again.');
    },
    'panel.view': ({ pass }, sender) => panelView(worker, signIn, pass, sender),
    async 'panel.act'(data, sender) {
      await act(worker, await checkPass(worker, data.pass, sender));
    },
    async 'panel.close'({ pass }, sender) {
      const tabId = await checkPass(worker, pass, sender);
      await saveLayout({ open: false });
      await worker.order(tabId, 'site.togglePanel', { open: false });
    },

    'chat.preview': async (data, sender) => previewChat(worker, await shownFor(worker, data, sender)),
    async 'chat.create'(data, sender) {
      await beginCreation(worker, await shownFor(worker, data, sender), data.requestId, data.members);
    },
    async 'chat.resume'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const store = worker.store;
      const [job] = await store.jobs.ofRecord(shown.account.id, recordKey(shown.ref), CREATE_CHAT);
      if (!job) return;
      if (data.how === 'give-up') await giveUp(worker, job, shown.account);
      else if (data.how === 'leave-out') await leaveOut(worker, job, data.userId ?? '');
      else await goOn(worker, job);
      worker.changes.tell({ kind: 'view' });
    },
    async 'chat.useAmended'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      await checkSpeaker(worker, shown);
      await useAmended(worker, shown);
      worker.changes.tell({ kind: 'view' });
    },
    async 'chat.confirm'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const record = await shown.erp.read(shown.ref);
      const places = await placesOf(worker, shown.account, record, shown.erp);
      const named = places.field.kind === 'chat' ? places.field.chatId : linkTo(places, data.chatId)?.says.chatId;
      if (named !== data.chatId)
        throw fail(
          'record-changed',
          'The record names another chat now',
          'Look at the one shown now and confirm that.',
        );
      await link(worker, shown.account, record, await getChat(worker.graph, data.chatId), 'person');
      worker.changes.tell({ kind: 'view' });
    },

    async 'messages.search'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const chatId = await linkedChat(worker, shown);
      return searchChat(worker, shown.account, chatId, data.text, data.from);
    },
    async 'messages.send'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      await checkSpeaker(worker, shown);
      const chatId = await linkedChat(worker, shown, data.chatId);
      await worker.outbox.enqueue({
        localId: data.localId,
        account: shown.account.id,
        recordKey: recordKey(shown.ref),
        chatId,
        erpUser: shown.erpUser,
        content: data.content,
        ...(data.files?.length ? { files: toSend(data.files) } : {}),
        replyTo: data.replyTo,
        writtenAt: worker.clock.now(),
      });
      await worker.store.drafts.save(shown.account.id, recordKey(shown.ref), null, worker.clock.now());
    },
    async 'messages.resend'(data, sender) {
      await checkOutgoing(worker, await shownFor(worker, data, sender), data.localId);
      await worker.outbox.resend(data.localId);
    },
    async 'messages.discard'(data, sender) {
      await checkOutgoing(worker, await shownFor(worker, data, sender), data.localId);
      await worker.outbox.discard(data.localId);
    },
    async 'messages.seen'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const chatId = await linkedChat(worker, shown);
      await markSeen(worker, shown.account, chatId, data.upTo);
    },

    async 'speaker.agree'(data, sender) {
      const { account, ref, erpUser } = await shownFor(worker, data, sender);
      await agreeToSpeak(worker, account, ref.origin, erpUser);
      worker.changes.tell({ kind: 'view' });
    },
    async 'notify.set'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      await worker.store.chats.setNotify(shown.account.id, await linkedChat(worker, shown), data.on);
      worker.changes.tell({ kind: 'view' });
    },
    async 'people.confirm'(data, sender) {
      await confirmPerson(worker, await shownFor(worker, data, sender), data.email, data.userId);
      worker.changes.tell({ kind: 'mapping', origin: parseRecordKey(data.shown).origin });
    },
    async 'field.create'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      await createMissing(shown.erp, shown.ref.origin, [shown.ref.doctype]);
      worker.changes.tell({ kind: 'view' });
    },
    async 'auth.use'({ pass, account }, sender) {
      await checkPass(worker, pass, sender);
      const site = await siteOf(sender);
      if (site) await useAccount(worker, site, account);
    },
    async 'auth.read'({ pass }, sender) {
      await checkPass(worker, pass, sender);
      await signIn.begin(worker.accounts, { tier: 'reading', site: await siteOf(sender) });
    },
    async 'auth.members'({ pass }, sender) {
      await checkPass(worker, pass, sender);
      await signIn.begin(worker.accounts, { tier: 'members', site: await siteOf(sender) });
    },
  };
}

/** As the panel told them, and not a step on their way. */
function toSend(files: readonly WrittenFile[]): SendFile[] {
  if (files.length > MOST_FILES) throw fail('too-long', 'Too many files for one message', 'Send some in the next one.');
  return files.map(({ id, name, contentType, size }) => ({ id, name, contentType, size, sent: 0 }));
}
