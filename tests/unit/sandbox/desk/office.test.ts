import { describe, expect, it } from 'vitest';
import { FLAVOURS, type Person, site } from './fixture.ts';

const TODO = '/api/resource/ToDo';
const ABOUT = { reference_type: 'Project', reference_name: 'PROJ-0001' };
const docinfo = async (person: Person, doctype = 'Project', name = 'PROJ-0001') => {
  const path = `/api/method/frappe.desk.form.load.get_docinfo?doctype=${doctype}&name=${name}`;
  return (await person.send('GET', path)).body.docinfo;
};

describe.each(FLAVOURS)('ToDo on %s', (flavour) => {
  it('is made for oneself or in one’s own name, and shows with its document', async () => {
    const here = site(flavour);
    const [alice, bob] = [await here.login('alice'), await here.login('bob')];
    const before = (await alice.send('GET', '/api/resource/Project/PROJ-0001')).body.data;
    const made = await alice.send('POST', TODO, {
      ...ABOUT,
      description: '<p>Ask the printer</p>',
      allocated_to: 'bob@contoso.test',
      assigned_by: 'alice@contoso.test',
      date: '2026-11-30',
      priority: 'High',
    });
    expect([made.status, made.body.data.status, made.body.data.priority]).toEqual([200, 'Open', 'High']);
    const info = await docinfo(alice);
    expect(info.assignments).toEqual([
      { name: made.body.data.name, owner: 'bob@contoso.test', description: '<p>Ask the printer</p>', status: 'Open' },
    ]);
    expect(info.assignment_logs[0].content).toContain('Alice Anders assigned Bob Bhatt');
    // The document itself is not touched.
    expect((await alice.send('GET', '/api/resource/Project/PROJ-0001')).body.data).toEqual(before);
    expect((await bob.send('GET', `${TODO}/${made.body.data.name}`)).status).toBe(200);
    await bob.send('PUT', `${TODO}/${made.body.data.name}`, { status: 'Closed' });
    const after = await docinfo(alice);
    expect(after.assignments).toEqual([]);
    expect(after.assignment_logs[0].content).toBe('Bob Bhatt removed their assignment.');
  });

  it('has a day, and is refused for somebody else without one’s own name, without words, and with a broken link', async () => {
    const alice = await site(flavour).login('alice');
    const make = (values: object) => alice.send('POST', TODO, { description: 'x', ...values });
    expect((await make({ allocated_to: 'alice@contoso.test' })).body.data.date).toBe('2026-11-22');
    const nobody = await make({});
    expect([nobody.status, nobody.body.exception]).toEqual([403, 'frappe.exceptions.PermissionError']);
    expect((await make({ allocated_to: 'bob@contoso.test' })).status).toBe(403);
    const own = { allocated_to: 'alice@contoso.test' };
    expect((await make({ ...own, description: '' })).body.exception).toContain('MandatoryError');
    const broken = await make({ ...own, reference_type: 'Project', reference_name: 'PROJ-9' });
    expect([broken.status, broken.body.exc_type]).toEqual([417, 'LinkValidationError']);
    expect((await make({ ...own, priority: 'Urgent' })).status).toBe(417);
  });

  it('is nobody else’s to see, but System Managers’', async () => {
    const here = site(flavour);
    const [alice, carol, admin] = [await here.login('alice'), await here.login('carol'), await here.login('admin')];
    const { name } = (await alice.send('POST', TODO, { description: 'x', allocated_to: 'alice@contoso.test' })).body
      .data;
    const names = async (person: Person) =>
      (await person.send('GET', TODO)).body.data.map((row: { name: string }) => row.name);
    expect((await carol.send('GET', `${TODO}/${name}`)).status).toBe(403);
    expect(await names(carol)).not.toContain(name);
    expect((await admin.send('GET', `${TODO}/${name}`)).status).toBe(200);
    expect(await names(admin)).toContain(name);
    expect((await admin.send('DELETE', `${TODO}/${name}`)).status).toBe(403);
    expect((await alice.send('DELETE', `${TODO}/${name}`)).status).toBe(202);
    expect((await here.guest.send('GET', TODO)).status).toBe(403);
  });

  it('goes with its document', async () => {
    const here = site(flavour);
    const alice = await here.login('alice');
    const about = { reference_type: 'Event', reference_name: 'EV00007' };
    await alice.send('POST', TODO, { ...about, description: 'x', allocated_to: 'alice@contoso.test' });
    const event = (await alice.send('GET', '/api/resource/Event?fields=["name","_assign"]&limit=0')).body.data;
    expect(event.find((row: { name: string }) => row.name === 'EV00007')._assign).toBe('["alice@contoso.test"]');
    const admin = await here.login('admin');
    expect((await admin.send('DELETE', '/api/resource/Event/EV00007')).status).toBe(202);
    const { documents } = here.desk.state() as { documents: Record<string, { reference_name?: string }[]> };
    expect(documents.ToDo?.some((todo) => todo.reference_name === 'EV00007')).toBe(false);
  });
});

describe.each(FLAVOURS)('Task on %s', (flavour) => {
  it('needs a subject and a project that is there, and days within it', async () => {
    const alice = await site(flavour).login('alice');
    const make = (values: object) => alice.send('POST', '/api/resource/Task', values);
    const made = await make({ subject: 'Call', project: 'PROJ-0001', description: '<p>From Teams</p>' });
    expect(made.body.data).toMatchObject({ name: 'TASK-2026-00003', status: 'Open', description: '<p>From Teams</p>' });
    expect((await make({ project: 'PROJ-0001' })).body.exception).toContain('MandatoryError');
    expect((await make({ subject: 'x', project: 'PROJ-9' })).body.exc_type).toBe('LinkValidationError');
    const late = await make({ subject: 'x', project: 'PROJ-0001', exp_end_date: '2027-03-01' });
    expect([late.status, late.body.exc_type]).toEqual([417, flavour === 'v14' ? 'ValidationError' : 'InvalidDates']);
    expect((await make({ subject: 'x', exp_start_date: '2026-12-02', exp_end_date: '2026-12-01' })).status).toBe(417);
    const limited = await site(flavour).login('limited');
    expect((await limited.send('POST', '/api/resource/Task', { subject: 'x' })).status).toBe(403);
  });
});

describe.each(FLAVOURS)('Comment by REST on %s', (flavour) => {
  it('is a System Manager’s to make, shows in the timeline and is told to open forms', async () => {
    const here = site(flavour);
    const [alice, admin] = [await here.login('alice'), await here.login('admin')];
    const values = {
      comment_type: 'Comment',
      reference_doctype: 'Project',
      reference_name: 'PROJ-0001',
      content: '<p>From Teams <script>x</script></p>',
    };
    expect((await alice.send('POST', '/api/resource/Comment', values)).status).toBe(403);
    const made = await admin.send('POST', '/api/resource/Comment', values);
    expect(made.body.data).toMatchObject({ comment_email: 'admin@contoso.test', owner: 'admin@contoso.test' });
    const [shown] = (await docinfo(alice)).comments;
    expect(shown).toMatchObject({ name: made.body.data.name, owner: 'admin@contoso.test' });
    expect(shown.content).not.toContain('<script');
    const listed = await alice.send('GET', '/api/resource/Project?fields=["_comments"]&filters={"name":"PROJ-0001"}');
    expect(listed.body.data[0]._comments).toContain(made.body.data.name);
    await admin.send('POST', '/api/resource/Comment', { ...values, comment_type: 'Info', content: 'noted' });
    expect((await docinfo(alice)).comments).toHaveLength(1);
    expect((await admin.send('POST', '/api/resource/Comment', { ...values, comment_type: 'Chat' })).status).toBe(417);
  });
});

describe.each(FLAVOURS)('Files on %s', (flavour) => {
  const list = (person: Person, doctype: string, name: string) =>
    person.send(
      'GET',
      `/api/resource/File?fields=["file_name","file_url","is_private","file_size"]&filters=${encodeURIComponent(
        JSON.stringify([
          ['attached_to_doctype', '=', doctype],
          ['attached_to_name', '=', name],
        ]),
      )}`,
    );

  it('come with the form and in a list, in the order of the type', async () => {
    const here = site(flavour);
    const limited = await here.login('limited');
    const { attachments } = await docinfo(limited);
    const names = attachments.map((file: { file_name: string }) => file.file_name);
    const expected = ['brief.pdf', 'Preise & Rabatte.xlsx'];
    expect(names).toEqual(flavour === 'v14' ? expected : expected.reverse());
    expect(Object.keys(attachments[0])).toEqual(['name', 'file_name', 'file_url', 'is_private']);
    expect((await list(limited, 'Project', 'PROJ-0001')).body.data).toContainEqual({
      file_name: 'brief.pdf',
      file_url: '/files/brief.pdf',
      is_private: 0,
      file_size: 48_211,
    });
    expect((await here.guest.send('GET', '/api/resource/File')).status).toBe(403);
  });

  it('are listed where the type may be read, and read where the document may', async () => {
    const here = site(flavour);
    const [bob, carol] = [await here.login('bob'), await here.login('carol')];
    const { data } = (await list(carol, 'Event', 'EV00002')).body;
    expect(data).toMatchObject([{ file_url: '/private/files/plan.txt', is_private: 1 }]);
    expect((await carol.send('GET', '/private/files/plan.txt')).status).toBe(403);
    expect((await bob.send('GET', '/private/files/plan.txt')).status).toBe(flavour === 'v14' ? 403 : 200);
    const [row] = (await list(carol, 'Event', 'EV00002')).body.data;
    expect(row.name).toBeUndefined();
    const filters = encodeURIComponent('[["file_name","=","plan.txt"]]');
    const [{ name }] = (await carol.send('GET', `/api/resource/File?filters=${filters}`)).body.data;
    expect((await carol.send('GET', `/api/resource/File/${name}`)).status).toBe(403);
    // A list of private files is no way round a type that one may not read.
    const norole = await here.login('nodesk');
    const seen = (await list(norole, 'Project', 'PROJ-0001')).body.data;
    expect(seen.map((file: { file_name: string }) => file.file_name)).toEqual(['brief.pdf']);
  });

  it('are fetched by their address: private ones with the session alone', async () => {
    const here = site(flavour);
    const alice = await here.login('alice');
    const path = `/private/files/${encodeURIComponent('Preise & Rabatte.xlsx')}`;
    const given = await alice.send('GET', path);
    expect([given.status, String(given.body).length]).toEqual([200, 9_014]);
    const refused = await here.guest.send('GET', path);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect((await alice.send('GET', '/private/files/none.txt')).status).toBe(403);
    const open = await here.guest.send('GET', '/files/brief.pdf');
    expect([open.status, open.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await here.guest.send('GET', '/files/none.pdf')).status).toBe(404);
    expect((await alice.send('POST', '/api/resource/File', { file_url: '/files/x' })).status).toBe(417);
  });
});

describe.each(FLAVOURS)('Note on %s', (flavour) => {
  it('is read by everybody where it is public, which a System Manager alone can make it from v15 on', async () => {
    const here = site(flavour);
    const [alice, bob, admin] = [await here.login('alice'), await here.login('bob'), await here.login('admin')];
    const make = (person: Person, title: string) =>
      person.send('POST', '/api/resource/Note', { title, public: 1, content: 'x' });
    const bell = (await make(admin, 'Bell #1')).body.data;
    expect(bell.name).toMatch(flavour === 'v14' ? /^Bell 1$/ : /^[a-z0-9]{10}$/);
    expect(bell.public).toBe(1);
    const path = `/api/resource/Note/${bell.name}`;
    expect((await bob.send('GET', path)).body.data).toMatchObject({ title: 'Bell #1', public: 1 });
    expect((await here.guest.send('GET', path)).status).toBe(403);
    const own = (await make(alice, 'Mine')).body.data;
    expect(own.public ?? 0).toBe(flavour === 'v14' ? 1 : 0);
    const asBob = await bob.send('GET', `/api/resource/Note/${own.name}`);
    expect(asBob.status).toBe(flavour === 'v14' ? 200 : 403);
    expect((await bob.send('PUT', path, { content: 'mine now' })).status).toBe(flavour === 'v14' ? 200 : 403);
    expect((await bob.send('DELETE', path)).status).toBe(flavour === 'v14' ? 202 : 403);
  });
});
