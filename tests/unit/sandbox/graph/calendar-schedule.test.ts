import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, attendee, BOB, CAROL, makeEvent, modelProblems, NINE } from './calendar-world.ts';
import { createWorld } from './world.ts';

const world = createWorld();
beforeEach(() => {
  world.reset();
  world.consent('User.Read', 'Calendars.ReadWrite');
});

const BERLIN = 'W. Europe Standard Time';
const day = (from = '08:00:00', until = '12:00:00') => ({
  startTime: { dateTime: `2027-01-11T${from}`, timeZone: BERLIN },
  endTime: { dateTime: `2027-01-11T${until}`, timeZone: BERLIN },
});
const ask = (body: object, headers = {}) =>
  world.call(ALICE, 'POST', '/me/calendar/getSchedule', { ...day(), ...body }, headers);

describe('free and busy', () => {
  it('is told slot by slot, in the zone wished for; of others only when', async () => {
    await makeEvent(world, { attendees: [attendee(BOB)], location: { displayName: 'Room 3' } });
    await makeEvent(world, { showAs: 'oof', end: { ...NINE.end, dateTime: '2027-01-11T09:30:00' } });
    await makeEvent(world, { showAs: 'free' });
    const { json } = await ask(
      { schedules: [ALICE, BOB, CAROL, 'otto@partner.example'] },
      { prefer: `outlook.timezone="${BERLIN}"` },
    );
    const [alice, bob, carol, otto] = json.value;
    expect([alice.availabilityView, bob.availabilityView, carol.availabilityView]).toEqual([
      '00320000',
      '00110000',
      '00000000',
    ]);
    expect(bob.scheduleItems).toEqual([
      {
        status: 'tentative',
        start: { dateTime: '2027-01-11T09:00:00.0000000', timeZone: BERLIN },
        end: { dateTime: '2027-01-11T10:00:00.0000000', timeZone: BERLIN },
      },
    ]);
    expect(alice.scheduleItems[0]).toMatchObject({ subject: 'Budget', isPrivate: false });
    expect(alice.workingHours).toMatchObject({
      startTime: '08:00:00.0000000',
      endTime: '17:00:00.0000000',
      timeZone: { name: BERLIN },
    });
    expect(otto).toMatchObject({
      scheduleId: 'otto@partner.example',
      error: { responseCode: 'ErrorMailRecipientNotFound' },
    });
    expect((await ask({ schedules: [ALICE], availabilityViewInterval: 60 })).json.value[0].availabilityView).toBe(
      '0300',
    );
    expect(await modelProblems(world)).toEqual([]);
  });

  it('counts the occurrences of a series', async () => {
    await makeEvent(world, {
      start: { dateTime: '2027-01-04T09:00:00', timeZone: BERLIN },
      end: { dateTime: '2027-01-04T10:00:00', timeZone: BERLIN },
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] },
        range: { type: 'noEnd', startDate: '2027-01-04' },
      },
    });
    expect((await ask({ schedules: [ALICE] })).json.value[0].availabilityView).toBe('00220000');
  });

  it.each([
    ['nobody', { schedules: [] }],
    ['21 people', { schedules: Array.from({ length: 21 }, (_, i) => `p${i}@contoso.test`) }],
    ['62 days', { schedules: [ALICE], endTime: { dateTime: '2027-03-14T08:00:00', timeZone: BERLIN } }],
    ['an end before its start', { schedules: [ALICE], ...day('12:00:00', '08:00:00') }],
    ['slots of four minutes', { schedules: [ALICE], availabilityViewInterval: 4 }],
    ['a parameter that there is not', { schedules: [ALICE], colour: 'red' }],
    [
      'a zone that there is not',
      { schedules: [ALICE], endTime: { dateTime: '2027-01-11T12:00:00', timeZone: 'Europe/Rome' } },
    ],
  ])('is refused for %s', async (_, body) => {
    expect((await ask(body)).status).toBe(400);
  });
});

describe('a mailbox', () => {
  it('has a time zone, and Outlook tells which there are', async () => {
    expect((await world.call(ALICE, 'GET', '/me/mailboxSettings')).status).toBe(403);
    world.consent('MailboxSettings.Read');
    const { json } = await world.call(ALICE, 'GET', '/me/mailboxSettings?$select=timeZone');
    expect(json.timeZone).toBe(BERLIN);
    const zones = async (call: string) => {
      const answer = await world.call(ALICE, 'GET', `/me/outlook/${call}`);
      return answer.json.value?.map((one: { alias: string }) => one.alias);
    };
    expect(await zones('supportedTimeZones')).toContain('Pacific Standard Time');
    const iana = await zones("supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')");
    expect([iana.includes('Asia/Kolkata'), iana.includes('Europe/Rome')]).toEqual([true, false]);
    expect(await zones('masterCategories')).toBeUndefined();
  });

  it('takes four calls of an app at a time', async () => {
    const busy = createWorld({ throttle: 'real' });
    busy.consent('User.Read', 'Calendars.ReadWrite');
    await busy.tokenOf(ALICE);
    const answers = await Promise.all(Array.from({ length: 6 }, () => busy.call(ALICE, 'GET', '/me/events')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect([refused?.json.error.code, refused?.headers.get('retry-after')]).toEqual(['ApplicationThrottled', '1']);
    expect((await busy.call(ALICE, 'GET', '/me/events')).status).toBe(200);
  });
});
