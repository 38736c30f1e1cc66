import { describe, expect, it } from 'vitest';
import { FLAVOURS, site } from './fixture.ts';

const EVENT = '/api/resource/Event/EV00001';

describe.each(FLAVOURS)('documents on %s', (flavour) => {
  it('lets exactly one of many win a compare-and-set', async () => {
    const here = site(flavour);
    const people = await Promise.all(['alice', 'bob', 'carol', 'limited'].map((who) => here.login(who)));
    for (let round = 0; round < 25; round += 1) {
      const { modified } = (await people[0]!.send('GET', EVENT)).body.data;
      const answers = await Promise.all(
        people.map((person, index) =>
          person.send('PUT', EVENT, { custom_teams_chat_id: `19:${round}-${index}`, modified }),
        ),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      expect(answers.filter(({ body }) => body.exc_type === 'TimestampMismatchError')).toHaveLength(3);
      const { data } = (await people[0]!.send('GET', EVENT)).body;
      expect(data.custom_teams_chat_id).toBe(won[0]?.body.data.custom_teams_chat_id);
    }
  });

  it('moves `modified` with every save, even of the same values within one millisecond', async () => {
    const alice = await site(flavour).login('alice');
    const stamps = [];
    for (let count = 0; count < 5; count += 1)
      stamps.push((await alice.send('PUT', EVENT, { color: '#111111' })).body.data.modified);
    expect(new Set(stamps).size).toBe(5);
    expect([...stamps].sort()).toEqual(stamps);
    expect(stamps[0]).toMatch(/^2026-11-22 18:00:00\.\d{6}$/);
  });

  it('leaves keys without a value out, and tells null from an empty text', async () => {
    const alice = await site(flavour).login('alice');
    expect((await alice.send('GET', EVENT)).body.data).not.toHaveProperty('custom_teams_chat_id');
    expect((await alice.send('PUT', EVENT, { custom_teams_chat_id: '' })).body.data.custom_teams_chat_id).toBe('');
    expect((await alice.send('PUT', EVENT, { custom_teams_chat_id: null })).body.data).not.toHaveProperty(
      'custom_teams_chat_id',
    );
    const listed = await alice.send(
      'GET',
      '/api/resource/Event?fields=["custom_teams_chat_id"]&filters={"name":"EV00001"}',
    );
    expect(listed.body.data).toEqual([{ custom_teams_chat_id: null }]);
  });

  it('ignores an unknown field and one above permission level 0 without a word', async () => {
    const here = site(flavour);
    const [admin, alice] = [await here.login('admin'), await here.login('alice')];
    const secret = { dt: 'Event', fieldname: 'custom_secret', label: 'Secret', fieldtype: 'Data', permlevel: 1 };
    expect((await admin.send('POST', '/api/resource/Custom Field', secret)).status).toBe(200);
    const answer = await alice.send('PUT', EVENT, { custom_nope: 'x', custom_secret: 'x' });
    expect(answer.status).toBe(200);
    expect(answer.body.data).not.toHaveProperty('custom_nope');
    expect(answer.body.data).not.toHaveProperty('custom_secret');
    const listed = await alice.send(
      'GET',
      '/api/resource/Event?fields=["name","custom_secret"]&filters={"name":"EV00001"}',
    );
    expect(listed.body.data).toEqual([{ name: 'EV00001' }]);
  });

  it('knows a new custom field at once, and lacks the chat field on Project in v14 alone', async () => {
    const here = site(flavour);
    const [admin, alice] = [await here.login('admin'), await here.login('alice')];
    const ask = () => alice.send('GET', '/api/resource/Project?fields=["custom_teams_chat_id"]&limit_page_length=1');
    expect((await ask()).status).toBe(flavour === 'v14' ? 417 : 200);
    const field = {
      dt: 'Project',
      label: 'Teams Chat ID',
      fieldtype: 'Data',
      insert_after: 'status',
      length: 255,
      no_copy: 1,
    };
    const made = await admin.send('POST', '/api/resource/Custom Field', {
      ...field,
      fieldname: 'custom_teams_chat_id',
    });
    expect(made.status).toBe(flavour === 'v14' ? 200 : 417);
    expect((await ask()).status).toBe(200);
    const put = await alice.send('PUT', '/api/resource/Project/PROJ-0001', { custom_teams_chat_id: '19:a' });
    expect(put.body.data.custom_teams_chat_id).toBe('19:a');
    const labelled = await admin.send('POST', '/api/resource/Custom Field', { ...field, label: 'Other Thing' });
    expect(labelled.body.data.name).toBe('Project-custom_other_thing');
  });

  it('finds names with slash, ampersand, umlaut and per cent', async () => {
    const alice = await site(flavour).login('alice');
    const path = `/api/resource/Project/${encodeURIComponent('A/B & Ü 100%')}`;
    expect((await alice.send('GET', path)).body.data.name).toBe('A/B & Ü 100%');
    expect((await alice.send('PUT', path, { notes: 'x' })).status).toBe(200);
  });

  it('guards what is submitted and what is cancelled', async () => {
    const here = site(flavour);
    const [admin, alice] = [await here.login('admin'), await here.login('alice')];
    const order = '/api/resource/Sales Order/SAL-ORD-2026-00001';
    const field = { dt: 'Sales Order', fieldname: 'custom_teams_chat_id', label: 'Chat', fieldtype: 'Data' };
    await admin.send('POST', '/api/resource/Custom Field', field);
    expect((await alice.send('PUT', order, { docstatus: 2 })).status).toBe(417);
    expect((await alice.send('PUT', order, { docstatus: 1 })).body.data.docstatus).toBe(1);
    const refused = await alice.send('PUT', order, { custom_teams_chat_id: 'x' });
    expect(refused.body.exc_type).toBe('UpdateAfterSubmitError');
    expect(refused.body.exception).toContain(
      'Not allowed to change <strong>Chat</strong> after submission from <strong>None</strong> to <strong>x</strong>',
    );
    expect((await alice.send('PUT', order, { po_no: 'PO 1' })).status).toBe(200);
    expect((await alice.send('DELETE', order)).status).toBe(417);
    expect((await alice.send('PUT', order, { docstatus: 2 })).status).toBe(200);
    const cancelled = await alice.send('PUT', order, { po_no: 'PO 2' });
    expect(cancelled.body.exception).toBe('frappe.exceptions.ValidationError: Cannot edit cancelled document');
    expect('exc_type' in cancelled.body).toBe(flavour !== 'v14');
  });

  it("creates with the next name, fills in people's e-mails, deletes", async () => {
    const alice = await site(flavour).login('alice');
    const made = await alice.send('POST', '/api/resource/Event', {
      subject: 'New',
      event_type: 'Public',
      starts_on: '2026-12-20 10:00:00',
      ends_on: '2026-12-20 10:00:00',
      event_participants: [
        { reference_doctype: 'Customer', reference_docname: 'Fabrikam Ltd' },
        { reference_doctype: 'Employee', reference_docname: 'HR-EMP-00001' },
      ],
    });
    expect(made.body.data.name).toBe('EV00008');
    expect(made.body.data.event_participants.map((row: { email?: string }) => row.email)).toEqual(
      ['dora@fabrikam.test', undefined].map((one) => one ?? (flavour === 'v14' ? null : undefined)),
    );
    expect(made.body.data.ends_on ?? null).toBeNull();
    expect((await alice.send('DELETE', '/api/resource/Event/EV00008')).status).toBe(403);
    const project = await alice.send('POST', '/api/resource/Project', {
      project_name: 'Short',
      users: [{ user: 'bob@contoso.test' }],
    });
    expect(project.body.data.users[0].full_name).toBe('Bob Bhatt');
    expect((await alice.send('DELETE', `/api/resource/Project/${project.body.data.name}`)).status).toBe(202);
    expect((await alice.send('GET', `/api/resource/Project/${project.body.data.name}`)).status).toBe(404);
  });

  it('refuses ISO times as the database does', async () => {
    const alice = await site(flavour).login('alice');
    const answer = await alice.send('PUT', EVENT, { starts_on: '2026-12-01T08:00:00Z', ends_on: null });
    expect(answer.status).toBe(500);
    expect(answer.body.exception).toContain('OperationalError');
  });

  it('saves a form as Desk does, a new one with its local name', async () => {
    const alice = await site(flavour).login('alice');
    const doc = {
      doctype: 'Event',
      name: 'new-event-abcdefghij',
      __islocal: 1,
      __unsaved: 1,
      subject: 'By hand',
      event_type: 'Public',
      starts_on: '2026-12-21 10:00:00',
    };
    const first = await alice.send('POST', '/api/method/frappe.desk.form.save.savedocs', {
      doc: JSON.stringify(doc),
      action: 'Save',
    });
    expect(first.body.docs[0]).toMatchObject({ name: 'EV00008', localname: 'new-event-abcdefghij' });
    const again = { doc: JSON.stringify({ ...first.body.docs[0], subject: 'Twice' }), action: 'Save' };
    expect((await alice.send('POST', '/api/method/frappe.desk.form.save.savedocs', again)).status).toBe(200);
    expect((await alice.send('POST', '/api/method/frappe.desk.form.save.savedocs', again)).body.exc_type).toBe(
      'TimestampMismatchError',
    );
  });

  it('renames where the type allows it and keeps `modified`', async () => {
    const alice = await site(flavour).login('alice');
    const { modified } = (await alice.send('GET', '/api/resource/Project/PROJ-0002')).body.data;
    const rename = { doctype: 'Project', old_name: 'PROJ-0002', new_name: 'Roll/Out' };
    expect((await alice.send('POST', '/api/method/frappe.client.rename_doc', rename)).body.message).toBe('Roll/Out');
    expect((await alice.send('GET', '/api/resource/Project/Roll%2FOut')).body.data.modified).toBe(modified);
    expect(
      (
        await alice.send('POST', '/api/method/frappe.client.rename_doc', {
          doctype: 'Event',
          old_name: 'EV00001',
          new_name: 'X',
        })
      ).status,
    ).toBe(417);
  });

  it('lets links follow a rename, and keeps what is linked from being deleted', async () => {
    const alice = await site(flavour).login('alice');
    await alice.send('POST', '/api/method/frappe.client.rename_doc', {
      doctype: 'Project',
      old_name: 'PROJ-0001',
      new_name: 'Launch',
    });
    expect((await alice.send('GET', '/api/resource/Task/TASK-2026-00001')).body.data.project).toBe('Launch');
    const refused = await alice.send('DELETE', '/api/resource/Project/Launch');
    expect([refused.status, refused.body.exc_type]).toEqual([417, 'LinkExistsError']);
    for (const name of ['TASK-2026-00001', 'TASK-2026-00002']) await alice.send('DELETE', `/api/resource/Task/${name}`);
    expect((await alice.send('DELETE', '/api/resource/Project/Launch')).status).toBe(202);
  });

  it('gives the newest name of a series to the next document, where the newest was deleted', async () => {
    const here = site(flavour);
    const [admin, alice] = [await here.login('admin'), await here.login('alice')];
    const event = { subject: 'New', event_type: 'Public', starts_on: '2026-12-20 10:00:00' };
    const make = async () => (await alice.send('POST', '/api/resource/Event', event)).body.data.name;
    expect([await make(), await make()]).toEqual(['EV00008', 'EV00009']);
    await admin.send('DELETE', '/api/resource/Event/EV00008');
    expect(await make()).toBe('EV00010');
    await admin.send('DELETE', '/api/resource/Event/EV00010');
    expect(await make()).toBe('EV00010');
  });

  it('tells of an assignment in lists and around the form, and leaves the document alone', async () => {
    const alice = await site(flavour).login('alice');
    const before = (await alice.send('GET', EVENT)).body.data;
    await alice.send('POST', '/api/method/frappe.desk.form.assign_to.add', {
      doctype: 'Event',
      name: 'EV00001',
      assign_to: ['bob@contoso.test'],
    });
    expect((await alice.send('GET', EVENT)).body.data).toEqual(before);
    const path = '/api/method/frappe.desk.form.load.get_docinfo?doctype=Event&name=EV00001';
    const { docinfo } = (await alice.send('GET', path)).body;
    expect(docinfo.assignments).toMatchObject([{ owner: 'bob@contoso.test', status: 'Open' }]);
    expect(docinfo.assignment_logs[0].content).toBe('Alice Anders assigned Bob Bhatt: Assignment for Event EV00001');
    expect(docinfo.comments).toEqual([]);
    const filter = encodeURIComponent('[["_assign","like","%bob@contoso.test%"]]');
    const listed = await alice.send('GET', `/api/resource/Event?fields=["name","_assign"]&filters=${filter}`);
    expect(listed.body.data).toEqual([{ name: 'EV00001', _assign: '["bob@contoso.test"]' }]);
  });

  it('refuses a deletion in its own words', async () => {
    const alice = await site(flavour).login('alice');
    const { status, body } = await alice.send('DELETE', '/api/resource/Event/EV00001');
    expect([status, body.exc_type]).toEqual([403, 'PermissionError']);
    if (flavour !== 'v16')
      expect(body.exception).toBe('frappe.exceptions.PermissionError: User not allowed to delete Event: EV00001');
  });

  it('goes back to its seed', async () => {
    const here = site(flavour);
    const alice = await here.login('alice');
    await alice.send('PUT', EVENT, { subject: 'Changed' });
    here.desk.reset();
    expect((await alice.send('GET', EVENT)).body.data.subject).toBe('Quarterly review');
    const state = here.desk.state() as { documents: Record<string, { users?: unknown[]; name: string }[]> };
    expect(state.documents.Project?.find(({ name }) => name === 'PROJ-BIG')?.users).toHaveLength(260);
  });
});
