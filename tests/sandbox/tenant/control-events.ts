import type { Clock } from '../shell.ts';
import type { ChatRecord, EventPeople, MessageRecord } from './chat-records.ts';
import type { Directory } from './directory.ts';
import { EVENT_KINDS, WITHOUT_INITIATOR } from './event-kinds.ts';
import { createMessage } from './messages.ts';

/**
 * Something that happened in a chat and that nobody wrote: `kind` of event-kinds.ts, with any of that kind's own
 * properties; the others are made up. Who is a member then is not changed by it (POST /members does that).
 */
export interface EventOrder {
  chatId: string;
  kind: string;
  /** Who did it, by e-mail. */
  from?: string;
  /** People by e-mail. */
  members?: string[];
  callParticipants?: string[];
  meetingOrganizer?: string;
  conversationMemberUser?: string;
  /** A kind that Graph does not have yet; its properties are told as they are. */
  invented?: boolean;
  [property: string]: unknown;
}

/** @throws where the kind, a property or a person is not known */
export function addEvent(directory: Directory, chat: ChatRecord, clock: Clock, order: EventOrder): MessageRecord {
  const {
    chatId,
    kind,
    from,
    members,
    callParticipants,
    meetingOrganizer,
    conversationMemberUser,
    invented,
    ...given
  } = order;
  const usual = invented ? {} : EVENT_KINDS[kind];
  if (!usual) throw new Error(`No kind of event "${kind}"; there are ${Object.keys(EVENT_KINDS).join(', ')}.`);
  const id = (email: string) => directory.require(email).id;
  const people: EventPeople = {
    ...(members ? { members: members.map(id) } : {}),
    ...(callParticipants ? { callParticipants: callParticipants.map(id) } : {}),
    ...(meetingOrganizer ? { meetingOrganizer: id(meetingOrganizer) } : {}),
    ...(conversationMemberUser ? { conversationMemberUser: id(conversationMemberUser) } : {}),
  };
  for (const name of [...Object.keys(given), ...Object.keys(people)]) {
    if (!invented && !(name in usual)) throw new Error(`An event ${kind} has no "${name}".`);
  }
  const initiatorId = kind === WITHOUT_INITIATOR || from === undefined ? null : id(from);
  const properties = { ...usual, ...placed(usual, chatId, clock.now()), ...given };
  const event = { kind: 'other', name: kind, initiatorId, people, properties } as const;
  return createMessage(chat, clock.now(), { fromUserId: null, content: '<systemEventMessage/>', event });
}

/** What only the chat and the moment can tell. */
function placed(usual: Record<string, unknown>, chatId: string, now: number): Record<string, unknown> {
  return {
    ...('chatId' in usual ? { chatId } : {}),
    ...('meetingChatId' in usual ? { meetingChatId: chatId } : {}),
    ...('eventDateTime' in usual ? { eventDateTime: new Date(now).toISOString() } : {}),
  };
}
