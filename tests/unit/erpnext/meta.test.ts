// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { recorded, VERSIONS } from './recorded.ts';
import { codeOf, createSite, json } from './site.ts';

describe('what a site says of a doctype', () => {
  const GETDOCTYPE = '/api/method/frappe.desk.form.load.getdoctype?doctype=';
  const answering = (response: Response) =>
    createSite(({ path }) => (path.startsWith(GETDOCTYPE) ? response : undefined)).orders;

  test('is read as this person', async () => {
    const docs = [
      { name: 'Visit', is_submittable: 1, title_field: '', fields: [{ fieldtype: 'Data' }, FULL] },
      { name: 'Row', istable: 1, fields: [] },
    ];
    const FIELD = { fieldname: 'x', fieldtype: 'Data', label: 'X', options: 'Email', hidden: true, reqd: false };
    expect(await answering(json(200, { docs }))['site.meta']({ doctype: 'Visit' })).toEqual({
      doctype: 'Visit',
      titleField: null,
      submittable: true,
      kind: 'documents',
      fields: [
        {
          ...FIELD,
          readOnly: false,
          noCopy: true,
          allowOnSubmit: true,
          unique: false,
          permlevel: 1,
          length: 140,
          custom: { insertAfter: 'status' },
        },
      ],
      tables: { Row: [] },
    });
  });

  test('of one it does not have, or in a shape nobody knows', async () => {
    const ask = (response: Response) => codeOf(answering(response)['site.meta']({ doctype: 'Visit' }));
    expect(await ask(json(500, { exc_type: 'ImportError' }))).toBe('erp-not-found');
    expect(await ask(json(500, { exception: 'ImportError: Module import failed for Visit' }))).toBe('erp-not-found');
    expect(await ask(json(404, { exc_type: 'DoesNotExistError' }))).toBe('erp-not-found');
    expect(await ask(json(500, { exc_type: 'OperationalError' }))).toBe('erp-unreachable');
    expect(await ask(json(200, { docs: [{ name: 'Other', fields: [] }] }))).toBe('erp-unreachable');
    expect(await ask(json(200, { docs: 'none' }))).toBe('erp-unreachable');
    expect(await ask(json(403, { session_expired: 1 }))).toBe('erp-signed-out');
  });
});

const FULL = {
  fieldname: 'x',
  fieldtype: 'Data',
  label: 'X',
  options: 'Email',
  hidden: 1,
  no_copy: 1,
  allow_on_submit: '1',
  permlevel: 1,
  length: 140,
  is_custom_field: 1,
  insert_after: 'status',
};

describe('a search', () => {
  const asking = (body: unknown) => {
    const site = createSite(({ path }) => (path.includes('search_link') ? json(200, body) : undefined));
    return site;
  };

  test('answers alike in every version', async () => {
    const hit = { value: 'bob@contoso.test', description: 'Bob Bhatt' };
    for (const body of [{ results: [hit] }, { message: [{ ...hit, label: hit.value }] }])
      expect(await asking(body).orders['site.search']({ doctype: 'User', text: 'bo' })).toEqual([hit]);
    expect(await asking({}).orders['site.search']({ doctype: 'User', text: 'bo' })).toEqual([]);
  });

  test('for doctypes leaves out rows and settings', async () => {
    const site = asking({ message: [{ value: 'Task', description: null }] });
    expect(await site.orders['site.search']({ doctype: 'DocType', text: 'ta' })).toEqual([
      { value: 'Task', description: '' },
    ]);
    expect(site.asked[0]?.path).toContain('filters={"istable":0,"issingle":0}');
  });

  for (const version of VERSIONS) {
    const answer = recorded(version, 'search_link_user');
    test.skipIf(!answer)(`as ${version} really answers`, async () => {
      const found = await asking(answer?.body).orders['site.search']({ doctype: 'User', text: 'bo' });
      expect(found).toEqual([{ value: 'bob@contoso.test', description: 'Bob Bhatt' }]);
    });
  }
});
