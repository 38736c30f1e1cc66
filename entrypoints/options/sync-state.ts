import { signal } from '@preact/signals';
import type { MessagesActions } from '../../components/settings/messages-section.tsx';
import type { Result } from '../../lib/model/errors.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';
import type { SyncSettingsView, SyncView } from '../../lib/rpc/contract/sync.ts';
import { oneAtATime } from '../../lib/util/one-at-a-time.ts';
import { problem } from './options-state.ts';

export const sync = signal<SyncView | null>(null);
export const syncSettings = signal<SyncSettingsView | null>(null);

export const readSync = oneAtATime(async () => {
  const [view, settings] = await Promise.all([askPatiently('sync.view'), askPatiently('sync.settings')]);
  if (view.ok) sync.value = view.value;
  else problem.value = view.error;
  if (settings.ok) syncSettings.value = settings.value;
});

const then = async (asked: Promise<Result<void>>): Promise<Result<void>> => {
  const answer = await asked;
  await readSync();
  return answer;
};
const told = (result: Result<void>): void => {
  if (!result.ok) problem.value = result.error;
};

export const messagesActions: MessagesActions = {
  start: () => void then(sendToWorker('sync.start')).then(told),
  cancel: () => void then(sendToWorker('sync.cancel')).then(told),
  set: (change) => then(sendToWorker('sync.set', { change })),
};
