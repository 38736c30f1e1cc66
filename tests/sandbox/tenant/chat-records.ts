/** The stand-in's own rows for chats; their Graph shapes are made in ../graph. All times in ms since 1970. */

export interface ChatRecord {
  /** `19:…@thread.v2` for groups and meetings (`19:meeting_…`), `19:<a>_<b>@unq.gbl.spaces` for one-on-ones. */
  id: string;
  chatType: 'group' | 'oneOnOne' | 'meeting';
  topic: string | null;
  tenantId: string;
  createdAt: number;
  /** Renamed or members changed; messages do not move it (resources/chat.md). */
  updatedAt: number;
  /** Lists of chats show it from here on. */
  listedAt: number;
  members: MemberRecord[];
  /** Oldest first. */
  messages: MessageRecord[];
  /** Up to when each member has read, by user id. */
  readUpTo: Map<string, number>;
  /** Who has put the chat out of sight, till the next message. */
  hiddenFor: Set<string>;
  /** Of meetings' chats. */
  meeting?: { organizerId: string; joinUrl: string };
}

export interface MemberRecord {
  membershipId: string;
  userId: string;
  role: 'owner' | 'guest';
  /** Messages from here on are visible to them; 0: all. */
  historyFrom: number;
}

export interface MessageRecord {
  /** Milliseconds since 1970 as digits, unique within its chat. */
  id: string;
  chatId: string;
  createdAt: number;
  modifiedAt: number;
  editedAt: number | null;
  deletedAt: number | null;
  /** Null for system events. */
  fromUserId: string | null;
  contentType: 'text' | 'html';
  content: string;
  importance: 'normal' | 'high' | 'urgent';
  subject: string | null;
  mentions: unknown[];
  attachments: unknown[];
  reactions: { type: string; userId: string; createdAt: number }[];
  /** Images that lie with the message; its content and cards name them by URL. */
  hosted: HostedRecord[];
  event: EventRecord | null;
  /** In channels: the post that it answers. */
  replyToId?: string | null;
}

export interface HostedRecord {
  id: string;
  contentType: string;
  bytes: Buffer;
}

/** What happened in the chat, for messages that nobody wrote. */
export type EventRecord =
  /** Any of event-kinds.ts, or one that Microsoft has not thought of yet. */
  | {
      kind: 'other';
      name: string;
      initiatorId: string | null;
      people: EventPeople;
      properties: Record<string, unknown>;
    }
  | { kind: 'membersAdded'; initiatorId: string; userIds: string[]; historyFrom: number }
  | { kind: 'membersDeleted'; initiatorId: string; userIds: string[] }
  | { kind: 'chatRenamed'; initiatorId: string; topic: string | null };

/** People in an event, by Graph's names for their parts in it; by user id. */
export interface EventPeople {
  members?: string[];
  callParticipants?: string[];
  meetingOrganizer?: string;
  conversationMemberUser?: string;
}
