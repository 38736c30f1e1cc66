import type { Channel } from '../model/channel.ts';
import type { ChannelSettingsProtocol } from '../rpc/contract/channels.ts';
import type { WorkerHandlers } from '../rpc/server.ts';
import { policyChannels } from '../settings/channels.ts';
import { managed } from './chat-settings-calls.ts';
import { channelOf } from './record-channel.ts';
import type { SignIn } from './sign-in.ts';
import { canPostInChannels, signedIn, type Worker } from './worker.ts';

/** What the options page asks of channels, as the account that speaks on the site it names. */
export function channelSettingsCalls(
  worker: Worker,
  signIn: SignIn,
): Pick<WorkerHandlers, keyof ChannelSettingsProtocol> {
  const { channels } = worker.store;
  const recentOf = async (account: Parameters<typeof channels.recent>[0]): Promise<Channel[]> =>
    (await channels.recent(account)).map(channelOf);
  const told = () => {
    worker.changes.tell({ kind: 'settings' });
    worker.changes.tell({ kind: 'view' });
  };
  return {
    async 'channels.view'() {
      const account = await worker.auth.account();
      const postConsentUrl = account ? await worker.auth.adminConsentUrl('channels') : '';
      const nobody = { signedIn: false, mayPost: false, tenant: '', defaults: [], policy: [], recent: [] };
      if (!account) return { ...nobody, postConsentUrl };
      const defaults = await channels.defaults(account.id);
      return {
        signedIn: true,
        mayPost: await canPostInChannels(worker),
        postConsentUrl,
        tenant: account.tenantId,
        defaults: defaults.map(({ doctype, channel }) => ({ doctype, channel: channelOf(channel) })),
        policy: await policyChannels(account.tenantId),
        recent: await recentOf(account.id),
      };
    },
    async 'channels.find'({ text }) {
      const account = await signedIn(worker);
      return worker.channelList.find(text.slice(0, 2000), await recentOf(account.id));
    },
    async 'channels.setDefault'({ doctype, channel }) {
      const account = await signedIn(worker);
      const policy = await policyChannels(account.tenantId);
      if (policy.some((set) => set.doctype === doctype)) throw managed();
      if (channel) await channels.know(account.id, await worker.channelList.get(channel));
      await channels.choose(account.id, { doctype }, channel?.id);
      told();
    },
    async 'channels.forgetRecent'() {
      await channels.forgetRecent((await signedIn(worker)).id);
      told();
    },
    async 'channels.allow'() {
      const account = await signedIn(worker);
      await signIn.begin(worker.accounts, { tier: 'channels', account: account.id });
    },
  };
}
