import { randomUUID } from 'node:crypto';
import type { Clock } from '../shell.ts';
import type { ChatRecord, EventRecord, MemberRecord, MessageRecord } from './chat-records.ts';
import type { MeetingRecord } from './meeting-records.ts';
import { createMessage } from './messages.ts';

/** One member as a chat is made or joined. */
export interface NewMember {
  userId: string;
  role: 'owner' | 'guest';
}

/** All chats of the stand-in. Rules about who may do what are Graph's (../graph); here is only what then happens. */
export class Chats {
  readonly #clock: Clock;
  /** How long lists do not show a new chat, in ms on the sandbox's clock. */
  listDelay: number;
  #byId = new Map<string, ChatRecord>();

  constructor(clock: Clock, listDelay: number) {
    this.#clock = clock;
    this.listDelay = listDelay;
  }

  reset(): void {
    this.#byId.clear();
  }

  get(id: string): ChatRecord | undefined {
    return this.#byId.get(id);
  }

  all(): ChatRecord[] {
    return [...this.#byId.values()];
  }

  /** The chats that lists show this person now, in no particular order. */
  listedFor(userId: string): ChatRecord[] {
    const now = this.#clock.now();
    return this.all().filter((chat) => chat.listedAt <= now && chat.members.some((m) => m.userId === userId));
  }

  /** Group chats are always new; the one-on-one chat of two people exists once. `now` may lie in the past. */
  create(
    kind: 'group' | 'oneOnOne',
    topic: string | null,
    members: NewMember[],
    creatorId: string,
    tenantId: string,
    now = this.#clock.now(),
  ) {
    const id = kind === 'group' ? groupId() : oneOnOneId(members);
    const existing = this.#byId.get(id);
    if (existing) return existing;
    const chat: ChatRecord = {
      id,
      chatType: kind,
      topic,
      tenantId,
      createdAt: now,
      updatedAt: now,
      listedAt: now + this.listDelay,
      members: members.map((m) => newMember(m, 0)),
      messages: [],
      readUpTo: new Map(),
      hiddenFor: new Set(),
    };
    this.#byId.set(id, chat);
    if (kind === 'group') {
      const userIds = members.map((m) => m.userId);
      this.addEvent(chat, { kind: 'membersAdded', initiatorId: creatorId, userIds, historyFrom: 0 }, now);
      if (topic !== null) this.addEvent(chat, { kind: 'chatRenamed', initiatorId: creatorId, topic }, now);
    }
    chat.readUpTo.set(creatorId, chat.messages.at(-1)?.createdAt ?? now);
    return chat;
  }

  /** The chat of a Teams meeting, which is made with it. */
  createMeeting(meeting: MeetingRecord, members: NewMember[]): ChatRecord {
    const now = this.#clock.now();
    const chat: ChatRecord = {
      id: meeting.threadId,
      chatType: 'meeting',
      topic: meeting.subject,
      tenantId: meeting.tenantId,
      createdAt: now,
      updatedAt: now,
      listedAt: now + this.listDelay,
      members: members.map((m) => newMember(m, 0)),
      messages: [],
      readUpTo: new Map(),
      hiddenFor: new Set(),
      meeting: { organizerId: meeting.organizerId, joinUrl: meeting.joinUrl },
    };
    this.#byId.set(chat.id, chat);
    return chat;
  }

  rename(chat: ChatRecord, topic: string | null, initiatorId: string): void {
    chat.topic = topic;
    chat.updatedAt = this.#clock.now();
    this.addEvent(chat, { kind: 'chatRenamed', initiatorId, topic });
  }

  /** @param historyFrom first moment whose messages the new member sees; 0 for all of them */
  addMember(chat: ChatRecord, member: NewMember, historyFrom: number, initiatorId: string): MemberRecord {
    const added = newMember(member, historyFrom);
    chat.members.push(added);
    chat.updatedAt = this.#clock.now();
    this.addEvent(chat, { kind: 'membersAdded', initiatorId, userIds: [member.userId], historyFrom });
    return added;
  }

  removeMember(chat: ChatRecord, membershipId: string, initiatorId: string): void {
    const gone = chat.members.find((m) => m.membershipId === membershipId);
    if (!gone) return;
    chat.members = chat.members.filter((m) => m !== gone);
    chat.updatedAt = this.#clock.now();
    this.addEvent(chat, { kind: 'membersDeleted', initiatorId, userIds: [gone.userId] });
  }

  addEvent(chat: ChatRecord, event: EventRecord, now = this.#clock.now()): MessageRecord {
    return createMessage(chat, now, { fromUserId: null, content: '<systemEventMessage/>', event });
  }
}

const groupId = () => `19:${randomUUID().replaceAll('-', '')}@thread.v2`;

const oneOnOneId = (members: NewMember[]) =>
  `19:${members
    .map((m) => m.userId)
    .sort()
    .join('_')}@unq.gbl.spaces`;

const newMember = (m: NewMember, historyFrom: number): MemberRecord => ({
  membershipId: Buffer.from(`MCMjMCMj${randomUUID()}`).toString('base64url'),
  ...m,
  historyFrom,
});
