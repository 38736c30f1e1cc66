import { describe, expect, it } from 'vitest';
import { toChat, toMessage, toPerson } from '../../../lib/graph/transform.ts';
import { AppFailure } from '../../../lib/model/errors.ts';

const BASE = {
  id: '1700000000000',
  etag: '1700000000000',
  messageType: 'message',
  createdDateTime: '2026-11-01T10:00:00Z',
  lastModifiedDateTime: '2026-11-01T10:05:00Z',
  importance: 'normal',
  from: { user: { id: 'u1', displayName: 'Ada', userIdentityType: 'aadUser' }, application: null, device: null },
  body: { contentType: 'html', content: '<p>Hi <at id="0">Bob</at></p>' },
  attachments: [],
  mentions: [],
  reactions: [],
};

describe('a message', () => {
  it('comes in our words, its HTML raw', () => {
    const message = toMessage({
      ...BASE,
      importance: 'urgent',
      lastEditedDateTime: '2026-11-01T10:05:00Z',
      mentions: [{ id: 0, mentionText: 'Bob', mentioned: { user: { id: 'u2', displayName: 'Bob B' } } }],
      reactions: [{ reactionType: '👍', createdDateTime: 'T', user: { user: { id: 'u2', displayName: null } } }],
      attachments: [{ id: 'a', contentType: 'reference', contentUrl: 'https://x.example/f', name: 'f.pdf' }],
    });
    expect(message).toEqual({
      id: '1700000000000',
      etag: '1700000000000',
      createdAt: '2026-11-01T10:00:00Z',
      modifiedAt: '2026-11-01T10:05:00Z',
      editedAt: '2026-11-01T10:05:00Z',
      deletedAt: null,
      from: { userId: 'u1', name: 'Ada' },
      html: '<p>Hi <at id="0">Bob</at></p>',
      importance: 'urgent',
      reactions: [{ type: '👍', userId: 'u2' }],
      mentions: [{ userId: 'u2', name: 'Bob', id: 0 }],
      attachments: [{ id: 'a', name: 'f.pdf', url: 'https://x.example/f', contentType: 'reference' }],
      event: null,
    });
  });

  it('of plain text becomes HTML that shows it as it was', () => {
    const { html } = toMessage({ ...BASE, body: { contentType: 'text', content: 'a < b & c\r\n<script>' } });
    expect(html).toBe('a &lt; b &amp; c<br>&lt;script&gt;');
  });

  it('that was deleted keeps nothing of what it said', () => {
    const message = toMessage({
      ...BASE,
      deletedDateTime: '2026-11-01T11:00:00Z',
      attachments: [{ name: 'secret.pdf', contentUrl: 'https://x.example', contentType: 'reference' }],
    });
    expect(message.deletedAt).toBe('2026-11-01T11:00:00Z');
    expect(message.html).toBe('');
    expect(message.attachments).toEqual([]);
  });

  it('of an app names the app and no person', () => {
    const from = { user: null, application: { id: 'bot', displayName: 'Workflows' } };
    expect(toMessage({ ...BASE, from }).from).toEqual({ userId: null, name: 'Workflows' });
    expect(toMessage({ ...BASE, from: null }).from).toBeNull();
  });

  it('in a shape nobody promised is an error that names the spot and not the value', () => {
    const wrong = { ...BASE, body: { contentType: 'html', content: { secret: 'x' } } };
    const caught = (() => {
      try {
        return toMessage(wrong);
      } catch (e) {
        return e;
      }
    })();
    expect(caught).toBeInstanceOf(AppFailure);
    expect((caught as AppFailure).error.detail).toContain('body.content');
    expect(JSON.stringify((caught as AppFailure).error)).not.toContain('secret');
    expect(() => toMessage(null)).toThrow(AppFailure);
    expect(() => toMessage({ ...BASE, id: '' })).toThrow(AppFailure);
  });
});

/** Descendants of eventMessageDetail in Microsoft's CSDL of v1.0. */
const KINDS =
  'callEnded callRecording callStarted callTranscript channelAdded channelDeleted channelDescriptionUpdated channelRenamed channelSetAsFavoriteByDefault channelUnsetAsFavoriteByDefault chatRenamed conversationMemberRoleUpdated meetingPolicyUpdated membersAdded membersDeleted membersJoined membersLeft messagePinned messageUnpinned tabUpdated teamArchived teamCreated teamDescriptionUpdated teamJoiningDisabled teamJoiningEnabled teamRenamed teamUnarchived teamsAppInstalled teamsAppRemoved teamsAppUpgraded'.split(
    ' ',
  );

describe('what happened in the chat', () => {
  const event = (type: string, detail: object = {}) =>
    toMessage({
      ...BASE,
      messageType: 'systemEventMessage',
      from: null,
      body: { contentType: 'html', content: '<systemEventMessage/>' },
      eventDetail: {
        '@odata.type': `#microsoft.graph.${type}EventMessageDetail`,
        initiator: { application: null, user: { id: 'u1', displayName: 'Ada' } },
        ...detail,
      },
    }).event;
  const ADA = { userId: 'u1', name: 'Ada' };
  const WHO = [
    { userId: 'u2', name: 'Bob' },
    { userId: 'u3', name: '' },
  ];
  const members = [
    { id: 'u2', displayName: 'Bob' },
    { id: 'u3', displayName: null },
  ];

  it.each([
    ['chatRenamed', { chatDisplayName: 'New' }, { kind: 'renamed', by: ADA, topic: 'New' }],
    ['membersAdded', { members }, { kind: 'members-added', by: ADA, who: WHO }],
    ['membersDeleted', { members }, { kind: 'members-removed', by: ADA, who: WHO }],
    ['membersJoined', { members }, { kind: 'joined', who: WHO }],
    ['membersLeft', { members }, { kind: 'left', who: WHO }],
    [
      'conversationMemberRoleUpdated',
      { conversationMemberUser: { id: 'u2' }, conversationMemberRoles: ['Owner'] },
      { kind: 'role', by: ADA, who: { userId: 'u2', name: '' }, owner: true },
    ],
    ['callStarted', { callEventType: 'meeting' }, { kind: 'call-started', by: ADA, call: 'meeting' }],
    [
      'callEnded',
      { callEventType: 'call', callDuration: 'PT1H2M3.5S', callParticipants: [{ participant: { user: members[0] } }] },
      { kind: 'call-ended', by: ADA, call: 'call', seconds: 3723.5, who: [WHO[0]] },
    ],
    [
      'callRecording',
      { callRecordingStatus: 'success', callRecordingUrl: 'https://x.test/r', callRecordingDuration: 'PT59S' },
      { kind: 'recording', by: ADA, state: 'there', url: 'https://x.test/r', seconds: 59 },
    ],
    [
      'callRecording',
      { callRecordingStatus: 'initial' },
      { kind: 'recording', by: ADA, state: 'running', url: null, seconds: null },
    ],
    ['callTranscript', {}, { kind: 'transcript' }],
    ['meetingPolicyUpdated', { meetingChatEnabled: true }, { kind: 'meeting-chat', by: ADA, on: true }],
    [
      'teamsAppInstalled',
      { teamsAppDisplayName: 'Polls' },
      { kind: 'done', what: 'teamsAppInstalled', by: ADA, name: 'Polls' },
    ],
    ['messagePinned', {}, { kind: 'done', what: 'messagePinned', by: ADA, name: '' }],
    ['somethingNew', {}, { kind: 'other', type: 'somethingNew' }],
  ])('%s', (type, detail, expected) => {
    expect(event(type, detail)).toEqual(expected);
  });

  it('knows every kind that Graph tells', () => {
    for (const type of KINDS) expect(event(type)?.kind, type).not.toBe('other');
  });

  it('is still an event where Graph gives no detail', () => {
    const bare = { ...BASE, messageType: 'unknownFutureValue', from: null };
    expect(toMessage(bare).event).toEqual({ kind: 'other', type: 'unknownFutureValue' });
  });
});

it('a chat of a kind to come is taken as a group, one without an id is not taken', () => {
  expect(toChat({ id: 'c', chatType: 'unknownFutureValue' })).toMatchObject({
    kind: 'group',
    topic: null,
    members: [],
  });
  expect(() => toChat({ chatType: 'group' })).toThrow(AppFailure);
});

it('a guest is known by the sign-in name', () => {
  const guest = {
    id: 'g',
    displayName: null,
    mail: ' Gus@Far.example ',
    userPrincipalName: 'gus_far.example#EXT#@x.example',
  };
  expect(toPerson(guest)).toEqual({
    id: 'g',
    displayName: 'gus_far.example#EXT#@x.example',
    mail: 'gus@far.example',
    userPrincipalName: 'gus_far.example#EXT#@x.example',
    guest: true,
  });
});
