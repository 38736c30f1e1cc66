import { fail } from '../model/errors.ts';
import { recordKey } from '../model/record.ts';
import type { ActsProtocol } from '../rpc/contract/acts.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { checkOutgoing, linkedChat, shownFor } from './shown.ts';
import { checkSpeaker } from './speaker.ts';
import { mayChange, type Worker } from './worker.ts';

/** What panels ask to do to messages of the chat that they show. */
export function actCalls(worker: Worker): Pick<WorkerHandlers, keyof ActsProtocol> {
  return {
    async 'messages.act'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      await checkSpeaker(worker, shown);
      const { account, ref, erpUser } = shown;
      const { localId, act } = data;
      const chatId = await linkedChat(worker, shown, data.chatId);
      const message = await worker.store.messages.get(account.id, chatId, act.id);
      if (!message || message.event)
        throw fail('not-found', 'This message is not there any more', 'Look at the chat as it is now.');
      if (act.kind !== 'react') {
        if (message.from?.userId !== account.userId)
          throw fail('not-permitted', 'This is somebody else’s message', 'Only who wrote it can change it.');
        await checkMayChange(worker);
      }
      const written = { recordKey: recordKey(ref), chatId, erpUser, writtenAt: worker.clock.now() };
      await worker.outbox.act({ localId, account: account.id, act, ...written });
    },
    async 'messages.rewrite'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      await checkSpeaker(worker, shown);
      await checkOutgoing(worker, shown, data.localId);
      await worker.outbox.rewrite(data.localId, data.content);
    },
  };
}

async function checkMayChange(worker: Worker): Promise<void> {
  if (await mayChange(worker)) return;
  const url = await worker.auth.adminConsentUrl('reading');
  throw fail(
    'missing-scope',
    'Deskside may not change messages yet',
    'That takes the permission Chat.ReadWrite, which your administrator can give.',
    { action: { kind: 'consent', label: 'Ask an administrator', url } },
  );
}
