// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { SHIPPED } from '../../../lib/erpnext/doctypes/registry.ts';
import { asChatId, asDoctype, asOrigin } from '../../../lib/model/ids.ts';
import { recorded, VERSIONS } from './recorded.ts';
import { ALICE, codeOf, createSite, EVENT, eventDocument, json, ORIGIN, SERVER_TIME } from './site.ts';

const READ = '/api/resource/Event/EV00001';
const USERS = {
  data: [
    { name: 'alice@contoso.test', email: 'alice@contoso.test', full_name: 'Alice Anders' },
    { name: 'carol@contoso.test', email: 'c.chen@contoso.test', full_name: 'Carol Chen' },
  ],
};

describe('site.read', () => {
  test('the saved record, with its people followed to their addresses', async () => {
    const { orders, asked } = createSite(({ path }) => {
      if (path === READ) return json(200, { data: eventDocument() });
      if (path === '/api/resource/Employee/HR-EMP-00001')
        return json(200, { data: { employee_name: 'Erik Eng', company_email: 'erik@contoso.test', user_id: null } });
      if (path.startsWith('/api/resource/User?')) return json(200, USERS);
    });
    const record = await orders['site.read']({ ref: EVENT });
    expect(record).toEqual({
      ref: EVENT,
      title: 'Quarterly review',
      modified: '2026-11-22 17:38:20.308472',
      creation: '2026-11-22 17:38:20.308472',
      owner: ALICE,
      docstatus: 0,
      chatField: '',
      hasChatField: true,
      participants: [
        { email: 'bob@contoso.test', name: 'Bob Bhatt', source: 'row' },
        { email: 'erik@contoso.test', name: 'Erik Eng', source: 'row' },
        { email: 'c.chen@contoso.test', name: 'Carol Chen', source: 'row' },
        { email: 'alice@contoso.test', name: 'Alice Anders', source: 'owner' },
      ],
      erpUser: ALICE,
      serverTime: SERVER_TIME,
      url: `${ORIGIN}/app/event/EV00001`,
    });
    expect(asked.filter(({ path }) => path.startsWith('/api/resource/User?'))).toHaveLength(1);
    expect(asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('whom this person may not look up keeps a name and has no address', async () => {
    const { orders } = createSite(({ path }) => {
      if (path === READ) return json(200, { data: eventDocument() });
      if (path.startsWith('/api/resource/User?') || path.includes('Employee'))
        return json(403, { exc_type: 'PermissionError' });
    });
    const { participants } = await orders['site.read']({ ref: EVENT });
    const hiddenIn = { doctype: 'Employee', name: 'HR-EMP-00001' };
    expect(participants).toContainEqual({ email: null, name: 'HR-EMP-00001', source: 'row', hiddenIn });
    expect(participants).toContainEqual({ email: 'carol@contoso.test', name: 'carol@contoso.test', source: 'row' });
  });

  test('behind a customer stands its primary contact, with the primary of its addresses', async () => {
    const customer = { reference_doctype: 'Customer', reference_docname: 'Fabrikam' };
    const people = async (contact: Response) => {
      const { orders } = createSite(({ path }) => {
        if (path === READ) return json(200, { data: eventDocument({ event_participants: [customer] }) });
        if (path === '/api/resource/Customer/Fabrikam')
          return json(200, { data: { customer_name: 'Fabrikam Ltd', customer_primary_contact: 'Dora' } });
        if (path === '/api/resource/Contact/Dora') return contact;
      });
      return (await orders['site.read']({ ref: EVENT })).participants[0];
    };
    const email_ids = [{ email_id: 'old@fabrikam.test' }, { email_id: 'Dora@fabrikam.test', is_primary: 1 }, null];
    expect(await people(json(200, { data: { full_name: 'Dora', email_ids } }))).toEqual({
      email: 'dora@fabrikam.test',
      name: 'Fabrikam Ltd',
      source: 'row',
    });
    expect(await people(json(403, { exc_type: 'PermissionError' }))).toEqual({
      email: null,
      name: 'Fabrikam Ltd',
      source: 'row',
      hiddenIn: { doctype: 'Contact', name: 'Dora' },
    });
  });

  test('assignees are asked of the list, and only where the rule wants them', async () => {
    const rule = { ...SHIPPED[0]!, people: [{ from: 'assignees' as const }] };
    const { orders } = createSite(
      ({ path }) => {
        if (path === READ) return json(200, { data: eventDocument() });
        if (path.startsWith('/api/resource/Event?') && path.includes('_assign'))
          return json(200, { data: [{ _assign: '["carol@contoso.test"]' }] });
        if (path.startsWith('/api/resource/User?')) return json(200, USERS);
      },
      { rules: () => [rule] },
    );
    expect((await orders['site.read']({ ref: EVENT })).participants).toEqual([
      { email: 'c.chen@contoso.test', name: 'Carol Chen', source: 'row' },
    ]);
  });

  test('a document without title is called by its name, with tables of any shape', async () => {
    const { orders } = createSite(({ path }) =>
      path === READ
        ? json(200, { data: eventDocument({ subject: null, event_participants: [null, 7, {}] }) })
        : undefined,
    );
    const record = await orders['site.read']({ ref: EVENT });
    expect(record.title).toBe('EV00001');
    expect(record.participants).toHaveLength(1);
  });

  test.each([
    ['refused list', json(417, { exc_type: 'DataError' }), false],
    ['kept away by its permission level', json(200, { data: [{ name: 'EV00001' }] }), false],
    ['there and empty', json(200, { data: [{ name: 'EV00001', custom_teams_chat_id: null }] }), true],
    ['in no list of this person', json(200, { data: [] }), true],
  ])('an empty field is left out of the answer, so a list tells whether it is there: %s', async (_, answer, there) => {
    const { custom_teams_chat_id: _gone, ...without } = eventDocument();
    const { orders } = createSite(({ path }) => {
      if (path === READ) return json(200, { data: without });
      if (path.startsWith('/api/resource/Event?')) return answer.clone();
    });
    expect((await orders['site.read']({ ref: EVENT })).hasChatField).toBe(there);
  });

  test('failures by what happened', async () => {
    const code = (response: () => Response | Promise<Response>) =>
      codeOf(createSite(() => response()).orders['site.read']({ ref: EVENT }));
    expect(await code(() => json(404, { exc_type: 'DoesNotExistError' }))).toBe('erp-not-found');
    expect(await code(() => json(403, { session_expired: 1 }))).toBe('erp-signed-out');
    expect(await code(() => new Response('<html>Sign in</html>'))).toBe('erp-signed-out');
    expect(await code(() => json(200, { data: { name: 'EV00001' } }))).toBe('erp-unreachable');
    expect(await code(() => Promise.reject(new TypeError('Failed to fetch')))).toBe('erp-unreachable');
  });

  test('another site is never asked', async () => {
    const { orders, asked } = createSite(() => undefined);
    const ref = { ...EVENT, origin: asOrigin('https://other.test') };
    expect(() => orders['site.read']({ ref })).toThrow(/no-tab/);
    expect(asked).toEqual([]);
  });

  for (const version of VERSIONS) {
    const answer = recorded(version, 'get_event_EV00003');
    test.skipIf(!answer)(`${version}: a recorded event with people of five kinds`, async () => {
      const { orders } = createSite(({ path }) =>
        path === READ ? json(200, answer!.body) : path.includes('Employee') ? json(403, {}) : undefined,
      );
      const { participants, title } = await orders['site.read']({ ref: EVENT });
      expect(title).toBe('Fabrikam kickoff');
      const emails = participants.map(({ email }) => email);
      expect(emails).toContain('dora@fabrikam.test');
      expect(emails).toContain('lee@northwind.test');
      expect(participants.filter(({ email }) => email === null)).toHaveLength(1);
    });
    const project = recorded(version, 'get_project');
    test.skipIf(!project)(`${version}: a recorded project`, async () => {
      const { orders } = createSite(({ path }) =>
        path === '/api/resource/Project/PROJ-0001' ? json(200, project!.body) : undefined,
      );
      const ref = { ...EVENT, doctype: asDoctype('Project'), name: 'PROJ-0001' as typeof EVENT.name };
      const { participants } = await orders['site.read']({ ref });
      expect(participants.filter(({ source }) => source === 'row').map(({ name }) => name)).toEqual([
        'Alice Anders',
        'Bob Bhatt',
        'Carol Chen',
      ]);
    });
  }
});

describe('questions', () => {
  test('mayWrite asks the controller too', async () => {
    for (const may of [true, false]) {
      const { orders, asked } = createSite(() => json(200, { message: { has_permission: may } }));
      expect(await orders['site.mayWrite']({ ref: EVENT, right: 'write' })).toBe(may);
      expect(asked[0]?.path).toBe(
        '/api/method/frappe.client.has_permission?doctype=Event&docname=EV00001&perm_type=write',
      );
    }
  });

  test('isAdmin: who may list custom fields; a dead session is no "no"', async () => {
    const ask = (answer: Response) => createSite(() => answer).orders['site.isAdmin']();
    expect(await ask(json(200, { data: [] }))).toBe(true);
    expect(await ask(json(403, { exc_type: 'PermissionError' }))).toBe(false);
    expect(await codeOf(ask(json(403, { session_expired: 1 })))).toBe('erp-signed-out');
  });

  test('linkedTo: over doctypes, without those that lack the field or may not be listed', async () => {
    const { orders } = createSite(({ path }) => {
      if (path.startsWith('/api/resource/Event?'))
        return json(200, { data: [{ name: 'EV00003', custom_teams_chat_id: '19:b@thread.v2' }] });
      if (path.startsWith('/api/resource/Project?')) return json(417, { exc_type: 'DataError' });
    });
    const doctypes = [asDoctype('Project'), asDoctype('Event')];
    const found = await orders['site.linkedTo']({ doctypes, chatIds: [asChatId('19:b@thread.v2')] });
    expect(found).toEqual([{ chatId: '19:b@thread.v2', ref: { ...EVENT, name: 'EV00003' } }]);
  });

  // Frappe without ERPNext has no Project: 404 in v14 and for administrators, 403 else (asked of real 14.81 and 15.101).
  test.each([
    [404, 'DoesNotExistError'],
    [403, 'PermissionError'],
  ])('linkedTo: a doctype that this ERPNext does not have holds none (%i %s)', async (status, exc_type) => {
    const { orders } = createSite(({ path }) =>
      path.startsWith('/api/resource/Project?')
        ? json(status, { exc_type })
        : json(200, { data: [{ name: 'EV00002', custom_teams_chat_id: '19:b@thread.v2' }] }),
    );
    const doctypes = [asDoctype('Event'), asDoctype('Project')];
    const found = await orders['site.linkedTo']({ doctypes, chatIds: [asChatId('19:b@thread.v2')] });
    expect(found.map(({ ref }) => ref.name)).toEqual(['EV00002']);
  });

  test('linkedTo: no answer is not "none"', async () => {
    const { orders } = createSite(() => json(403, { session_expired: 1 }));
    const asking = orders['site.linkedTo']({ doctypes: [asDoctype('Event')], chatIds: [asChatId('19:b')] });
    expect(await codeOf(asking)).toBe('erp-signed-out');
  });

  test('renamed: the one document of this creation, under its new name', async () => {
    const ask = (names: string[]) =>
      createSite(({ path }) => {
        if (path.includes('[["creation","=","2026-11-22 10:00:00.123456"]]'))
          return json(200, { data: names.map((name) => ({ name })) });
      }).orders['site.renamed']({ ref: EVENT, creation: '2026-11-22 10:00:00.123456' });
    expect(await ask(['Summit'])).toEqual({ ...EVENT, name: 'Summit' });
    expect(await ask([]), 'deleted').toBeNull();
    expect(await ask(['A', 'B']), 'imported together').toBeNull();
    expect(await ask([EVENT.name]), 'there again').toBeNull();
  });
});
