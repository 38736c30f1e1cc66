import { effect, signal } from '@preact/signals';
import type { ChannelSettingsActions } from '../../components/settings/channel-defaults.tsx';
import type { Result } from '../../lib/model/errors.ts';
import type { Origin } from '../../lib/model/ids.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';
import type { ChannelSettingsView } from '../../lib/rpc/contract/channels.ts';
import { download, problem, section, site } from './options-state.ts';

export const CHANNELS = 'channels';
export const channels = signal<ChannelSettingsView | null>(null);

const origin = () => site.peek() ?? ('' as Origin);

export async function readChannels(): Promise<void> {
  const of = site.peek();
  if (!of || section.peek() !== CHANNELS) return;
  const answer = await askPatiently('channels.view', { origin: of });
  if (of !== site.peek()) return;
  if (answer.ok) channels.value = answer.value;
  else problem.value = answer.error;
}

// Another site may have another account, and with it other channels.
let shown: Origin | null = null;
effect(() => {
  void section.value;
  if (site.value !== shown) channels.value = null;
  shown = site.value;
  void readChannels();
});

const then = async (asked: Promise<Result<void>>): Promise<Result<void>> => {
  const answer = await asked;
  await readChannels();
  return answer;
};

export const channelActions: ChannelSettingsActions = {
  signIn: () =>
    void then(sendToWorker('auth.signIn', { pickAccount: false, origin: origin() })).then((answer) => {
      problem.value = answer.ok ? null : answer.error;
    }),
  allow: () => then(sendToWorker('channels.allow', { origin: origin() })),
  find: (text) => sendToWorker('channels.find', { origin: origin(), text }),
  setDefault: (doctype, channel) => then(sendToWorker('channels.setDefault', { origin: origin(), doctype, channel })),
  forgetRecent: () => then(sendToWorker('channels.forgetRecent', { origin: origin() })),
  download: (name, text) => download(name, text, 'application/json'),
  act: (action) => (action.kind === 'sign-in' ? channelActions.signIn() : void readChannels()),
};
