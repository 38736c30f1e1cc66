import { randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../shell.ts';
import type { Chats } from './chats.ts';
import type { Directory } from './directory.ts';
import type { MeetingRecord, Participant } from './meeting-records.ts';
import type { DirectoryUser } from './people.ts';

export type NewMeeting = Pick<MeetingRecord, 'subject' | 'startAt' | 'endAt' | 'attendees'> &
  Partial<Pick<MeetingRecord, 'externalId' | 'uid' | 'lobby' | 'options'>> & { passcode?: boolean };

/** All Teams meetings, each with a chat of its own. */
export class OnlineMeetings {
  readonly #clock: Clock;
  readonly #chats: Chats;
  readonly #directory: Directory;
  #byId = new Map<string, MeetingRecord>();
  /** Whether organizers have a licence to be called by telephone. */
  audioConferencing = false;
  /** The Teams administrator's switch that lets Graph read transcripts at all. */
  transcriptAccess = true;

  constructor(clock: Clock, chats: Chats, directory: Directory) {
    this.#clock = clock;
    this.#chats = chats;
    this.#directory = directory;
  }

  reset(): void {
    this.#byId.clear();
    this.audioConferencing = false;
    this.transcriptAccess = true;
  }

  get(id: string): MeetingRecord | undefined {
    return this.#byId.get(id);
  }

  all(): MeetingRecord[] {
    return [...this.#byId.values()];
  }

  byJoinUrl(joinUrl: string): MeetingRecord | undefined {
    return this.all().find((meeting) => meeting.joinUrl === joinUrl);
  }

  byExternalId(organizerId: string, externalId: string): MeetingRecord | undefined {
    return this.all().find((one) => one.organizerId === organizerId && one.externalId === externalId);
  }

  create(organizer: DirectoryUser, order: NewMeeting): MeetingRecord {
    const threadId = `19:meeting_${randomBytes(36).toString('base64url').replace(/[-_]/g, 'x')}@thread.v2`;
    const meeting: MeetingRecord = {
      externalId: null,
      uid: null,
      lobby: { scope: 'organization', isDialInBypassEnabled: false },
      options: {},
      ...order,
      id: Buffer.from(`1*${organizer.id}*0**${threadId}`).toString('base64url'),
      organizerId: organizer.id,
      tenantId: organizer.tenantId,
      threadId,
      joinUrl: joinUrlOf(organizer, threadId),
      createdAt: this.#clock.now(),
      joinMeetingId: { id: digits(12), passcode: order.passcode ? randomBytes(3).toString('hex') : null },
      conferenceId: digits(9),
      reports: [],
      transcripts: [],
      recordings: [],
    };
    this.#byId.set(meeting.id, meeting);
    this.#chats.createMeeting(meeting, this.#membersOf(meeting));
    return meeting;
  }

  /** New people are taken into the meeting's chat; who is no longer invited stays in it. */
  change(meeting: MeetingRecord, change: Partial<Omit<NewMeeting, 'passcode'>>): void {
    Object.assign(meeting, change);
    const chat = this.#chats.get(meeting.threadId);
    if (!chat) return;
    if (chat.topic !== meeting.subject) this.#chats.rename(chat, meeting.subject, meeting.organizerId);
    for (const user of this.#membersOf(meeting)) {
      if (!chat.members.some((member) => member.userId === user.userId))
        this.#chats.addMember(chat, user, 0, meeting.organizerId);
    }
  }

  remove(meeting: MeetingRecord): void {
    this.#byId.delete(meeting.id);
  }

  /** Invited, or the organizer. */
  isParticipant = (meeting: MeetingRecord, userId: string): boolean =>
    meeting.organizerId === userId || meeting.attendees.some((one) => one.userId === userId);

  #membersOf(meeting: MeetingRecord) {
    const ids = [meeting.organizerId, ...meeting.attendees.flatMap(({ userId }) => userId ?? [])];
    return [...new Set(ids)].flatMap((userId) => {
      const user = this.#directory.byId(userId);
      if (user?.tenantId !== meeting.tenantId) return [];
      return [{ userId, role: user.userType === 'Guest' ? ('guest' as const) : ('owner' as const) }];
    });
  }
}

/** As an attendee is known to a meeting. */
export const participant = (user: DirectoryUser | undefined, address: string): Participant => ({
  userId: user?.id ?? null,
  upn: user?.userPrincipalName ?? address,
  role: 'attendee',
});

const joinUrlOf = ({ id, tenantId }: DirectoryUser, threadId: string) =>
  `https://teams.microsoft.com/l/meetup-join/${threadId.replace(':', '%3a').replace('@', '%40')}/0?context=%7b%22Tid%22%3a%22${tenantId}%22%2c%22Oid%22%3a%22${id}%22%7d`;

const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
