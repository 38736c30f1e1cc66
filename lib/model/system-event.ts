import type { UserId } from './ids.ts';

/** What happened in a conversation, not yet in words: the panel says it in the person's language. */
export type SystemEvent =
  | { kind: 'created'; by: Named }
  | { kind: 'renamed'; by: Named; topic: string }
  | { kind: 'members-added' | 'members-removed'; by: Named; who: Named[] }
  | { kind: 'joined' | 'left'; who: Named[] }
  | { kind: 'role'; by: Named; who: Named; owner: boolean }
  | { kind: 'call-started'; by: Named; call: CallKind }
  /** `seconds` is null, and `who` empty, where Graph does not say. */
  | { kind: 'call-ended'; by: Named; call: CallKind; seconds: number | null; who: Named[] }
  /** `url` leads to it, once it is there. */
  | { kind: 'recording'; by: Named; state: 'running' | 'there' | 'failed'; url: string | null; seconds: number | null }
  | { kind: 'transcript' }
  | { kind: 'meeting-chat'; by: Named; on: boolean }
  /** An act on something that at most has a `name` ('' where Graph does not say). */
  | { kind: 'done'; what: DoneEvent; by: Named; name: string }
  | { kind: 'other'; type: string };

export type CallKind = 'call' | 'meeting' | 'screen';

/** By their names in Graph. */
export const DONE_EVENTS = [
  'messagePinned',
  'messageUnpinned',
  'tabUpdated',
  'teamsAppInstalled',
  'teamsAppRemoved',
  'teamsAppUpgraded',
  'channelAdded',
  'channelDeleted',
  'channelRenamed',
  'channelDescriptionUpdated',
  'channelSetAsFavoriteByDefault',
  'channelUnsetAsFavoriteByDefault',
  'teamCreated',
  'teamRenamed',
  'teamDescriptionUpdated',
  'teamArchived',
  'teamUnarchived',
  'teamJoiningEnabled',
  'teamJoiningDisabled',
] as const;
export type DoneEvent = (typeof DONE_EVENTS)[number];

/** Somebody in an event. Graph often leaves the name out there (''): the chat's members then tell it by the id. */
export interface Named {
  userId: UserId | null;
  name: string;
}
