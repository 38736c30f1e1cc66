import { describe, expect, test } from 'vitest';
import { datesOf } from '../../../../lib/erpnext/doctypes/dates-of.ts';
import { peopleOf, typedPeopleOf } from '../../../../lib/erpnext/doctypes/people-of.ts';
import { ruleOf, SHIPPED } from '../../../../lib/erpnext/doctypes/registry.ts';
import { parseRule } from '../../../../lib/model/doctype-rule.ts';

const EVENT = ruleOf(SHIPPED, 'Event')!;
const PROJECT = ruleOf(SHIPPED, 'Project')!;
const OPPORTUNITY = parseRule({
  doctype: 'Opportunity',
  people: [
    { from: 'field', email: 'contact_email', link: 'contact_person', linkDoctype: 'Contact', name: 'contact_display' },
    { from: 'field', link: 'party_name', linkDoctypeField: 'opportunity_from' },
    { from: 'assignees' },
    { from: 'owner' },
  ],
  dates: { start: 'transaction_date', end: 'expected_closing' },
})!;

describe('people', () => {
  test('of rows, each with its link, then the owner', () => {
    const document = {
      owner: 'alice@contoso.test',
      event_participants: [
        { reference_doctype: 'Contact', reference_docname: 'Bob', email: ' bob@contoso.test ' },
        { reference_doctype: 'Employee', reference_docname: 'HR-1' },
        { email: 'only@contoso.test' },
        { reference_doctype: 'Employee' },
        null,
        7,
      ],
    };
    expect(peopleOf(EVENT, document)).toEqual([
      { email: 'bob@contoso.test', name: 'Bob', link: { doctype: 'Contact', name: 'Bob' }, source: 'row' },
      { email: null, name: 'HR-1', link: { doctype: 'Employee', name: 'HR-1' }, source: 'row' },
      { email: 'only@contoso.test', name: 'only@contoso.test', link: null, source: 'row' },
      {
        email: null,
        name: 'alice@contoso.test',
        link: { doctype: 'User', name: 'alice@contoso.test' },
        source: 'owner',
      },
    ]);
  });

  test('of a row with a fixed target and a name of its own', () => {
    const users = [{ user: 'u@contoso.test', full_name: 'Uma', email: 'uma@contoso.test' }];
    expect(peopleOf(PROJECT, { owner: 'o', users })[0]).toEqual({
      email: 'uma@contoso.test',
      name: 'Uma',
      link: { doctype: 'User', name: 'u@contoso.test' },
      source: 'row',
    });
  });

  test('of the document’s own fields, of a link that another field explains, and assignees', () => {
    const document = {
      owner: 'o@contoso.test',
      contact_person: 'Dora-Fabrikam',
      contact_display: 'Dora',
      opportunity_from: 'Lead',
      party_name: 'CRM-1',
      _assign: '["bob@contoso.test", 7, ""]',
    };
    expect(peopleOf(OPPORTUNITY, document)).toMatchObject([
      { email: null, name: 'Dora', link: { doctype: 'Contact', name: 'Dora-Fabrikam' } },
      { name: 'CRM-1', link: { doctype: 'Lead', name: 'CRM-1' } },
      { name: 'bob@contoso.test', link: { doctype: 'User' }, source: 'row' },
      { name: 'o@contoso.test', source: 'owner' },
    ]);
  });

  test.each([null, '', '{', '{"a":1}', 'null', '7', []])('nobody is assigned by %j', (_assign) => {
    expect(peopleOf(OPPORTUNITY, { owner: 'o', _assign })).toHaveLength(1);
  });

  test('that a person types are rows and fields, never who owns it or is assigned', () => {
    const document = { owner: 'o', _assign: '["bob"]', contact_email: 'new@contoso.test' };
    expect(typedPeopleOf(OPPORTUNITY, document)).toEqual([
      { row: document, person: { email: 'new@contoso.test', name: 'new@contoso.test', link: null, source: 'row' } },
    ]);
  });
});

describe('dates', () => {
  test('with a time, all day by its field, and without a time', () => {
    const event = { starts_on: '2026-12-01 14:00:00', ends_on: '2026-12-01 15:00:00', all_day: 0 };
    expect(datesOf(EVENT, event)).toEqual({ start: event.starts_on, end: event.ends_on, allDay: false });
    expect(datesOf(EVENT, { ...event, all_day: 1, ends_on: null })).toMatchObject({ end: null, allDay: true });
    expect(datesOf(PROJECT, { expected_start_date: '2026-12-01' })).toEqual({
      start: '2026-12-01',
      end: null,
      allDay: true,
    });
  });

  test('none', () => {
    expect(datesOf(EVENT, {})).toBeNull();
    expect(datesOf(EVENT, { starts_on: 7 })).toBeNull();
    expect(datesOf({ ...EVENT, dates: null }, { starts_on: '2026-12-01' })).toBeNull();
  });
});
