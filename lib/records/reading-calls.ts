import type { ReadingProtocol } from '../rpc/contract/reading.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { hostedImage } from './hosted-image.ts';
import { messagePage } from './read-messages.ts';
import { recordChannel } from './record-channel.ts';
import { linkedChat, shownFor } from './shown.ts';
import type { Worker } from './worker.ts';

/** The most that a panel gets of one side at once. */
const MOST = 100;

/** What panels ask to read the chat of the record that they show. */
export function readingCalls(worker: Worker): Pick<WorkerHandlers, keyof ReadingProtocol> {
  return {
    async 'messages.page'({ before, count, ...data }, sender) {
      const chatId = await linkedChat(worker, await shownFor(worker, data, sender));
      return (await worker.around.page(chatId, before, most(count))) ?? messagePage(worker, chatId, before, count);
    },
    async 'messages.stretch'({ id, before, after, ...data }, sender) {
      const chatId = await linkedChat(worker, await shownFor(worker, data, sender));
      return worker.around.stretch(chatId, id, { before: most(before), after: most(after) });
    },
    async 'messages.at'({ time, before, after, ...data }, sender) {
      const chatId = await linkedChat(worker, await shownFor(worker, data, sender));
      const at = Date.parse(time);
      return Number.isNaN(at) ? null : worker.around.at(chatId, at, { before: most(before), after: most(after) });
    },
    async 'messages.image'({ content, ...data }, sender) {
      const shown = await shownFor(worker, data, sender);
      const { channel } = content.teamId ? await recordChannel(worker, shown.account, shown.ref) : { channel: null };
      const place = channel ?? { id: await linkedChat(worker, shown), teamId: null };
      return hostedImage(worker, place, content);
    },
  };
}

function most(count: number): number {
  return Math.min(Math.max(0, count), MOST);
}
