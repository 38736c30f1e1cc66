import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, attendee, BOB, copyOf, mailsOf, makeEvent, modelProblems, NINE, OUTSIDE } from './calendar-world.ts';
import { createWorld } from './world.ts';

const world = createWorld();
beforeEach(() => {
  world.reset();
  world.consent('User.Read', 'Calendars.ReadWrite');
});

const post = (more: object, headers = {}) =>
  world.call(ALICE, 'POST', '/me/events', { subject: 'Budget', ...NINE, ...more }, headers);
const codeOf = ({ status, json }: { status: number; json: { error: { code: string } } }) => [status, json.error.code];
const online = { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' };
const PROPERTY = 'String {66F5A359-4659-4830-9070-00047EC6AC6E} Name record';
const TOLD = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name record';

describe('an event', () => {
  it('is told with all that Outlook tells, its times in UTC', async () => {
    const event = await makeEvent(world, {
      location: { displayName: 'Room 3' },
      body: { contentType: 'text', content: 'a < b' },
    });
    expect(event).toMatchObject({
      '@odata.etag': `W/"${event.changeKey}"`,
      type: 'singleInstance',
      seriesMasterId: null,
      isOrganizer: true,
      showAs: 'busy',
      start: { dateTime: '2027-01-11T08:00:00.0000000', timeZone: 'UTC' },
      originalStartTimeZone: 'W. Europe Standard Time',
      organizer: { emailAddress: { name: 'Alice Anders', address: ALICE } },
      responseStatus: { response: 'organizer', time: '0001-01-01T00:00:00Z' },
      location: { displayName: 'Room 3', locationType: 'default', uniqueId: 'Room 3', uniqueIdType: 'private' },
      bodyPreview: 'a < b',
      onlineMeeting: null,
    });
    expect(event.iCalUId).toMatch(/^040000008200E00074C5B7101A82E008[0-9A-F]{80}$/);
    expect(event.webLink).toContain(encodeURIComponent(event.id));
    expect(event.body.content).toMatch(/^<html>[\s\S]*a &lt; b[\s\S]*<\/html>\r\n$/);
    expect(await modelProblems(world)).toEqual([]);
  });

  it('is read in the zone and the kind of body that are wished for', async () => {
    const { id } = await makeEvent(world, {
      body: { contentType: 'html', content: '<p>One</p><script>x</script><p>Two</p>' },
    });
    const read = await world.call(ALICE, 'GET', `/me/events/${id}?$select=subject,body,start`, undefined, {
      prefer: 'outlook.timezone="Asia/Kolkata", outlook.body-content-type="text"',
    });
    expect(read.headers.get('preference-applied')).toContain('outlook.body-content-type="text"');
    expect(Object.keys(read.json)).toEqual(['@odata.context', '@odata.etag', 'id', 'subject', 'body', 'start']);
    expect(read.json.start).toEqual({ dateTime: '2027-01-11T13:30:00.0000000', timeZone: 'Asia/Kolkata' });
    expect(read.json.body).toEqual({ contentType: 'text', content: 'One Two' });
    for (const zone of ['Europe/Rome', 'Asia/Calcutta', 'Mars Standard Time'])
      expect(
        codeOf(await world.call(ALICE, 'GET', '/me/events', undefined, { prefer: `outlook.timezone="${zone}"` })),
      ).toEqual([400, 'TimeZoneNotSupportedException']);
    expect(codeOf(await world.call(ALICE, 'GET', '/me/events?$select=colour'))).toEqual([
      400,
      'RequestBroker--ParseUri',
    ]);
  });

  it('takes IANA names from the list, and a day as a day wherever it is read', async () => {
    const zone = (date: string) => ({ dateTime: `${date}T00:00:00`, timeZone: 'Europe/Berlin' });
    const { id } = await makeEvent(world, { isAllDay: true, start: zone('2027-03-28'), end: zone('2027-03-29') });
    const { json } = await world.call(ALICE, 'GET', `/me/events/${id}`, undefined, {
      prefer: 'outlook.timezone="Tokyo Standard Time"',
    });
    expect(json.start).toEqual({ dateTime: '2027-03-28T00:00:00.0000000', timeZone: 'Tokyo Standard Time' });
    expect(json.showAs).toBe('free');
  });

  it.each([
    ['no end', { end: undefined }, 'ErrorPropertyValidationFailure'],
    [
      'an end before its start',
      { end: { ...NINE.end, dateTime: '2027-01-11T08:00:00' } },
      'ErrorPropertyValidationFailure',
    ],
    ['a day that is none', { end: { ...NINE.end, dateTime: '2027-02-30T08:00:00' } }, 'ErrorPropertyValidationFailure'],
    [
      'a zone that Outlook does not know',
      { start: { ...NINE.start, timeZone: 'Europe/Rome' } },
      'TimeZoneNotSupportedException',
    ],
    ['no zone', { start: { dateTime: '2027-01-11T09:00:00' } }, 'TimeZoneNotSupportedException'],
    ['a whole day from nine', { isAllDay: true }, 'ErrorInvalidRequest'],
    ['an address that is none', { attendees: [attendee('Bob')] }, 'ErrorInvalidRecipients'],
    ['a property that there is not', { colour: 'red' }, 'RequestBodyRead'],
    ['a status that there is not', { showAs: 'away' }, 'RequestBodyRead'],
    [
      'a property id without a form',
      { singleValueExtendedProperties: [{ id: 'record', value: 'x' }] },
      'ErrorInvalidProperty',
    ],
    [
      '501 attendees',
      { attendees: Array.from({ length: 501 }, (_, i) => attendee(`p${i}@x.example`)) },
      'ErrorInvalidRecipients',
    ],
  ])('is refused with %s', async (_, more, code) => {
    expect(codeOf(await post(more))).toEqual([400, code]);
    expect((await world.call(ALICE, 'GET', '/me/events')).json.value).toEqual([]);
  });

  it.each([
    ['00:00:00', '2027-01-11', 'at least 24 hours'],
    ['09:00:00', '2027-01-12', 'End property for an all-day event needs to be set to midnight'],
  ])('of a whole day ends at midnight, a day later (%s)', async (time, date, sentence) => {
    const at = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
    const { json } = await post({ isAllDay: true, start: at('2027-01-11T00:00:00'), end: at(`${date}T${time}`) });
    expect(json.error.message).toContain(sentence);
  });

  it('is made once for the same request with the same transactionId, and another one is refused', async () => {
    const attendees = [attendee(BOB)];
    const first = await post({ transactionId: 't-1', attendees });
    const again = await post({ transactionId: 't-1', attendees });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.json.id).toBe(first.json.id);
    expect(mailsOf(world, 'invitation')).toEqual([`${BOB}: Budget`]);
    expect(codeOf(await post({ transactionId: 't-1', subject: 'Other' }))).toEqual([
      400,
      'ErrorDuplicateTransactionId',
    ]);
    const patch = await world.call(ALICE, 'PATCH', `/me/events/${first.json.id}`, { transactionId: 't-2' });
    expect(codeOf(patch)).toEqual([400, 'ErrorInvalidPropertySet']);
    const byId = await world.call(ALICE, 'GET', `/me/events?$filter=${encodeURIComponent("transactionId eq 't-1'")}`);
    expect(codeOf(byId)).toEqual([400, 'ErrorInvalidProperty']);
  });

  it('is found by an extended property, which is told only where it is asked for', async () => {
    const { id } = await makeEvent(world, { singleValueExtendedProperties: [{ id: PROPERTY, value: 'PROJ-1' }] });
    await makeEvent(world, { singleValueExtendedProperties: [{ id: PROPERTY, value: 'PROJ-2' }] });
    const find = async (clause: string) => {
      const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${PROPERTY}' and ${clause})`;
      const { json } = await world.call(ALICE, 'GET', `/me/events?$filter=${encodeURIComponent(filter)}`);
      return json.value.map((one: { id: string }) => one.id);
    };
    expect(await find("ep/value eq 'proj-1'")).toEqual([id]);
    expect(await find("startswith(ep/value, 'PROJ')")).toHaveLength(2);
    expect(await find("ep/value eq 'PROJ'")).toEqual([]);
    const of = (record: string) =>
      `singleValueExtendedProperties/any(p:p/id eq '${PROPERTY}' and p/value eq '${record}')`;
    const count = async (filter: string) =>
      (await world.call(ALICE, 'GET', `/me/events?$filter=${encodeURIComponent(filter)}`)).json.value.length;
    expect(await count(`${of('PROJ-1')} or ${of('PROJ-2')}`)).toBe(2);
    expect(await count(`${of('PROJ-1')} and ${of('PROJ-2')}`)).toBe(0);
    expect(await count(`subject eq 'Budget' and ${of('PROJ-1')} and isCancelled eq false`)).toBe(1);
    expect((await world.call(ALICE, 'GET', `/me/events/${id}`)).json.singleValueExtendedProperties).toBeUndefined();
    const expand = encodeURIComponent(`singleValueExtendedProperties($filter=id eq '${PROPERTY}')`);
    const { json } = await world.call(ALICE, 'GET', `/me/events/${id}?$expand=${expand}`);
    expect(json.singleValueExtendedProperties).toEqual([{ id: TOLD, value: 'PROJ-1' }]);
    expect((await world.call(ALICE, 'GET', `/me/events/${id}?$expand=attendees`)).status).toBe(400);
    expect(await modelProblems(world)).toEqual([]);
  });

  it('is listed ten to a page, in the order asked for', async () => {
    for (let i = 0; i < 12; i++) await makeEvent(world, { subject: `Event ${String(11 - i).padStart(2, '0')}` });
    const first = await world.call(ALICE, 'GET', '/me/events?$orderby=subject&$select=subject');
    expect(first.json.value.map((one: { subject: string }) => one.subject)).toEqual(
      Array.from({ length: 10 }, (_, i) => `Event ${String(i).padStart(2, '0')}`),
    );
    const second = await world.call(ALICE, 'GET', first.json['@odata.nextLink']);
    expect(second.json.value.map((one: { subject: string }) => one.subject)).toEqual(['Event 10', 'Event 11']);
    expect(second.json['@odata.nextLink']).toBeUndefined();
  });

  it('is found by its times, which are UTC’s where no offset is said', async () => {
    const { id } = await makeEvent(world);
    const find = async (filter: string) =>
      (await world.call(ALICE, 'GET', `/me/events?$filter=${encodeURIComponent(filter)}`)).json.value.length;
    expect(await find("start/dateTime ge '2027-01-11T08:00' and end/dateTime le '2027-01-11T09:00:00'")).toBe(1);
    expect(await find("start/dateTime gt '2027-01-11T08:00'")).toBe(0);
    expect(await find("start/dateTime ge '2027-01-12'")).toBe(0);
    const { json } = await world.call(ALICE, 'GET', `/me/events/${id}`, undefined, { prefer: 'IdType="ImmutableId"' });
    expect(json.id).toBe(id);
  });

  it('changes only from the version that is named', async () => {
    const { id, '@odata.etag': tag } = await makeEvent(world);
    const patch = (headers: Record<string, string>) =>
      world.call(ALICE, 'PATCH', `/me/events/${id}`, { subject: 'New' }, headers);
    const done = await patch({ 'if-match': tag });
    expect([done.status, done.json.subject]).toEqual([200, 'New']);
    expect(done.json.changeKey).not.toBe(tag);
    expect(codeOf(await patch({ 'if-match': tag }))).toEqual([412, 'ErrorIrresolvableConflict']);
  });

  it('is gone once deleted, and never was with a made-up id', async () => {
    const { id } = await makeEvent(world);
    expect((await world.call(ALICE, 'DELETE', `/me/events/${id}`)).status).toBe(204);
    expect(codeOf(await world.call(ALICE, 'GET', `/me/events/${id}`))).toEqual([404, 'ErrorItemNotFound']);
    expect(codeOf(await world.call(ALICE, 'GET', '/me/events/nonsense'))).toEqual([400, 'ErrorInvalidIdMalformed']);
    const mine = await makeEvent(world);
    expect(codeOf(await world.call(BOB, 'GET', `/me/events/${mine.id}`))).toEqual([404, 'ErrorItemNotFound']);
  });

  it('needs its permissions and a mailbox', async () => {
    expect(codeOf(await world.call('shopfloor@contoso.test', 'GET', '/me/events'))).toEqual([
      404,
      'MailboxNotEnabledForRESTAPI',
    ]);
    world.reset();
    world.consent('User.Read');
    expect(codeOf(await world.call(ALICE, 'GET', '/me/events'))).toEqual([403, 'ErrorAccessDenied']);
    world.consent('Calendars.ReadWrite');
    const { id } = await makeEvent(world, { body: { contentType: 'text', content: 'secret' } });
    world.tenant.consents.adminConsented.delete('Calendars.ReadWrite');
    world.consent('Calendars.ReadBasic');
    const basic = await world.call(ALICE, 'GET', `/me/events/${id}`);
    expect([basic.status, JSON.stringify(basic.json).includes('secret')]).toEqual([200, false]);
    world.consent('Calendars.Read');
    expect((await world.call(ALICE, 'GET', '/me/events')).status).toBe(200);
    expect(codeOf(await post({}))).toEqual([403, 'ErrorAccessDenied']);
    expect(codeOf(await world.call(ALICE, 'DELETE', `/me/events/${id}`))).toEqual([403, 'ErrorAccessDenied']);
  });
});

describe('a Teams meeting in the calendar', () => {
  it('has a join link in its body, and is off when a body comes without it', async () => {
    const event = await makeEvent(world, { ...online, body: { contentType: 'html', content: 'Hello' } });
    const { joinUrl } = event.onlineMeeting;
    expect(joinUrl).toMatch(
      /^https:\/\/teams\.microsoft\.com\/l\/meetup-join\/19%3ameeting_\w+%40thread\.v2\/0\?context=/,
    );
    expect(event).toMatchObject({ isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' });
    expect(event.body.content).toContain(joinUrl);
    const path = `/me/events/${event.id}`;
    const kept = await world.call(ALICE, 'PATCH', path, {
      body: { contentType: 'html', content: event.body.content.replace('Hello', 'Bye') },
    });
    expect(kept.json.isOnlineMeeting).toBe(true);
    expect((await world.call(ALICE, 'PATCH', path, { isOnlineMeeting: false })).json.isOnlineMeeting).toBe(true);
    const lost = await world.call(ALICE, 'PATCH', path, { body: { contentType: 'text', content: 'Bye' } });
    expect(lost.json).toMatchObject({ isOnlineMeeting: false, onlineMeetingProvider: 'unknown', onlineMeeting: null });
    expect(await modelProblems(world)).toEqual([]);
  });

  it('can be made of a plain event, and not where the calendar has no provider', async () => {
    const { id } = await makeEvent(world);
    const patched = await world.call(ALICE, 'PATCH', `/me/events/${id}`, online);
    expect(patched.json.onlineMeeting.joinUrl).toContain('/l/meetup-join/');
    world.tenant.calendars.teamsMeetings = false;
    expect((await makeEvent(world, online)).isOnlineMeeting).toBe(false);
    const { json } = await world.call(ALICE, 'GET', '/me/calendar?$select=allowedOnlineMeetingProviders');
    expect(json.allowedOnlineMeetingProviders).toEqual([]);
  });

  it('lies in the attendees’ calendars with ids of their own and the same iCalUId', async () => {
    const event = await makeEvent(world, { ...online, attendees: [attendee(BOB), attendee(OUTSIDE, 'optional')] });
    const copy = await copyOf(world, BOB, event.iCalUId);
    expect(copy.id).not.toBe(event.id);
    expect(copy).toMatchObject({
      subject: 'Budget',
      isOrganizer: false,
      showAs: 'tentative',
      transactionId: null,
      organizer: { emailAddress: { address: ALICE } },
      responseStatus: { response: 'notResponded' },
      onlineMeeting: event.onlineMeeting,
    });
    expect(event.attendees.map((one: { status: { response: string } }) => one.status.response)).toEqual([
      'none',
      'none',
    ]);
    expect(mailsOf(world, 'invitation')).toEqual([`${BOB}: Budget`, `${OUTSIDE}: Budget`]);
  });
});
