import type { ComposeProtocol } from '../rpc/contract/compose.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { emojiUsed, recentEmoji } from '../settings/emoji.ts';
import { checkPass } from './shown.ts';
import type { Worker } from './worker.ts';

/** What panels ask while a message is being written. */
export function composeCalls(worker: Worker): Pick<WorkerHandlers, keyof ComposeProtocol> {
  return {
    async 'emoji.recent'({ pass, used }, sender) {
      await checkPass(worker, pass, sender);
      // What is picked in a private window is not written down: storage.local is on the disk, and shared.
      return used && !sender.incognito ? emojiUsed(used) : recentEmoji();
    },
  };
}
