import { signal } from '@preact/signals';
import type { ChatsActions } from '../../components/settings/options-chats.tsx';
import type { Result } from '../../lib/model/errors.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';
import type { ChatsView } from '../../lib/rpc/contract.ts';
import { problem } from './options-state.ts';

export const chats = signal<ChatsView | null>(null);

export async function readChats(): Promise<void> {
  const answer = await askPatiently('chats.view');
  if (answer.ok) chats.value = answer.value;
  else problem.value = answer.error;
}

const then = async (asked: Promise<Result<void>>): Promise<Result<void>> => {
  const answer = await asked;
  await readChats();
  return answer;
};

export const chatsActions: ChatsActions = {
  set: (setting, on) => then(sendToWorker('chats.set', { setting, on })),
  forget: (key) => then(sendToWorker('orphans.forget', { key })),
  auto: (what, on) => then(sendToWorker('chats.auto', { what, on })),
};
