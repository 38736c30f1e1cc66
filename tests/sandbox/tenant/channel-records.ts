import type { ChatRecord, MessageRecord } from './chat-records.ts';

/** The stand-in's own rows for teams and channels; their Graph shapes are made in ../graph. Times in ms since 1970. */

export interface TeamRecord {
  /** Of the Microsoft 365 group behind it: a GUID. */
  id: string;
  tenantId: string;
  displayName: string;
  description: string | null;
  createdAt: number;
  memberIds: string[];
  /** General first. */
  channels: ChannelRecord[];
}

export interface ChannelRecord extends Thread {
  /** `19:…@thread.tacv2`. */
  id: string;
  teamId: string;
  displayName: string;
  description: string | null;
  membershipType: 'standard' | 'private' | 'shared';
  isArchived: boolean;
  createdAt: number;
  /** Who belongs to a private or shared channel; a standard one is the whole team's (null). */
  memberIds: string[] | null;
}

/** Where messages lie one after the other: a chat, or a channel with its posts and replies. */
export type Thread = Pick<ChatRecord, 'id' | 'messages' | 'readUpTo' | 'hiddenFor'>;

/** The posts of a channel, oldest first: what answers nothing. */
export const postsOf = (channel: ChannelRecord): MessageRecord[] => channel.messages.filter((m) => !m.replyToId);

/** Oldest first. */
export const repliesTo = (channel: ChannelRecord, post: MessageRecord): MessageRecord[] =>
  channel.messages.filter((m) => m.replyToId === post.id);

/** When the post or anything that answers it was last touched: a channel is read by this. */
export const touchedAt = (channel: ChannelRecord, post: MessageRecord): number =>
  Math.max(post.modifiedAt, ...repliesTo(channel, post).map((reply) => reply.modifiedAt));
