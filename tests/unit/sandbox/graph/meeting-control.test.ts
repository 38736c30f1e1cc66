import { beforeEach, describe, expect, it } from 'vitest';
import { createMeetingsControl } from '../../../sandbox/control-meetings.ts';
import { applyTenantSwitches } from '../../../sandbox/switches.ts';
import { ALICE, attendee, BOB, copyOf, makeEvent } from './calendar-world.ts';
import { createWorld } from './world.ts';

const world = createWorld();
const control = createMeetingsControl(world.tenant);
beforeEach(() => {
  world.reset();
  world.consent('User.Read', 'Calendars.ReadWrite', 'OnlineMeetings.Read');
});

const tell = async (method: string, path: string, body: object) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await control.request(path, { method, headers, body: JSON.stringify(body) });
  return { status: answer.status, json: answer.ok ? await answer.json() : null };
};
const state = () => world.tenant.state();

describe('what people do in Outlook', () => {
  it('makes a meeting that others find in their calendars', async () => {
    const order = {
      from: BOB,
      subject: 'Review',
      start: '2027-01-11T09:00:00',
      end: '2027-01-11T10:00:00',
      zone: 'Europe/Berlin',
      attendees: [ALICE],
    };
    const { status, json } = await tell('POST', '/meetings', order);
    expect(status).toBe(201);
    const copy = await copyOf(world, ALICE, json.iCalUId);
    expect(copy).toMatchObject({
      subject: 'Review',
      isOrganizer: false,
      start: { dateTime: '2027-01-11T08:00:00.0000000' },
      onlineMeeting: { joinUrl: json.joinUrl },
    });
  });

  it('answers, moves and takes away', async () => {
    const { iCalUId, id } = await makeEvent(world, { attendees: [attendee(BOB)] });
    await tell('POST', '/meetings/answers', { iCalUId, from: BOB, answer: 'accepted', comment: 'Yes' });
    const attendees = async () => (await world.call(ALICE, 'GET', `/me/events/${id}`)).json.attendees;
    expect((await attendees())[0].status.response).toBe('accepted');
    await tell('PATCH', '/meetings', { iCalUId, start: '2027-01-12T09:00:00', end: '2027-01-12T10:00:00' });
    expect((await attendees())[0].status.response).toBe('none');
    expect((await copyOf(world, BOB, iCalUId)).start.dateTime).toBe('2027-01-12T08:00:00.0000000');
    await tell('DELETE', '/meetings', { iCalUId, from: ALICE, comment: 'Sorry' });
    expect((await world.call(ALICE, 'GET', `/me/events/${id}`)).status).toBe(404);
    expect(state().mails.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      `invitation ${BOB}`,
      `response ${ALICE}`,
      `update ${BOB}`,
      `cancellation ${BOB}`,
    ]);
    expect((await tell('DELETE', '/meetings', { iCalUId, from: ALICE })).status).toBe(500);
  });

  it('is told in the state, with everybody’s copies', async () => {
    const { iCalUId, onlineMeeting } = await makeEvent(world, { attendees: [attendee(BOB)], isOnlineMeeting: true });
    const [meeting] = state().meetings;
    expect(meeting).toMatchObject({
      iCalUId,
      organizer: ALICE,
      start: '2027-01-11T08:00:00.000Z',
      joinUrl: onlineMeeting.joinUrl,
      threadId: expect.stringContaining('19:meeting_'),
      attendees: [{ email: BOB, type: 'required', response: 'none' }],
      copies: [{ email: BOB, response: 'notResponded', isCancelled: false }],
    });
    expect(state().onlineMeetings).toHaveLength(1);
  });
});

describe('the tenant’s switches', () => {
  it('turn Teams, telephones and zones', async () => {
    const { calendars, meetings } = world.tenant;
    applyTenantSwitches(world.tenant, {
      teamsMeetings: false,
      audioConferencing: true,
      transcriptAccess: false,
      mailboxZone: { email: BOB, zone: 'Asia/Tokyo' },
    });
    expect([calendars.teamsMeetings, meetings.audioConferencing, meetings.transcriptAccess]).toEqual([
      false,
      true,
      false,
    ]);
    expect(calendars.zoneOf(world.idOf(BOB)).iana).toBe('Asia/Tokyo');
    expect(() => applyTenantSwitches(world.tenant, { mailboxZone: { email: BOB, zone: 'Europe/Rome' } })).toThrow(
      'Europe/Rome',
    );
    world.reset();
    expect([calendars.teamsMeetings, meetings.audioConferencing, meetings.transcriptAccess]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
