import type { Account } from '../auth/account.ts';
import type { Channel } from '../model/channel.ts';
import { fail } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { type RecordRef, recordKey } from '../model/record.ts';
import type { ChannelView } from '../rpc/contract/channels.ts';
import { policyChannels } from '../settings/channels.ts';
import type { ChannelRow } from '../storage/schema.ts';
import type { Shown } from './shown.ts';
import type { Worker } from './worker.ts';

export interface RecordChannel {
  channel: Channel | null;
  chosenBy: ChannelView['chosenBy'];
}

/**
 * A record's channel, as this account has it: the one chosen for it, else the one of its doctype, where an
 * administrator's goes before the person's own. ERPNext has no field for it, and nothing is written there.
 */
export async function recordChannel(worker: Worker, account: Account, ref: RecordRef): Promise<RecordChannel> {
  const { channels } = worker.store;
  const chosen = await channels.choice(account.id, { record: recordKey(ref) });
  const row = chosen?.channelId && (await channels.get(account.id, chosen.channelId));
  if (row) return { channel: channelOf(row), chosenBy: 'person' };
  if (chosen) return { channel: null, chosenBy: 'person' };
  const policy = (await policyChannels(account.tenantId)).find(({ doctype }) => doctype === ref.doctype);
  if (policy) return { channel: await known(worker, account, policy.channel), chosenBy: 'policy' };
  const own = await channels.choice(account.id, { doctype: ref.doctype });
  const default_ = own?.channelId && (await channels.get(account.id, own.channelId));
  return { channel: default_ ? channelOf(default_) : null, chosenBy: 'default' };
}

/**
 * The channel of the record shown.
 * @throws AppFailure `record-changed` where it is another one than the panel meant: nothing written for one channel may
 *   reach another.
 */
export async function shownChannel(worker: Worker, { account, ref }: Shown, expected: ChatId): Promise<Channel> {
  const { channel } = await recordChannel(worker, account, ref);
  if (channel?.id === expected) return channel;
  throw fail(
    'record-changed',
    'This record has another channel now',
    'Nothing was sent. Look at the channel that is shown now and send again if it is the right one.',
  );
}

export function channelOf({ teamId, team, channelId, name, kind }: ChannelRow): Channel {
  return { teamId, team, id: channelId, name, kind };
}

/** A policy may name it as it was called once; what Microsoft said later stays. */
async function known(worker: Worker, account: Account, channel: Channel): Promise<Channel> {
  const row = await worker.store.channels.get(account.id, channel.id);
  if (row?.usedAt != null && row.teamId === channel.teamId) return channelOf(row);
  return channelOf(await worker.store.channels.know(account.id, channel));
}
