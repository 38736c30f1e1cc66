import { describe, expect, test } from 'vitest';
import { SHIPPED } from '../../../lib/erpnext/doctypes/registry.ts';
import { listDoctypes, rulesOn } from '../../../lib/model/doctype-list.ts';
import { type DoctypeRule, parseRule, sameSource } from '../../../lib/model/doctype-rule.ts';
import { asDoctype } from '../../../lib/model/ids.ts';
import { readRuleFile, writeParticipantFile, writeRuleFile } from '../../../lib/model/rule-file.ts';

const TASK: DoctypeRule = {
  doctype: asDoctype('Task'),
  titleField: 'subject',
  people: [{ from: 'assignees' }, { from: 'owner' }],
  dates: null,
};
const table = (more: object) => ({ ...TASK, people: [{ from: 'table', table: 'team', ...more }] });

describe('a rule', () => {
  test.each(SHIPPED.map((rule) => [rule.doctype, rule]))('that ships is one: %s', (_, rule) => {
    expect(parseRule(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });

  test('leaves out what is empty', () => {
    expect(parseRule({ doctype: 'Task', people: [{ from: 'owner' }] })).toEqual({
      doctype: 'Task',
      titleField: null,
      people: [{ from: 'owner' }],
      dates: null,
    });
    expect(parseRule(table({ email: 'email' }))?.people[0]).toMatchObject({ email: 'email', link: null });
  });

  test.each([
    ['no object', 7],
    ['no doctype', { ...TASK, doctype: '' }],
    ['a doctype that is a path', { ...TASK, doctype: '../User' }],
    ['a doctype that is markup', { ...TASK, doctype: '<img>' }],
    ['a doctype longer than any', { ...TASK, doctype: 'T'.repeat(62) }],
    ['nobody', { ...TASK, people: [] }],
    ['more sources than anybody needs', { ...TASK, people: Array(21).fill({ from: 'owner' }) }],
    ['a source of no kind', { ...TASK, people: [{ from: 'everybody' }] }],
    ['a field that is code', { ...TASK, titleField: 'subject; drop' }],
    ['a field that is a prototype', { ...TASK, titleField: 'a.__proto__' }],
    ['a field in capitals', { ...TASK, titleField: 'Subject' }],
    ['a field longer than any', { ...TASK, titleField: 'a'.repeat(65) }],
    ['a table that leads to nobody', table({})],
    ['a link that leads to no doctype', table({ link: 'user' })],
    ['a link that leads to two', table({ link: 'user', linkDoctype: 'User', linkDoctypeField: 'kind' })],
    ['a target without a link', table({ email: 'email', linkDoctype: 'User' })],
    ['dates without a start', { ...TASK, dates: { end: 'ends_on' } }],
  ])('is refused with %s', (_, value) => expect(parseRule(value)).toBeNull());

  test('means the same people in whatever order its columns stand', () => {
    const a = { from: 'field', email: 'e', link: null, linkDoctype: null, linkDoctypeField: null, name: null } as const;
    const { from, ...rest } = a;
    expect(sameSource(a, { ...rest, from })).toBe(true);
    expect(sameSource(a, { ...a, email: 'f' })).toBe(false);
  });
});

describe('a file', () => {
  test('of ours comes back as it was', () => {
    const never = { ...TASK, over: { field: 'status', values: [] } };
    expect(readRuleFile(writeRuleFile([...SHIPPED, never]), [])).toEqual({ rules: [...SHIPPED, never], refused: [] });
  });

  test('of the older shape is a table and the owner', () => {
    const text = '{"Visit": {"participants_field": "team", "email_field": "mail", "subject_field": "about"}}';
    expect(readRuleFile(text, SHIPPED)?.rules).toEqual([
      {
        doctype: 'Visit',
        titleField: 'about',
        people: [
          {
            from: 'table',
            table: 'team',
            email: 'mail',
            link: null,
            linkDoctype: null,
            linkDoctypeField: null,
            name: null,
          },
          { from: 'owner' },
        ],
        dates: null,
      },
    ]);
  });

  test('of the older shape keeps what is known of the same table: who stands behind a row', () => {
    const text = writeParticipantFile(SHIPPED);
    expect(JSON.parse(text)).toEqual({
      Event: { participants_field: 'event_participants', email_field: 'email', subject_field: 'subject' },
      Project: { participants_field: 'users', email_field: 'email', subject_field: 'project_name' },
    });
    expect(readRuleFile(text, SHIPPED)?.rules).toEqual(SHIPPED);
  });

  test('takes what is right and names what is not', () => {
    const text = JSON.stringify([TASK, { doctype: 'Lead', people: 'all' }, null, TASK]);
    expect(readRuleFile(text, [])).toEqual({ rules: [TASK], refused: ['Lead', '?'] });
  });

  test.each(['', 'no json', '7', '"text"', '{"Event": 3}', `[${' '.repeat(500_001)}]`])('that is none: %#', (text) => {
    expect(readRuleFile(text, [])).toBeNull();
  });
});

describe('the list', () => {
  const own = { ...TASK, titleField: 'name_of_it' };
  test('policy outranks the person, who outranks what ships', () => {
    const listed = listDoctypes([TASK], { rules: [own], off: [] }, []);
    expect(listed).toEqual([{ rule: own, source: 'own', on: true }]);
    expect(listDoctypes([TASK], { rules: [own], off: [] }, [TASK])).toEqual([
      { rule: TASK, source: 'policy', on: true },
    ]);
  });

  test('what ships can be switched off, what policy sets cannot', () => {
    const off = { rules: [], off: [TASK.doctype] };
    expect(rulesOn(listDoctypes([TASK], off, []))).toEqual([]);
    expect(rulesOn(listDoctypes([TASK], off, [TASK]))).toEqual([TASK]);
  });
});
