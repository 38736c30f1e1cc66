import type { PanelProtocol } from '../rpc/contract.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { findChats } from './find-chats.ts';
import { putChat } from './put-chat.ts';
import { shownFor } from './shown.ts';
import { ignoreChat, takeChat } from './take-chat.ts';
import type { Worker } from './worker.ts';

type LinkProtocol = Extract<keyof PanelProtocol, `link.${string}`>;

/** What the panel asks to link a chat that exists, or to part record and chat. */
export function linkCalls(worker: Worker): Pick<WorkerHandlers, LinkProtocol> {
  return {
    'link.find': async (data, sender) =>
      findChats(worker, (await shownFor(worker, data, sender)).account, data.text.slice(0, 200)),
    'link.put': async (data, sender) => putChat(worker, await shownFor(worker, data, sender), data),
    'link.ignore': async (data, sender) => ignoreChat(worker, await shownFor(worker, data, sender), data.chatId),
    'link.take': async (data, sender) => takeChat(worker, await shownFor(worker, data, sender), data.chatId),
  };
}
