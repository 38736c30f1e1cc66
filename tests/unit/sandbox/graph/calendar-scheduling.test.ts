import { beforeEach, describe, expect, it } from 'vitest';
import {
  ALICE,
  attendee,
  BOB,
  CAROL,
  copyOf,
  mailsOf,
  makeEvent,
  modelProblems,
  NINE,
  OUTSIDE,
} from './calendar-world.ts';
import { createWorld } from './world.ts';

const world = createWorld();
beforeEach(() => {
  world.reset();
  world.consent('User.Read', 'Calendars.ReadWrite');
});

const ofAlice = (id: string) => world.call(ALICE, 'GET', `/me/events/${id}`);
const patch = (id: string, body: object) => world.call(ALICE, 'PATCH', `/me/events/${id}`, body);
const act = (email: string, id: string, action: string, body: object = {}) =>
  world.call(email, 'POST', `/me/events/${id}/${action}`, body);
const answers = (json: { attendees: { emailAddress: { address: string }; status: { response: string } }[] }) =>
  json.attendees.map((one) => `${one.emailAddress.address.split('@')[0]} ${one.status.response}`);
const LATER = {
  start: { ...NINE.start, dateTime: '2027-01-11T11:00:00' },
  end: { ...NINE.end, dateTime: '2027-01-11T12:00:00' },
};

async function meeting(...emails: string[]) {
  return makeEvent(world, { attendees: emails.map((email) => attendee(email)), isOnlineMeeting: true });
}

describe('an attendee’s answer', () => {
  it.each([
    ['accept', 'accepted', 'busy'],
    ['tentativelyAccept', 'tentativelyAccepted', 'tentative'],
  ])('%s comes back to the organizer', async (action, word, showAs) => {
    const { id, iCalUId } = await meeting(BOB, CAROL);
    const copy = await copyOf(world, BOB, iCalUId);
    const answer = await act(BOB, copy.id, action, { Comment: 'Gladly', SendResponse: true });
    expect([answer.status, answer.json]).toEqual([202, null]);
    expect(answers((await ofAlice(id)).json)).toEqual([`bob ${word}`, 'carol none']);
    expect(await copyOf(world, BOB, iCalUId)).toMatchObject({ showAs, responseStatus: { response: word } });
    expect(world.tenant.calendars.mails.at(-1)).toMatchObject({
      kind: 'response',
      from: BOB,
      to: ALICE,
      response: word,
      comment: 'Gladly',
    });
    expect(await modelProblems(world)).toEqual([]);
  });

  it('is kept to oneself without a response, and declining takes the meeting out of the calendar', async () => {
    const { id, iCalUId } = await meeting(BOB, CAROL);
    await act(BOB, (await copyOf(world, BOB, iCalUId)).id, 'accept', { sendResponse: false });
    await act(CAROL, (await copyOf(world, CAROL, iCalUId)).id, 'decline');
    expect(answers((await ofAlice(id)).json)).toEqual(['bob none', 'carol declined']);
    expect(await copyOf(world, CAROL, iCalUId)).toBeUndefined();
  });

  it('is refused to the organizer, and where none was asked for', async () => {
    const { id, iCalUId } = await makeEvent(world, {
      attendees: [attendee(BOB)],
      responseRequested: false,
      allowNewTimeProposals: false,
    });
    expect((await act(ALICE, id, 'accept')).json.error).toMatchObject({
      code: 'ErrorInvalidRequest',
      message:
        "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
    });
    const copy = await copyOf(world, BOB, iCalUId);
    const asked = await act(BOB, copy.id, 'accept');
    expect([asked.status, asked.json.error.message]).toEqual([
      400,
      "Your request can't be completed. The meeting organizer hasn't requested a response.",
    ]);
    expect((await act(BOB, copy.id, 'decline', { sendResponse: false, proposedNewTime: LATER })).status).toBe(400);
    expect((await act(BOB, copy.id, 'accept', { sendResponse: false })).status).toBe(202);
    expect((await act(BOB, copy.id, 'accept', { colour: 'red' })).status).toBe(400);
  });

  it('can propose another time', async () => {
    const { id, iCalUId } = await meeting(BOB);
    const copy = await copyOf(world, BOB, iCalUId);
    expect((await act(BOB, copy.id, 'tentativelyAccept', { proposedNewTime: LATER })).status).toBe(202);
    expect((await ofAlice(id)).json.attendees[0].proposedNewTime.start).toEqual({
      dateTime: '2027-01-11T10:00:00.0000000',
      timeZone: 'UTC',
    });
  });
});

describe('a change by the organizer', () => {
  it('of the time is told to all, and asks them anew', async () => {
    const { id, iCalUId } = await meeting(BOB, OUTSIDE);
    await act(BOB, (await copyOf(world, BOB, iCalUId)).id, 'accept');
    const moved = await patch(id, LATER);
    expect(answers(moved.json)).toEqual(['bob none', 'otto none']);
    expect(mailsOf(world, 'update')).toEqual([`${BOB}: Budget`, `${OUTSIDE}: Budget`]);
    expect(await copyOf(world, BOB, iCalUId)).toMatchObject({
      start: { dateTime: '2027-01-11T10:00:00.0000000' },
      responseStatus: { response: 'notResponded' },
    });
  });

  it('of the subject keeps the answers', async () => {
    const { id, iCalUId } = await meeting(BOB);
    await act(BOB, (await copyOf(world, BOB, iCalUId)).id, 'accept');
    await patch(id, { subject: 'Budget 2027' });
    expect(answers((await ofAlice(id)).json)).toEqual(['bob accepted']);
    expect(await copyOf(world, BOB, iCalUId)).toMatchObject({
      subject: 'Budget 2027',
      responseStatus: { response: 'accepted' },
    });
  });

  it('of the attendees alone is told to those who came and went', async () => {
    const { id, iCalUId } = await meeting(BOB, OUTSIDE);
    await act(BOB, (await copyOf(world, BOB, iCalUId)).id, 'accept');
    const after = await patch(id, { attendees: [attendee(BOB), attendee(CAROL, 'optional')] });
    expect(answers(after.json)).toEqual(['bob accepted', 'carol none']);
    expect(mailsOf(world, 'invitation')).toHaveLength(3);
    expect(mailsOf(world, 'cancellation')).toEqual([`${OUTSIDE}: Budget`]);
    expect(mailsOf(world, 'update')).toEqual([]);
    expect(await copyOf(world, CAROL, iCalUId)).toBeDefined();
    await patch(id, { attendees: [attendee(CAROL)] });
    expect((await copyOf(world, BOB, iCalUId)).isCancelled).toBe(true);
    await patch(id, { attendees: [attendee(BOB), attendee(CAROL)] });
    expect(await copyOf(world, BOB, iCalUId)).toMatchObject({ subject: 'Budget', isCancelled: false });
    const chat = world.tenant.chats.all().find((one) => one.chatType === 'meeting');
    expect(chat?.members.map((one) => one.userId)).toEqual([ALICE, BOB, CAROL].map(world.idOf));
  });

  it('of what is her own is told to nobody', async () => {
    const { id } = await meeting(BOB);
    await patch(id, { categories: ['Red category'], showAs: 'oof', isReminderOn: false, isOnlineMeeting: true });
    expect(mailsOf(world, 'update')).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('is the organizer’s alone, with a word to all; it stays in their calendars as canceled', async () => {
    const { id, iCalUId } = await meeting(BOB, OUTSIDE);
    const copy = await copyOf(world, BOB, iCalUId);
    const refused = await act(BOB, copy.id, 'cancel', { comment: 'No' });
    expect([refused.status, refused.json.error.message]).toEqual([
      400,
      "Your request can't be completed. You need to be an organizer to cancel a meeting.",
    ]);
    expect((await act(ALICE, id, 'cancel', { Comment: 'All hands' })).status).toBe(202);
    expect((await ofAlice(id)).status).toBe(404);
    expect(mailsOf(world, 'cancellation')).toEqual([`${BOB}: Budget`, `${OUTSIDE}: Budget`]);
    expect(world.tenant.calendars.mails.at(-1)?.comment).toBe('All hands');
    expect(await copyOf(world, BOB, iCalUId)).toMatchObject({
      id: copy.id,
      isCancelled: true,
      subject: 'Canceled: Budget',
      showAs: 'free',
    });
    expect(await modelProblems(world)).toEqual([]);
  });

  it('is what deleting does, too; an attendee who deletes says nothing', async () => {
    const { id, iCalUId } = await meeting(BOB, CAROL);
    const copy = await copyOf(world, BOB, iCalUId);
    await world.call(BOB, 'DELETE', `/me/events/${copy.id}`);
    expect(world.tenant.calendars.mails).toHaveLength(2);
    expect(answers((await ofAlice(id)).json)).toEqual(['bob none', 'carol none']);
    await world.call(ALICE, 'DELETE', `/me/events/${id}`);
    expect(mailsOf(world, 'cancellation')).toEqual([`${BOB}: Budget`, `${CAROL}: Budget`]);
    expect((await copyOf(world, CAROL, iCalUId)).isCancelled).toBe(true);
  });
});

describe('forwarding', () => {
  it('invites somebody more, and the organizer hears of it', async () => {
    const { id, iCalUId } = await meeting(BOB);
    const to = { ToRecipients: [{ EmailAddress: { Address: CAROL, Name: 'Carol' } }], Comment: 'Join us' };
    expect((await act(BOB, (await copyOf(world, BOB, iCalUId)).id, 'forward', to)).status).toBe(202);
    expect(answers((await ofAlice(id)).json)).toEqual(['bob none', 'carol none']);
    expect(mailsOf(world, 'forwardNotice')).toEqual([`${ALICE}: Budget`]);
    expect(await copyOf(world, CAROL, iCalUId)).toBeDefined();
    expect((await act(ALICE, id, 'forward', { ToRecipients: [] })).status).toBe(400);
  });
});
