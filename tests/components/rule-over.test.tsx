// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { RuleOverPick } from '../../components/settings/options-over.tsx';
import type { DoctypeMeta } from '../../lib/model/doctype-meta.ts';
import { type DoctypeRule, parseRule } from '../../lib/model/doctype-rule.ts';
import { asDoctype } from '../../lib/model/ids.ts';

afterEach(cleanup);

const select = (fieldname: string, options: string) => ({
  fieldname,
  fieldtype: 'Select',
  label: '',
  options,
  permlevel: 0,
});
const meta = {
  doctype: asDoctype('Task'),
  fields: [select('status', '\nOpen\nWorking\nCompleted\nCancelled'), select('priority', 'Low\nHigh')],
} as unknown as DoctypeMeta;
const rule = parseRule({ doctype: 'Task', people: [{ from: 'owner' }] })!;

function show(more: Partial<DoctypeRule> = {}, of = meta) {
  const onRule = vi.fn();
  render(<RuleOverPick meta={of} rule={{ ...rule, ...more }} onRule={onRule} />);
  return onRule;
}
const ticked = () => screen.getAllByRole<HTMLInputElement>('checkbox').filter((box) => box.checked).length;

it('shows what holds while nothing is said: the usual statuses of this doctype', () => {
  const onRule = show();
  expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('status');
  expect(ticked()).toBe(2);
  fireEvent.click(screen.getByRole('checkbox', { name: 'Working' }));
  expect(onRule.mock.lastCall![0].over).toEqual({ field: 'status', values: ['Working', 'Completed', 'Cancelled'] });
  expect(parseRule(onRule.mock.lastCall![0])).not.toBeNull();
});

it('never, where that is chosen, nothing is ticked any more, or there is no status', () => {
  const onRule = show({ over: { field: 'priority', values: ['High'] } });
  fireEvent.click(screen.getByRole('checkbox', { name: 'High' }));
  expect(onRule.mock.lastCall![0].over.values).toEqual([]);
  fireEvent.change(screen.getByRole('combobox'), { target: { value: '' } });
  expect(onRule.mock.lastCall![0].over.values).toEqual([]);
  cleanup();
  show(onRule.mock.lastCall![0]);
  expect(screen.getByRole<HTMLSelectElement>('combobox').value, 'and it stays so').toBe('');
  cleanup();
  show({}, { ...meta, fields: meta.fields.slice(1) });
  expect(screen.getByRole<HTMLSelectElement>('combobox').value).toBe('');
  expect(screen.queryAllByRole('checkbox')).toEqual([]);
});

it('offers another field with its likely end', () => {
  const onRule = show();
  fireEvent.change(screen.getByRole('combobox'), { target: { value: 'priority' } });
  expect(onRule.mock.lastCall![0].over).toEqual({ field: 'priority', values: ['High'] });
});
