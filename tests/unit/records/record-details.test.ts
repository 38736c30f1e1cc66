import { describe, expect, test } from 'vitest';
import type { MetaField } from '../../../lib/model/doctype-meta.ts';
import { asOrigin } from '../../../lib/model/ids.ts';
import { fieldsOf, filesOf } from '../../../lib/records/record-details.ts';

const site = asOrigin('https://erp.test');

describe('files of a record', () => {
  test('are the site’s own, or links; nothing else is an address', () => {
    const file = (file_url: string | null, more = {}) => ({ file_name: 'a b.pdf', file_url, is_private: 0, ...more });
    expect(
      filesOf(
        [
          file('/private/files/a b.pdf', { is_private: 1 }),
          file('https://drive.test/x', { file_name: null }),
          file('javascript:alert(1)'),
          file(null),
        ],
        site,
      ),
    ).toEqual([
      { name: 'a b.pdf', url: 'https://erp.test/private/files/a%20b.pdf', isPrivate: true },
      { name: 'https://drive.test/x', url: 'https://drive.test/x', isPrivate: false },
    ]);
    expect(filesOf('nonsense', site)).toEqual([]);
  });
});

describe('fields for a card', () => {
  const field = (fieldname: string, fieldtype: string, more: Partial<MetaField> = {}): MetaField => ({
    fieldname,
    fieldtype,
    label: fieldname,
    options: '',
    hidden: false,
    reqd: false,
    readOnly: false,
    noCopy: false,
    allowOnSubmit: false,
    unique: false,
    permlevel: 0,
    length: 0,
    custom: null,
    ...more,
  });
  test('are those with something in them that no permission level keeps from anybody', () => {
    const meta = [
      field('status', 'Select'),
      field('starts_on', 'Datetime'),
      field('all_day', 'Check'),
      field('on', 'Check'),
      field('total', 'Currency'),
      field('empty', 'Data'),
      field('absent', 'Data'),
      field('salary', 'Currency', { permlevel: 1 }),
      field('secret', 'Password'),
      field('body', 'Text Editor'),
      field('ghost', 'Data', { hidden: true }),
      field('note', 'Small Text'),
    ];
    const values = {
      status: 'Open',
      starts_on: '2026-11-24 09:00:00',
      all_day: 0,
      on: 1,
      total: 12.5,
      empty: ' ',
      salary: 9000,
      secret: '***',
      body: '<p>x</p>',
      ghost: 'x',
      note: 'n'.repeat(500),
    };
    const found = fieldsOf(values, meta);
    expect(found.map(({ fieldname, kind }) => [fieldname, kind])).toEqual([
      ['status', 'text'],
      ['starts_on', 'datetime'],
      ['on', 'check'],
      ['total', 'number'],
      ['note', 'text'],
    ]);
    expect(found.at(-1)!.value).toHaveLength(400);
    expect(fieldsOf(null, meta)).toEqual([]);
  });
});
