import { expect, it } from 'vitest';
import { overOf } from '../../../../lib/erpnext/doctypes/over-of.ts';
import { project } from '../../../../lib/erpnext/doctypes/project.ts';
import { parseRule } from '../../../../lib/model/doctype-rule.ts';

it('knows the usual statuses, and that a cancelled document is over', () => {
  expect(overOf(project, { status: 'Open' })).toBeNull();
  expect(overOf(project, { status: 'Completed' })).toBe('Completed');
  expect(overOf(project, { status: 1 })).toBeNull();
  expect(overOf(project, { status: 'Open', docstatus: 2 })).toBe('Cancelled');
});

it('goes by the rule where that says it, and never where it says never', () => {
  const lead = parseRule({
    doctype: 'Lead',
    people: [{ from: 'owner' }],
    over: { field: 'lead_state', values: ['Converted'] },
  })!;
  expect(overOf(lead, { status: 'Closed', lead_state: 'Converted' })).toBe('Converted');
  expect(overOf(lead, { status: 'Closed' })).toBeNull();
  expect(overOf(parseRule({ ...lead, over: { field: 'status', values: [] } })!, { status: 'Closed' })).toBeNull();
  expect(parseRule({ ...lead, over: { field: 'DROP', values: ['x'] } })).toBeNull();
});
