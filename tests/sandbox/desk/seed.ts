import { add } from './seed-add.ts';
import { addHangers } from './seed-hangers.ts';
import type { Site } from './site.ts';
import { CREW, type DeskUser, USERS } from './users.ts';

type Values = Record<string, unknown>;

/** Fills an empty store with the people and records that the tests and the walk talk about. */
export function seed(site: Site): void {
  for (const user of [...USERS, ...CREW]) addUser(site, user);
  addNames(site, 'Company', 'company_name', ['Contoso GmbH']);
  addNames(site, 'Project Type', 'project_type', ['Internal', 'External', 'Other']);
  addNames(site, 'Department', 'department_name', ['Marketing - CG', 'Research - CG']);
  addContacts(site);
  addCustomFields(site);
  addEvents(site);
  addProjects(site);
  add(site, 'Task', 'admin@contoso.test', { subject: 'Write the brief', project: 'PROJ-0001' });
  add(site, 'ToDo', 'alice@contoso.test', {
    description: 'Call the printer',
    allocated_to: 'alice@contoso.test',
    date: '2026-11-23',
  });
  add(site, 'Sales Order', 'alice@contoso.test', {
    customer: 'Fabrikam Ltd',
    customer_name: 'Fabrikam Ltd',
    transaction_date: '2026-11-20',
    grand_total: 1200,
  });
  addBusiness(site);
  addHangers(site);
}

/** Records of the types that a person may add a panel to; none of them has the chat's field yet. */
function addBusiness(site: Site): void {
  const alice = (doctype: string, values: Values) => add(site, doctype, 'alice@contoso.test', values);
  alice('Task', {
    subject: 'Print the programme',
    project: 'PROJ-0001',
    exp_start_date: '2026-12-03',
    exp_end_date: '2026-12-04',
  });
  alice('Issue', { subject: 'The door jams', raised_by: 'bob@contoso.test', opening_date: '2026-11-20' });
  alice('Opportunity', {
    opportunity_from: 'Customer',
    party_name: 'Fabrikam Ltd',
    title: 'Fabrikam Ltd',
    opportunity_owner: 'bob@contoso.test',
    contact_person: 'Dora Dietz-Fabrikam Ltd',
    contact_email: 'dora@fabrikam.test',
    contact_display: 'Dora Dietz',
    expected_closing: '2026-12-24',
  });
  alice('Site Visit', {
    purpose: 'Check the roof',
    start_time: '2026-12-05 09:00:00',
    end_time: '2026-12-05 11:00:00',
    host: 'HR-EMP-00001',
    team: [{ employee: 'HR-EMP-00001', employee_name: 'Carol Chen' }],
  });
}

export function addUser(site: Site, user: DeskUser): void {
  const [first = '', ...last] = user.name.split(' ');
  add(site, 'User', 'Administrator', {
    name: user.email,
    email: user.email,
    first_name: first,
    last_name: last.join(' '),
    full_name: user.name,
    username: user.email.split('@')[0],
    language: 'en',
    time_zone: user.timeZone ?? 'Europe/Berlin',
    user_type: user.roles.length ? 'System User' : 'Website User',
  });
}

function addNames(site: Site, doctype: string, key: string, names: string[]): void {
  for (const name of names) add(site, doctype, 'Administrator', { name, [key]: name });
}

function addContacts(site: Site): void {
  for (const { name, email } of USERS) if (email.includes('@')) addContact(site, name, email, { user: email });
  add(site, 'Customer', 'admin@contoso.test', { name: 'Fabrikam Ltd', customer_name: 'Fabrikam Ltd' });
  add(site, 'Lead', 'admin@contoso.test', {
    lead_name: 'Lee',
    first_name: 'Lee',
    title: 'Lee',
    email_id: 'lee@northwind.test',
  });
  add(site, 'Employee', 'admin@contoso.test', {
    first_name: 'Carol',
    last_name: 'Chen',
    employee_name: 'Carol Chen',
    user_id: 'carol@contoso.test',
    company_email: 'carol@contoso.test',
  });
  addContact(site, 'Erin Ebert', 'erin@partner.example', {});
  addContact(site, 'Dora Dietz', 'dora@fabrikam.test', { link: { doctype: 'Customer', name: 'Fabrikam Ltd' } });
  addContact(site, 'Lee', 'lee@northwind.test', { link: { doctype: 'Lead', name: 'CRM-LEAD-2026-00001' } });
}

function addContact(
  site: Site,
  fullName: string,
  email: string,
  more: { user?: string; link?: { doctype: string; name: string } },
): void {
  const [first, ...last] = fullName.split(' ');
  const plain = more.link ? `${fullName}-${more.link.name}` : fullName;
  add(site, 'Contact', 'admin@contoso.test', {
    name: site.store.find('Contact', plain) ? `${plain}-1` : plain,
    first_name: first,
    last_name: last.join(' '),
    full_name: fullName,
    email_id: email,
    user: more.user ?? null,
    email_ids: [{ email_id: email, is_primary: 1 }],
    links: more.link ? [{ link_doctype: more.link.doctype, link_name: more.link.name }] : [],
  });
}

/** The chat's field is there but for Project on v14, where the missing-field path is tried. */
function addCustomFields(site: Site): void {
  for (const dt of site.flavour === 'v14' ? ['Event'] : ['Event', 'Project']) {
    add(site, 'Custom Field', 'admin@contoso.test', {
      name: `${dt}-custom_teams_chat_id`,
      dt,
      fieldname: 'custom_teams_chat_id',
      label: 'Teams Chat ID',
      fieldtype: 'Data',
      insert_after: 'status',
      length: 255,
      hidden: 1,
      read_only: 1,
      no_copy: 1,
      print_hide: 1,
    });
  }
}

const contact = (name: string, email: string) => ({ reference_doctype: 'Contact', reference_docname: name, email });
const ALICE = contact('Alice Anders', 'alice@contoso.test');
const BOB = contact('Bob Bhatt', 'bob@contoso.test');

function addEvents(site: Site): void {
  const event = (subject: string, values: Values, owner = 'alice@contoso.test') =>
    add(site, 'Event', owner, { subject, event_type: 'Public', event_category: 'Meeting', ...values });
  const at = (day: string, from: string, to: string) => ({
    starts_on: `2026-12-${day} ${from}:00`,
    ends_on: `2026-12-${day} ${to}:00`,
  });
  event('Quarterly review', {
    ...at('01', '14:00', '15:00'),
    description: '<p>Agenda &amp; numbers</p>',
    event_participants: [ALICE, BOB],
  });
  event('Private planning', { ...at('02', '09:00', '09:30'), event_type: 'Private', event_participants: [ALICE, BOB] });
  event('Fabrikam kickoff', {
    ...at('03', '10:00', '11:30'),
    event_participants: [
      ALICE,
      BOB,
      { reference_doctype: 'Employee', reference_docname: 'HR-EMP-00001' },
      contact('Dora Dietz-Fabrikam Ltd', 'dora@fabrikam.test'),
      { reference_doctype: 'Customer', reference_docname: 'Fabrikam Ltd', email: 'dora@fabrikam.test' },
      { reference_doctype: 'Lead', reference_docname: 'CRM-LEAD-2026-00001', email: 'lee@northwind.test' },
      contact('Erin Ebert', 'erin@partner.example'),
    ],
  });
  event('User-type participants', {
    ...at('04', '10:00', '11:00'),
    event_category: 'Event',
    event_participants: [
      { reference_doctype: 'User', reference_docname: 'bob@contoso.test' },
      { reference_doctype: 'User', reference_docname: 'carol@contoso.test', email: 'carol@contoso.test' },
    ],
  });
  event(
    'Weekly stand-up',
    {
      ...at('07', '09:15', '09:30'),
      repeat_this_event: 1,
      repeat_on: 'Weekly',
      repeat_till: '2027-03-31',
      monday: 1,
      wednesday: 1,
      event_participants: [ALICE, BOB],
    },
    'bob@contoso.test',
  );
  event('All-day offsite', {
    starts_on: '2026-12-10 00:00:00',
    ends_on: '2026-12-11 00:00:00',
    all_day: 1,
    event_participants: [],
  });
  event('No end, no participants', { starts_on: '2026-12-12 08:00:00', event_category: 'Event' });
}

function addProjects(site: Site): void {
  const project = (name: string, users: DeskUser[], values: Values = {}) =>
    add(site, 'Project', 'alice@contoso.test', {
      project_name: name,
      users: users.map((user) => ({
        user: user.email,
        email: user.email,
        full_name: user.name,
        welcome_email_sent: 1,
      })),
      ...values,
    });
  const pick = (...locals: string[]) => USERS.filter((user) => locals.includes(user.email.split('@')[0] ?? ''));
  project('Website relaunch', pick('alice', 'bob', 'carol'), {
    expected_start_date: '2026-12-01',
    expected_end_date: '2027-02-28',
    notes: '<p>Notes</p>',
  });
  project('ERP roll-out', pick('limited', 'bob', 'dana.diaz', 'frank', 'shopfloor', 'chris.miller', 'cmiller2'));
  project('No members yet', []);
  project('<b>Ünïcode</b> &amp; "quotes" / slash', pick('alice', 'bob'), { name: 'A/B & Ü 100%' });
  project('Everybody', [...pick('alice', 'bob', 'carol'), ...CREW], { name: 'PROJ-BIG' });
}
