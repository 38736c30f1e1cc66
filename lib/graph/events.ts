import * as v from 'valibot';
import { asUserId } from '../model/ids.ts';
import { type CallKind, DONE_EVENTS, type DoneEvent, type Named, type SystemEvent } from '../model/system-event.ts';
import { secondsOfDuration } from '../util/iso-duration.ts';

const maybe = <T extends v.GenericSchema>(schema: T) => v.optional(v.nullable(schema));
const text = maybe(v.string());
const identity = maybe(v.object({ id: text, displayName: text }));
const whoever = maybe(v.object({ user: identity, application: identity }));

/** The details of all kinds of events together; which of them one has is told by its type. */
export const EventShape = v.object({
  '@odata.type': v.string(),
  initiator: whoever,
  members: maybe(v.array(v.object({ id: text, displayName: text }))),
  chatDisplayName: text,
  conversationMemberUser: identity,
  conversationMemberRoles: maybe(v.array(v.string())),
  callEventType: text,
  callDuration: text,
  callParticipants: maybe(v.array(v.object({ participant: whoever }))),
  callRecordingStatus: text,
  callRecordingUrl: text,
  callRecordingDuration: text,
  meetingChatEnabled: maybe(v.boolean()),
  teamsAppDisplayName: text,
  channelDisplayName: text,
  teamDisplayName: text,
});

/**
 * Told apart by `@odata.type`, `#microsoft.graph.membersAddedEventMessageDetail` and so on.
 * Docs: resources/eventmessagedetail, concepts/system-messages.
 */
export function toEvent(detail: v.InferOutput<typeof EventShape>): SystemEvent {
  const type = /([^.#]+?)EventMessageDetail$/.exec(detail['@odata.type'])?.[1] ?? detail['@odata.type'];
  const by = whoIs(detail.initiator);
  const who = (detail.members ?? []).map(toNamed);
  switch (type) {
    case 'chatRenamed':
      return { kind: 'renamed', by, topic: detail.chatDisplayName ?? '' };
    case 'membersAdded':
      return { kind: 'members-added', by, who };
    case 'membersDeleted':
      return { kind: 'members-removed', by, who };
    case 'membersJoined':
      return { kind: 'joined', who };
    case 'membersLeft':
      return { kind: 'left', who };
    case 'conversationMemberRoleUpdated': {
      const owner = (detail.conversationMemberRoles ?? []).some((role) => role.toLowerCase() === 'owner');
      return { kind: 'role', by, who: toNamed(detail.conversationMemberUser), owner };
    }
    case 'callStarted':
      return { kind: 'call-started', by, call: callOf(detail.callEventType) };
    case 'callEnded':
      return {
        kind: 'call-ended',
        by,
        call: callOf(detail.callEventType),
        seconds: secondsOfDuration(detail.callDuration),
        who: (detail.callParticipants ?? []).map(({ participant }) => whoIs(participant)),
      };
    case 'callRecording': {
      const { callRecordingStatus: status, callRecordingUrl: url, callRecordingDuration: duration } = detail;
      const state = status === 'success' ? 'there' : status === 'failure' ? 'failed' : 'running';
      return { kind: 'recording', by, state, url: url ?? null, seconds: secondsOfDuration(duration) };
    }
    case 'callTranscript':
      return { kind: 'transcript' };
    case 'meetingPolicyUpdated':
      return { kind: 'meeting-chat', by, on: detail.meetingChatEnabled ?? false };
    default: {
      const name = detail.teamsAppDisplayName ?? detail.channelDisplayName ?? detail.teamDisplayName ?? '';
      return isDone(type) ? { kind: 'done', what: type, by, name } : { kind: 'other', type };
    }
  }
}

function isDone(type: string): type is DoneEvent {
  return (DONE_EVENTS as readonly string[]).includes(type);
}

function callOf(type: string | null | undefined): CallKind {
  return type === 'meeting' ? 'meeting' : type === 'screenShare' ? 'screen' : 'call';
}

function whoIs(set: v.InferOutput<typeof whoever>): Named {
  return toNamed(set?.user ?? set?.application);
}

function toNamed(who: v.InferOutput<typeof identity>): Named {
  return { userId: who?.id ? asUserId(who.id) : null, name: who?.displayName ?? '' };
}
