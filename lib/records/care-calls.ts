import { fail } from '../model/errors.ts';
import { plainContent } from '../model/message.ts';
import { recordKey } from '../model/record.ts';
import type { PanelProtocol } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { alsoLinked } from './also-linked.ts';
import { showUnread } from './badge.ts';
import { farewellQuestion } from './chat-care.ts';
import { openRecord } from './open-record.ts';
import { leaveChat } from './remove-member.ts';
import { linkedChat, shownFor } from './shown.ts';
import { checkSpeaker } from './speaker.ts';
import type { Worker } from './worker.ts';

type CareProtocol = Extract<keyof PanelProtocol, 'chat.mute' | 'chat.leave' | 'chat.farewell' | 'record.show'>;

/** What the panel asks to do about the chat on screen as a whole. */
export function careCalls(worker: Worker): Pick<WorkerHandlers, CareProtocol> {
  return {
    async 'chat.mute'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const chatId = await linkedChat(worker, shown, data.chatId);
      await worker.store.chats.setMuted(shown.account.id, chatId, data.on);
      await showUnread(worker, chatId);
      worker.changes.tell({ kind: 'view' });
    },
    'chat.leave': async (data, sender) => leaveChat(worker, await shownFor(worker, data, sender), data.chatId),
    async 'chat.farewell'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const { account, erp, ref, erpUser } = shown;
      const chatId = await linkedChat(worker, shown, data.chatId);
      const { creation } = await erp.read(ref);
      const key = recordKey(ref);
      if (data.html !== null) {
        await checkSpeaker(worker, shown);
        await worker.outbox.enqueue({
          // One and the same however often it is asked for: an id that is spent is never sent twice.
          localId: `farewell-${creation} ${key}`,
          account: account.id,
          recordKey: key,
          chatId,
          erpUser,
          content: plainContent(data.html),
          replyTo: null,
          writtenAt: worker.clock.now(),
        });
      }
      await worker.store.answers.agree(account.id, farewellQuestion(key, creation), worker.clock.now());
      worker.changes.tell({ kind: 'view' });
    },
    async 'record.show'(data, sender) {
      const shown = await shownFor(worker, data, sender);
      const { account, ref, erp } = shown;
      const known = (await worker.store.links.get(account.id, data.key)) !== undefined;
      const also = known ? [] : await alsoLinked(worker, account, ref, await linkedChat(worker, shown), erp);
      if (!known && !also.some(({ key }) => key === data.key))
        throw fail('record-changed', 'That record has another chat now', 'Look at what is shown now.');
      await openRecord(worker, data.key);
    },
  };
}
