import type { ChannelSettingsView } from '../../lib/rpc/contract/channels.ts';

/** What holds here, as managed policy takes it (lib/settings/channels.ts): for this organisation alone. */
export function policyOf({ defaults, policy, tenant }: ChannelSettingsView): string {
  const channels = Object.fromEntries(
    [...defaults, ...policy].map(({ doctype, channel: { teamId, id, name, team, kind } }) => [
      doctype,
      { teamId, channelId: id, name, team, kind, tenantId: tenant },
    ]),
  );
  return `${JSON.stringify({ channels }, null, 2)}\n`;
}
