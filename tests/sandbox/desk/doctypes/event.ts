import type { Flavour } from '../flavour.ts';
import { type DocTypeDef, type Field, field, select } from './fields.ts';

const google: Field[] = [
  field('sync_with_google_calendar', 'Check', 'Sync with Google Calendar'),
  field('add_video_conferencing', 'Check', 'Add Video Conferencing', { depends_on: 'sync_with_google_calendar' }),
  field('sb_00', 'Section Break', 'Google Calendar', { depends_on: 'sync_with_google_calendar' }),
  field('google_calendar', 'Link', 'Google Calendar', { options: 'Google Calendar' }),
  field('google_calendar_id', 'Data', 'Google Calendar ID', { read_only: 1 }),
  field('cb_00', 'Column Break'),
  field('google_calendar_event_id', 'Data', 'Google Calendar Event ID', { read_only: 1, length: 320 }),
  field('google_meet_link', 'Small Text', 'Google Meet Link', { read_only: 1 }),
  field('pulled_from_google_calendar', 'Check', 'Pulled from Google Calendar', { read_only: 1 }),
];

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((day) =>
  field(day.toLowerCase(), 'Check', day, { depends_on: 'repeat_this_event' }),
);

const repeating = (flavour: Flavour): Field[] => [
  field('section_break_13', 'Section Break', '', { depends_on: 'repeat_this_event' }),
  select(
    'repeat_on',
    'Repeat On',
    flavour === 'v16' ? '|Daily|Weekly|Monthly|Quarterly|Half Yearly|Yearly' : '|Daily|Weekly|Monthly|Yearly',
    { depends_on: 'repeat_this_event', default: '' },
  ),
  field('repeat_till', 'Date', 'Repeat Till', { depends_on: 'repeat_this_event' }),
  field('column_break_16', 'Column Break'),
  ...weekdays,
];

/** Event, as frappe.desk.form.load.getdoctype describes it in each version: tabs from v15 on, none in v14. */
export function eventType(flavour: Flavour): DocTypeDef {
  const old = flavour === 'v14';
  const reminder = field('send_reminder', 'Check', 'Send an email reminder in the morning', { default: 1 });
  const status = old ? 'Open|Completed|Closed' : 'Open|Completed|Closed|Cancelled';
  return {
    name: 'Event',
    module: 'Desk',
    autoname: 'EV.#####',
    title_field: 'subject',
    fields: [
      field('details', 'Section Break', 'Details'),
      field('subject', 'Small Text', 'Subject', { reqd: 1, bold: 1, in_list_view: 1 }),
      select('event_category', 'Event Category', 'Event|Meeting|Call|Sent/Received Email|Other', { default: 'Event' }),
      select('event_type', 'Event Type', old ? 'Private|Public|Cancelled' : 'Private|Public', {
        reqd: 1,
        bold: 1,
        in_list_view: 1,
      }),
      field('color', 'Color', 'Color'),
      ...(old ? [reminder] : []),
      field('repeat_this_event', 'Check', 'Repeat this Event'),
      ...(old ? [] : [field('location', 'Data', 'Location')]),
      field('column_break_4', 'Column Break'),
      field('starts_on', 'Datetime', 'Starts on', { reqd: 1, bold: 1, in_list_view: 1 }),
      field('ends_on', 'Datetime', 'Ends on'),
      select('status', 'Status', status, { default: 'Open' }),
      field('sender', 'Data', 'Sender', { read_only: 1, hidden: 1 }),
      ...(old ? [] : [select('attending', 'Attending', '|Yes|No|Maybe', { default: '' })]),
      field('all_day', 'Check', 'All Day'),
      ...google,
      ...repeating(flavour),
      field('section_break_8', 'Section Break'),
      field('description', 'Text Editor', 'Description'),
      old
        ? field('participants', 'Section Break', 'Participants')
        : field('participants_tab', 'Tab Break', 'Participants'),
      field('event_participants', 'Table', 'Event Participants', { options: 'Event Participants' }),
      ...(old
        ? []
        : [
            field('links_tab', 'Tab Break', 'Links'),
            field('section_break_jlqd', 'Section Break'),
            field('reference_doctype', 'Link', 'Reference Document Type', { options: 'DocType' }),
            field('column_break_pjkw', 'Column Break'),
            field('reference_docname', 'Dynamic Link', 'Reference Doc', { options: 'reference_doctype' }),
            field('links', 'Table', 'Links', { options: 'Dynamic Link', hidden: 1 }),
            field('notifications_tab', 'Tab Break', 'Notifications'),
            reminder,
            field('notifications', 'Table', 'Notifications', { options: 'Event Notifications', hidden: 1 }),
          ]),
    ],
  };
}

export function eventParticipants(flavour: Flavour): DocTypeDef {
  return {
    name: 'Event Participants',
    module: 'Desk',
    autoname: 'hash',
    istable: 1,
    fields: [
      field('reference_doctype', 'Link', 'Reference Document Type', { options: 'DocType', reqd: 1, in_list_view: 1 }),
      field('reference_docname', 'Dynamic Link', 'Reference Name', {
        options: 'reference_doctype',
        reqd: 1,
        in_list_view: 1,
      }),
      field('email', 'Data', 'Email', { in_list_view: 1 }),
      ...(flavour === 'v14' ? [] : [select('attending', 'Attending', '|Yes|No|Maybe', { default: '' })]),
    ],
  };
}
