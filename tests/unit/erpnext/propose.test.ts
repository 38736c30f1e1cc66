import { describe, expect, test } from 'vitest';
import { ruleOf, SHIPPED } from '../../../lib/erpnext/doctypes/registry.ts';
import { metaIn } from '../../../lib/erpnext/meta.ts';
import { propose } from '../../../lib/erpnext/propose.ts';
import { parseRule, sameSource } from '../../../lib/model/doctype-rule.ts';
import { FLAVOURS, site as standIn } from '../sandbox/desk/fixture.ts';
import { recorded, VERSIONS } from './recorded.ts';

const field = (more: object) => ({
  ...{ email: null, link: null, linkDoctype: null, linkDoctypeField: null, name: null },
  ...more,
  from: 'field',
});
const table = (more: object) => ({ ...field(more), from: 'table' });
const ALWAYS = [{ from: 'assignees' }, { from: 'owner' }];

describe.each(FLAVOURS)('a rule proposed from what the stand-in of %s says', (flavour) => {
  const asked = async (doctype: string) => {
    const alice = await standIn(flavour).login('alice');
    const path = `/api/method/frappe.desk.form.load.getdoctype?doctype=${encodeURIComponent(doctype)}`;
    const meta = metaIn((await alice.send('GET', path)).body, doctype);
    if (!meta) throw new Error(`no meta of ${doctype}`);
    return propose(meta);
  };

  test.each([
    ['Task', 'subject', [field({ link: 'completed_by', linkDoctype: 'User' })], ['exp_start_date', 'exp_end_date']],
    [
      'Lead',
      'title',
      [field({ link: 'lead_owner', linkDoctype: 'User' }), field({ email: 'email_id', name: 'lead_name' })],
      null,
    ],
    [
      'Issue',
      'subject',
      [field({ link: 'contact', linkDoctype: 'Contact' }), field({ email: 'raised_by' })],
      ['opening_date', null],
    ],
    [
      'Opportunity',
      'title',
      [
        field({ link: 'opportunity_owner', linkDoctype: 'User' }),
        field({ link: 'contact_person', linkDoctype: 'Contact', email: 'contact_email', name: 'contact_display' }),
      ],
      ['transaction_date', 'expected_closing'],
    ],
    [
      'Sales Order',
      'customer_name',
      [field({ link: 'contact_person', linkDoctype: 'Contact', email: 'contact_email', name: 'contact_display' })],
      ['transaction_date', 'delivery_date'],
    ],
    [
      'Site Visit',
      'purpose',
      [
        table({ table: 'team', link: 'employee', linkDoctype: 'Employee', name: 'employee_name' }),
        field({ link: 'host', linkDoctype: 'Employee' }),
      ],
      ['start_time', 'end_time'],
    ],
  ])('%s', async (doctype, titleField, people, dates) => {
    const { rule, sources } = await asked(doctype);
    expect(rule).toEqual({
      doctype,
      titleField,
      people: [...people, ...ALWAYS],
      dates: dates && { start: dates[0], end: dates[1], allDay: null },
    });
    expect(parseRule(rule)).toEqual(rule);
    for (const source of rule.people) expect(sources).toContainEqual(source);
  });

  test('companies behind a link are offered and not taken', async () => {
    const { rule, sources } = await asked('Opportunity');
    const party = field({ link: 'party_name', linkDoctypeField: 'opportunity_from' });
    expect(sources).toContainEqual(party);
    expect(rule.people).not.toContainEqual(party);
  });
});

/** What ships was written by hand; where real sites were recorded, their own description leads to the same. */
for (const version of VERSIONS)
  for (const doctype of ['Event', 'Project']) {
    const answer = recorded(version, `meta_${doctype.toLowerCase()}`);
    test.skipIf(!answer)(`${doctype} as ${version} really describes it`, () => {
      const meta = metaIn(answer, doctype);
      const { rule } = propose(meta!);
      const shipped = ruleOf(SHIPPED, doctype)!;
      expect(rule.titleField).toBe(shipped.titleField);
      expect(rule.dates).toEqual(shipped.dates);
      for (const source of shipped.people)
        expect(
          rule.people.some((proposed) => sameSource(proposed, source)),
          JSON.stringify(source),
        ).toBe(true);
      expect(rule.people.filter(({ from }) => from === 'table')).toHaveLength(1);
      expect(meta).toMatchObject({ submittable: false, kind: 'documents' });
    });
  }
