import { expect, test } from 'vitest';
import type { FrappePage } from '../../../../lib/erpnext/bridge/frappe-page.ts';
import { meetingOf } from '../../../../lib/erpnext/bridge/meeting-of.ts';

const URL = 'https://teams.microsoft.com/l/meetup-join/1';
const page = (doc: object, handlers?: Record<string, unknown[]>): FrappePage => ({
  cur_frm: { doctype: 'Event', docname: 'EV1', doc: { name: 'EV1', ...doc } },
  frappe: handlers ? { ui: { form: { handlers: { Event: handlers } } } } : {},
});

test('the meeting of the open form, or none', () => {
  expect(meetingOf(page({ custom_teams_meeting_url: URL }))).toBe(URL);
  expect(meetingOf(page({ custom_teams_meeting_url: 7 }))).toBe('');
  expect(meetingOf(page({}))).toBe('');
  expect(meetingOf({})).toBe('');
});

test('a site whose own script sees to the button; Desk makes an empty list of handlers for every button that was pressed', () => {
  const doc = { custom_teams_meeting_url: URL };
  expect(meetingOf(page(doc, { custom_join_teams_meeting: [() => {}] }))).toBe('own');
  expect(meetingOf(page(doc, { custom_join_teams_meeting: [], refresh: [() => {}] }))).toBe(URL);
});
