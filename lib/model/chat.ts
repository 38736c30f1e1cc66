import type { ChatId, UserId } from './ids.ts';

export interface Member {
  userId: UserId | null;
  displayName: string;
  email: string | null;
  role: 'owner' | 'guest' | 'member';
}

/** A member with the id of the membership, which removing them takes. */
export interface ChatMember extends Member {
  membershipId: string;
}

export interface Chat {
  id: ChatId;
  topic: string | null;
  /** `channel`: a team's channel, whose messages are kept like a chat's. */
  kind: 'group' | 'oneOnOne' | 'meeting' | 'channel';
  /** Opens the chat in Teams. */
  webUrl: string | null;
  createdAt: string;
  members: Member[];
  /** ISO time up to which this person has read; null where Graph does not say. */
  readUpTo: string | null;
  /** ISO time of the newest message; null without a preview (base tier). */
  newestAt: string | null;
  /** Who wrote that one, where the list says so. */
  newestBy?: UserId;
}

/** Graph refuses ':' in a topic, and more than 250 characters. */
const TOPIC_LIMIT = 250;
const SEPARATOR = ' · ';

/** Frappe's names have at most 140 characters; a longer one keeps room for a title. */
const NAME_LIMIT = 200;

/** The chat's name in Teams: title and, as the marker by which it is found again, the record's name. */
export function topicFor(title: string, recordName: string): string {
  const marker = markerOf(recordName);
  const shown = cut(clean(title), TOPIC_LIMIT - SEPARATOR.length - marker.length).trim();
  return shown ? shown + SEPARATOR + marker : marker;
}

/** Whether a chat's topic ends in this record's marker. */
export function bearsMarker(topic: string | null, recordName: string): boolean {
  const marker = markerOf(recordName);
  return !!topic && (topic === marker || topic.endsWith(SEPARATOR + marker));
}

/** What the topic says besides the record's name; null where that is nothing. */
export function bareTopic(topic: string | null, recordName: string): string | null {
  const marker = SEPARATOR + markerOf(recordName);
  const bare = topic?.endsWith(marker) ? topic.slice(0, -marker.length) : topic;
  return bare && bare !== markerOf(recordName) ? bare : null;
}

function markerOf(recordName: string): string {
  return cut(clean(recordName), NAME_LIMIT).trim();
}

function clean(text: string): string {
  return (
    text
      .replace(/:/g, ' ')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** At most `room` UTF-16 units, without cutting a pair of surrogates in two. */
function cut(text: string, room: number): string {
  const cutText = text.slice(0, room);
  return /[\ud800-\udbff]$/.test(cutText) ? cutText.slice(0, -1) : cutText;
}
