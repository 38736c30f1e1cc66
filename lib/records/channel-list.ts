import { oneAtATime } from '../auth/turns.ts';
import { channelsOf, getChannel, joinedTeams } from '../graph/channels.ts';
import type { Graph } from '../graph/client.ts';
import { type Channel, channelName } from '../model/channel.ts';
import type { Clock } from '../model/clock.ts';
import { fail } from '../model/errors.ts';
import { channelOfUrl } from '../model/teams-links.ts';
import type { ChannelId, FoundChannels } from '../rpc/contract/channels.ts';
import { foldSearch } from '../util/search-fold.ts';

/** All channels of one account's teams, as Microsoft said lately. In memory alone. */
export interface ChannelList {
  /** Those with all these words in team or name; the one that a pasted link leads to. `recent` come apart, first. */
  find(text: string, recent: readonly Channel[]): Promise<FoundChannels>;
  /** As Microsoft names it. @throws AppFailure `not-found` or `not-a-member` */
  get(channel: ChannelId): Promise<Channel>;
  forget(): void;
}

/** Asked again after this long, when a person looks for one. */
const FRESH_MS = 5 * 60_000;
const MOST_FOUND = 50;

export function createChannelList(graph: Graph, clock: Clock): ChannelList {
  let said: { channels: Channel[]; at: number } | null = null;
  // Letters typed while the list is still being read wait for it.
  const inTurn = oneAtATime();

  const all = () =>
    inTurn(async () => {
      if (said && clock.now() - said.at < FRESH_MS) return said.channels;
      const channels = await channelsOf(graph, await joinedTeams(graph));
      const order = new Intl.Collator();
      channels.sort((a, b) => order.compare(a.team, b.team));
      said = { channels, at: clock.now() };
      return channels;
    });

  const get = async (wanted: ChannelId): Promise<Channel> => {
    const known = said?.channels.find(({ id, teamId }) => id === wanted.id && teamId === wanted.teamId);
    const channel = known ?? (await getChannel(graph, wanted));
    if (channel) return channel;
    throw fail('not-permitted', 'This channel is archived', 'Nobody can write there. Choose another channel.');
  };

  return {
    get,
    async find(text, recent) {
      const pasted = channelOfUrl(text);
      if (pasted) return { recent: [], others: [await get(pasted)], more: 0 };
      const words = foldSearch(text).split(' ').filter(Boolean);
      const isMeant = (channel: Channel) => {
        const name = foldSearch(channelName(channel));
        return words.every((word) => name.includes(word));
      };
      const first = recent.filter(isMeant);
      const ids = new Set(first.map(({ id }) => id));
      const others = (await all()).filter((channel) => !ids.has(channel.id) && isMeant(channel));
      return { recent: first, others: others.slice(0, MOST_FOUND), more: Math.max(0, others.length - MOST_FOUND) };
    },
    forget() {
      said = null;
    },
  };
}
