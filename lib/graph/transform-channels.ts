import type * as Microsoft from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import type { Channel } from '../model/channel.ts';
import { asChatId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { parsed } from './pages.ts';
import { maybe, named, text, toMessage } from './transform.ts';

/** Where Graph's shapes of teams and channels end, as transform.ts has it for chats. */
export interface Team {
  id: string;
  name: string;
  archived: boolean;
}

export function toTeam(data: unknown): Team {
  const { id, displayName, isArchived } = parsed(TeamShape, data);
  return { id, name: displayName ?? '', archived: isArchived ?? false };
}

/** Null for an archived one: nobody can write there. */
export function toChannel(data: unknown, team: Pick<Team, 'id' | 'name'>): Channel | null {
  const { id, displayName, membershipType, isArchived } = parsed(ChannelShape, data);
  if (isArchived) return null;
  const kind = membershipType === 'private' || membershipType === 'shared' ? membershipType : 'standard';
  return { teamId: team.id, team: team.name, id: asChatId(id), name: displayName ?? '', kind };
}

/** A thread as a page with `$expand=replies` holds it, and where the replies go on that had no room in it. */
export function toThread(data: unknown): { messages: Message[]; moreReplies: string | null } {
  const thread = parsed(ThreadShape, data);
  return {
    messages: [toMessage(data), ...(thread.replies ?? []).map(toMessage)],
    moreReplies: thread['replies@odata.nextLink'] ?? null,
  };
}

const TeamShape = named<Microsoft.Team>()({
  id: v.pipe(v.string(), v.minLength(1)),
  displayName: text,
  isArchived: maybe(v.boolean()),
});

const ChannelShape = v.object({
  id: v.pipe(v.string(), v.minLength(1)),
  displayName: text,
  membershipType: text,
  isArchived: maybe(v.boolean()),
});

const ThreadShape = v.object({ replies: maybe(v.array(v.unknown())), 'replies@odata.nextLink': text });
