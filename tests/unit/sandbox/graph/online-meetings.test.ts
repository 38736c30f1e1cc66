import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, attendee, BOB, CAROL, makeEvent } from './calendar-world.ts';
import { createWorld } from './world.ts';

const world = createWorld();
const SCOPES = [
  'User.Read',
  'Calendars.ReadWrite',
  'OnlineMeetings.ReadWrite',
  'OnlineMeetingArtifact.Read.All',
  'Chat.Read',
];
beforeEach(() => {
  world.reset();
  world.consent(...SCOPES);
});

const PATH = '/me/onlineMeetings';
const post = (path: string, body: object, who = ALICE) => world.call(who, 'POST', PATH + path, body);
const get = (path: string, who = ALICE) => world.call(who, 'GET', PATH + path);
const codeOf = ({ status, json }: { status: number; json: { error: { code: string } } }) => [status, json.error.code];
const SPAN = { startDateTime: '2027-01-11T08:00:00Z', endDateTime: '2027-01-11T09:00:00Z' };
const byUrl = (joinUrl: string, who = ALICE) => get(`?$filter=JoinWebUrl%20eq%20'${joinUrl}'`, who);
const person = (email: string) => ({ identity: { user: { id: world.idOf(email) } } });

describe('a Teams meeting outside of calendars', () => {
  it('is made with what was said, and lies in no calendar', async () => {
    const lobbyBypassSettings = { scope: 'everyone', isDialInBypassEnabled: true };
    const participants = { attendees: [person(BOB), { upn: 'otto@partner.example' }] };
    const { status, json } = await post('', {
      subject: 'Stand-up',
      ...SPAN,
      lobbyBypassSettings,
      participants,
      joinMeetingIdSettings: { isPasscodeRequired: true },
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({
      subject: 'Stand-up',
      startDateTime: '2027-01-11T08:00:00.000Z',
      lobbyBypassSettings,
      audioConferencing: null,
      joinMeetingIdSettings: { isPasscodeRequired: true, passcode: expect.any(String) },
      chatInfo: { threadId: expect.stringMatching(/^19:meeting_\w+@thread\.v2$/) },
    });
    expect(json.joinWebUrl).toContain(json.chatInfo.threadId.replace(':', '%3a').replace('@', '%40'));
    expect(json.participants.organizer.identity.user.id).toBe(world.idOf(ALICE));
    expect((await world.call(ALICE, 'GET', '/me/events')).json.value).toEqual([]);
    expect(world.tenant.calendars.mails).toEqual([]);
    expect(await world.problems()).toEqual([]);
  });

  it('has a chat with its people', async () => {
    const { json } = await post('', { subject: 'Stand-up', participants: { attendees: [person(BOB)] } });
    const chat = await world.call(BOB, 'GET', `/chats/${json.chatInfo.threadId}?$expand=members`);
    expect(chat.json).toMatchObject({
      chatType: 'meeting',
      topic: 'Stand-up',
      onlineMeetingInfo: { joinWebUrl: json.joinWebUrl },
    });
    expect(chat.json.members.map((one: { userId: string }) => one.userId).sort()).toEqual(
      [ALICE, BOB].map(world.idOf).sort(),
    );
    expect((await world.call(CAROL, 'GET', `/chats/${json.chatInfo.threadId}`)).status).toBe(403);
  });

  it.each([
    ['an end without a start', { endDateTime: SPAN.endDateTime }],
    ['an end before its start', { startDateTime: SPAN.endDateTime, endDateTime: SPAN.startDateTime }],
    ['a time without a zone', { startDateTime: '2027-01-11T08:00:00' }],
    ['a lobby that there is not', { lobbyBypassSettings: { scope: 'nobody' } }],
    [
      'somebody who is nobody',
      { participants: { attendees: [{ identity: { user: { id: '00000000-0000-4000-8000-000000000000' } } }] } },
    ],
    ['a property that there is not', { attendees: [] }],
    ['a passcode of one’s own', { joinMeetingIdSettings: { passcode: 'abc' } }],
  ])('is refused with %s', async (_, body) => {
    expect((await post('', body)).status).toBe(400);
  });

  it('is made once for an external id, and once for each organizer', async () => {
    const order = { externalId: 'PROJ-1', subject: 'Stand-up', ...SPAN };
    const [first, again, other] = [
      await post('/createOrGet', order),
      await post('/createOrGet', { ...order, subject: 'Other' }),
      await post('/createOrGet', order, BOB),
    ];
    expect([first.status, again.status, other.status]).toEqual([201, 200, 201]);
    expect([again.json.id, again.json.subject]).toEqual([first.json.id, 'Stand-up']);
    expect(other.json.id).not.toBe(first.json.id);
    expect((await post('/createOrGet', { subject: 'x' })).status).toBe(400);
    expect((await post('/createOrGet', { ...order, lobbyBypassSettings: {} })).status).toBe(400);
    expect(await world.problems()).toEqual([]);
  });

  it('is moved and deleted by its organizer alone', async () => {
    const { json } = await post('', { subject: 'Stand-up', participants: { attendees: [person(BOB)] } });
    const patch = (who: string) => world.call(who, 'PATCH', `${PATH}/${json.id}`, { subject: 'Later', ...SPAN });
    expect(codeOf(await patch(BOB))).toEqual([403, 'Forbidden']);
    expect((await patch(ALICE)).json).toMatchObject({ subject: 'Later', endDateTime: '2027-01-11T09:00:00.000Z' });
    expect((await get(`/${json.id}`, BOB)).json.subject).toBe('Later');
    expect((await world.call(ALICE, 'DELETE', `${PATH}/${json.id}`)).status).toBe(204);
    expect((await get(`/${json.id}`)).status).toBe(404);
    expect((await get('/nonsense')).status).toBe(400);
  });
});

describe('a Teams meeting found by its link', () => {
  it('is found where the link is encoded, and not where it is not', async () => {
    const event = await makeEvent(world, { isOnlineMeeting: true, attendees: [attendee(BOB)] });
    const { joinUrl } = event.onlineMeeting;
    const found = await byUrl(encodeURIComponent(joinUrl));
    expect(found.json.value).toHaveLength(1);
    expect(found.json.value[0]).toMatchObject({
      subject: 'Budget',
      startDateTime: '2027-01-11T08:00:00.000Z',
      joinWebUrl: joinUrl,
    });
    expect((await byUrl(joinUrl.replaceAll('&', '%26'))).json.value).toEqual([]);
    expect((await byUrl(encodeURIComponent(joinUrl), BOB)).json.value).toHaveLength(1);
    const stranger = await byUrl(encodeURIComponent(joinUrl), CAROL);
    expect([stranger.status, stranger.json.error.message]).toEqual([
      403,
      '3003: User does not have access to lookup meeting',
    ]);
    const id = found.json.value[0].joinMeetingIdSettings.joinMeetingId;
    expect((await get(`?$filter=joinMeetingIdSettings/joinMeetingId%20eq%20'${id}'`)).json.value).toHaveLength(1);
    expect(await world.problems()).toEqual([]);
  });

  it('follows the event in the calendar', async () => {
    const event = await makeEvent(world, { isOnlineMeeting: true });
    await world.call(ALICE, 'PATCH', `/me/events/${event.id}`, { subject: 'Plan', attendees: [attendee(CAROL)] });
    const found = (await byUrl(encodeURIComponent(event.onlineMeeting.joinUrl), CAROL)).json.value[0];
    expect(found.subject).toBe('Plan');
    expect((await world.call(CAROL, 'GET', `/chats/${found.chatInfo.threadId}`)).json.topic).toBe('Plan');
  });

  it.each(['', "?$filter=subject%20eq%20'x'", "?$filter=startswith(JoinWebUrl,'https')"])(
    'is asked for by no other filter: %s',
    async (query) => {
      expect(codeOf(await get(query))).toEqual([400, 'InvalidArgument']);
    },
  );

  it('can be called where the organizer has the licence', async () => {
    world.tenant.meetings.audioConferencing = true;
    const event = await makeEvent(world, { isOnlineMeeting: true });
    const found = (await byUrl(encodeURIComponent(event.onlineMeeting.joinUrl))).json.value[0];
    expect(found.audioConferencing.conferenceId).toBe(event.onlineMeeting.conferenceId);
  });

  it('needs its permission', async () => {
    world.reset();
    world.consent('User.Read');
    expect(codeOf(await get(''))).toEqual([403, 'Forbidden']);
    world.consent('OnlineMeetings.Read');
    expect(codeOf(await post('', {}))).toEqual([403, 'Forbidden']);
  });
});

describe('what is left of a meeting', () => {
  const VTT = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Alice Anders>Hello</v>';
  const held = async () => {
    const event = await makeEvent(world, { isOnlineMeeting: true, attendees: [attendee(BOB)] });
    const { joinUrl } = event.onlineMeeting;
    const people = [
      { who: ALICE, from: 0, until: 30 },
      { who: BOB, from: 5, until: 10 },
      { who: BOB, from: 15, until: 30 },
      { who: 'Otto Outside', from: 6, until: 20 },
    ];
    world.tenant.holdMeeting({ joinUrl, people, transcript: VTT, recorded: true });
    return (await byUrl(encodeURIComponent(joinUrl))).json.value[0].id;
  };

  it('is who was there, for the organizer', async () => {
    const id = await held();
    const { json } = await get(`/${id}/attendanceReports`);
    expect(json.value).toEqual([
      {
        id: expect.any(String),
        totalParticipantCount: 3,
        meetingStartDateTime: '2027-01-11T08:00:00.000Z',
        meetingEndDateTime: '2027-01-11T08:30:00.000Z',
      },
    ]);
    const report = `/${id}/attendanceReports/${json.value[0].id}`;
    const records = (await get(`${report}?$expand=attendanceRecords`)).json.attendanceRecords;
    expect(records.map((one: Record<string, unknown>) => [one.emailAddress, one.totalAttendanceInSeconds])).toEqual([
      [ALICE, 1800],
      [BOB, 1200],
      [null, 840],
    ]);
    expect((await get(`${report}/attendanceRecords`)).json.value).toEqual(records);
    expect((await get(report)).json.attendanceRecords).toBeUndefined();
    expect((await get(`/${id}/attendanceReports`, BOB)).status).toBe(403);
    expect(await world.problems()).toEqual([]);
  });

  it('is told in its chat', async () => {
    await held();
    const chat = world.tenant.chats.all().find((one) => one.chatType === 'meeting');
    const { json } = await world.call(BOB, 'GET', `/chats/${chat?.id}/messages`);
    const events = json.value.map(({ eventDetail }: { eventDetail: Record<string, unknown> }) => eventDetail);
    expect(events.map((one: Record<string, string>) => one['@odata.type']?.split('.').at(-1))).toEqual([
      'callEndedEventMessageDetail',
      'callTranscriptEventMessageDetail',
      'callRecordingEventMessageDetail',
      'callStartedEventMessageDetail',
    ]);
    expect(events[0]).toMatchObject({ callEventType: 'meeting', callDuration: 'PT1800S' });
  });

  it('is what was said, once an administrator granted it and the tenant lets it be read', async () => {
    const id = await held();
    expect((await get(`/${id}/transcripts`)).status).toBe(403);
    world.consent('OnlineMeetingTranscript.Read.All', 'OnlineMeetingRecording.Read.All');
    const [transcript] = (await get(`/${id}/transcripts`, BOB)).json.value;
    const content = await get(`/${id}/transcripts/${transcript.id}/content?$format=text/vtt`);
    expect([content.headers.get('content-type'), await content.response.text()]).toEqual(['text/vtt', VTT]);
    expect((await get(`/${id}/transcripts`, CAROL)).status).toBe(403);
    expect((await get(`/${id}/recordings`)).json['@odata.count']).toBe(1);
    world.tenant.meetings.transcriptAccess = false;
    const { error } = (await get(`/${id}/transcripts`)).json;
    expect([error.code, error.innerError.code]).toEqual(['Forbidden', 'GraphAccessToTranscriptsDisabled']);
    expect(await world.problems()).toEqual([]);
  });
});
