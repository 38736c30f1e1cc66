import { describe, expect, it } from 'vitest';
import { createFaults } from '../../../sandbox/faults.ts';
import { createLog } from '../../../sandbox/record.ts';
import { surround } from '../../../sandbox/surround.ts';
import { FLAVOURS, type Person, site } from './fixture.ts';

const METHOD = '/api/method/frappe.desk.form.utils';
const PROJECT = { reference_doctype: 'Project', reference_name: 'PROJ-0001' };
const written = (content: string) => ({ content, comment_email: 'bob@contoso.test', comment_by: 'Bob Bhatt' });

async function comment(person: Person, content: string, about: object = PROJECT) {
  return person.send('POST', `${METHOD}.add_comment`, { ...about, ...written(content) });
}

async function timeline(person: Person, doctype = 'Project', name = 'PROJ-0001') {
  const answer = await person.send(
    'GET',
    `/api/method/frappe.desk.form.load.get_docinfo?doctype=${doctype}&name=${name}`,
  );
  return answer.body.docinfo.comments as { name: string; content: string; owner: string; creation: string }[];
}

describe.each(FLAVOURS)('comments on %s', (flavour) => {
  it('are open to whoever may read, and leave `modified` alone', async () => {
    const here = site(flavour);
    const [alice, limited] = [await here.login('alice'), await here.login('limited')];
    const before = (await alice.send('GET', '/api/resource/Project/PROJ-0001')).body.data;
    const made = await comment(limited, 'Hello <b>you</b> & me');
    expect(made.status).toBe(200);
    expect(made.body.message).toMatchObject({
      owner: 'limited@contoso.test',
      comment_email: 'bob@contoso.test',
      content: 'Hello <b>you</b> &amp; me',
    });
    expect((await alice.send('GET', '/api/resource/Project/PROJ-0001')).body.data).toEqual(before);
    const [shown] = await timeline(alice);
    expect(shown).toEqual({
      name: made.body.message.name,
      creation: made.body.message.creation,
      content: 'Hello <b>you</b> &amp; me',
      owner: 'limited@contoso.test',
      comment_type: 'Comment',
      ...(flavour === 'v14' ? {} : { published: 0 }),
    });
  });

  it('may be written on a private Event by a participant who may only read it, from v15 on', async () => {
    const here = site(flavour);
    const [bob, carol] = [await here.login('bob'), await here.login('carol')];
    const about = { reference_doctype: 'Event', reference_name: 'EV00002' };
    expect((await comment(bob, 'x', about)).status).toBe(flavour === 'v14' ? 403 : 200);
    expect((await comment(carol, 'x', about)).status).toBe(403);
  });

  it('may be written on a cancelled document', async () => {
    const here = site(flavour);
    const alice = await here.login('alice');
    const order = '/api/resource/Sales Order/SAL-ORD-2026-00001';
    await alice.send('PUT', order, { docstatus: 1 });
    await alice.send('PUT', order, { docstatus: 2 });
    const about = { reference_doctype: 'Sales Order', reference_name: 'SAL-ORD-2026-00001' };
    expect((await comment(alice, 'Later', about)).status).toBe(200);
    expect((await timeline(alice, 'Sales Order', 'SAL-ORD-2026-00001')).map((one) => one.content)).toEqual([
      '<p>Later</p>\n',
    ]);
  });

  it('may be changed by their owner and Administrator alone, and come in the order of the type', async () => {
    const here = site(flavour);
    const [alice, bob, admin] = [await here.login('alice'), await here.login('bob'), await here.login('admin')];
    const first = (await comment(alice, '<p>one</p>')).body.message;
    const second = (await comment(bob, '<p>two</p>')).body.message;
    const change = { name: first.name, content: '<p data-x="1_2_3" onclick="x">uno</p>' };
    for (const other of [bob, admin]) {
      const refused = await other.send('POST', `${METHOD}.update_comment`, change);
      expect([refused.status, refused.body.exc_type]).toEqual([403, 'PermissionError']);
      expect(refused.body._server_messages).toContain('Comment can only be edited by the owner');
    }
    expect(await alice.send('POST', `${METHOD}.update_comment`, change)).toMatchObject({ status: 200, body: {} });
    const shown = await timeline(alice);
    expect(shown.map(({ name }) => name)).toEqual(
      flavour === 'v16' ? [second.name, first.name] : [first.name, second.name],
    );
    expect(shown.find(({ name }) => name === first.name)).toMatchObject({
      creation: first.creation,
      content: '<p data-x="1_2_3">uno</p>',
    });
    // One that is gone reads like one that is somebody else's, but on v14: Comment is no type an ordinary person may read.
    const gone = await alice.send('POST', `${METHOD}.update_comment`, { name: 'nope', content: '' });
    expect(gone.status).toBe(flavour === 'v14' ? 404 : 403);
  });

  it('are rolled back where a GET changes them, and refuse a GET that adds', async () => {
    const alice = await site(flavour).login('alice');
    const { name } = (await comment(alice, '<p>one</p>')).body.message;
    const query = `name=${name}&content=changed`;
    expect((await alice.send('GET', `${METHOD}.update_comment?${query}`)).status).toBe(200);
    expect((await timeline(alice))[0]?.content).toBe('<p>one</p>');
    const added = await alice.send(
      'GET',
      `${METHOD}.add_comment?${new URLSearchParams({ ...PROJECT, ...written('x') })}`,
    );
    expect(added.status).toBe(403);
    const bare = await alice.send(
      'POST',
      `${METHOD}.add_comment`,
      { ...PROJECT, ...written('x') },
      { 'x-frappe-csrf-token': '' },
    );
    expect([bare.status, bare.body.exc_type]).toEqual([400, 'CSRFTokenError']);
  });

  it('are refused as Python refuses a call without all its arguments', async () => {
    const alice = await site(flavour).login('alice');
    const lacking = await alice.send('POST', `${METHOD}.add_comment`, { ...PROJECT, content: 'x' });
    expect([lacking.status, lacking.body.exception]).toEqual([
      500,
      "TypeError: add_comment() missing 2 required positional arguments: 'comment_email' and 'comment_by'",
    ]);
    const untyped = await alice.send('POST', `${METHOD}.add_comment`, {
      ...PROJECT,
      ...written('x'),
      comment_by: null,
    });
    expect(untyped.status).toBe(flavour === 'v14' ? 200 : 417);
  });

  it('are kept in `_comments` for lists, follow a rename, and go with their document', async () => {
    const here = site(flavour);
    const alice = await here.login('alice');
    const { name } = (
      await comment(alice, 'x'.repeat(120), { reference_doctype: 'Project', reference_name: 'PROJ-0003' })
    ).body.message;
    const kept = () => {
      const { documents } = here.desk.state() as { documents: Record<string, Record<string, string>[]> };
      return documents.Project?.find((one) => one.project_name === 'No members yet')?._comments ?? '[]';
    };
    expect(JSON.parse(kept())).toEqual([{ comment: `${'x'.repeat(97)}...`, by: 'bob@contoso.test', name }]);
    const rename = { doctype: 'Project', old_name: 'PROJ-0003', new_name: 'Launch' };
    await alice.send('POST', '/api/method/frappe.client.rename_doc', rename);
    expect((await timeline(alice, 'Project', 'Launch')).map((one) => one.name)).toEqual([name]);
    const { docinfo } = (
      await alice.send('GET', '/api/method/frappe.desk.form.load.get_docinfo?doctype=Project&name=Launch')
    ).body;
    expect(docinfo.info_logs[0].content).toBe('renamed from <strong>PROJ-0003</strong> to <strong>Launch</strong>');
    await alice.send('DELETE', '/api/resource/Project/Launch');
    const { documents } = here.desk.state() as { documents: Record<string, unknown[]> };
    expect(documents.Comment).toEqual([]);
  });

  it('notify whom they mention, and nobody else', async () => {
    const here = site(flavour);
    const alice = await here.login('alice');
    await comment(alice, '<p>bob@contoso.test <a href="mailto:bob@contoso.test">Bob</a></p>');
    const told = () =>
      (
        (here.desk.state() as { documents: Record<string, { for_user: string }[]> }).documents['Notification Log'] ?? []
      ).map((one) => one.for_user);
    expect(told()).toEqual([]);
    await comment(alice, '<p><span class="mention" data-id="bob@contoso.test" data-value="Bob">@Bob</span></p>');
    expect(told()).toEqual(['bob@contoso.test']);
  });

  it('may show after later ones, where their transaction is slow', async () => {
    const here = site(flavour);
    const alice = await here.login('alice');
    const faults = createFaults();
    faults.add([{ match: 'POST /api/method/frappe.desk.form.utils.add_comment', commitLate: 40, times: 1 }]);
    const log = createLog(undefined);
    const around = surround(here.desk.app, { service: 'erpnext', clock: { now: () => here.time.now }, log, faults });
    const add = (content: string) =>
      around.request(`http://site-${flavour}.test${METHOD}.add_comment`, {
        method: 'POST',
        headers: { cookie: alice.cookie, 'x-frappe-csrf-token': alice.token, 'content-type': 'application/json' },
        body: JSON.stringify({ ...PROJECT, ...written(content) }),
      });
    const slow = add('first');
    await add('second');
    const names = async () => (await timeline(alice)).map(({ content }) => content.trim());
    expect(await names()).toEqual(['<p>second</p>']);
    await slow;
    expect(await names()).toEqual(['<p>second</p>', '<p>first</p>']);
  });

  it('are told to open forms of those who may read', async () => {
    const here = site(flavour);
    const [alice, bob] = [await here.login('alice'), await here.login('bob')];
    const ring = await here.desk.app.request(`http://site-${flavour}.test/sandbox/realtime`, {
      headers: { cookie: bob.cookie },
    });
    const { name } = (await comment(alice, '<p>one</p>')).body.message;
    await alice.send('POST', `${METHOD}.update_comment`, { name, content: '<p>two</p>' });
    await alice.send('PUT', '/api/resource/Project/PROJ-0001', { notes: 'end' });
    const heard: { event: string; data: { action: string; key: string; doc: { content: string } } }[] = [];
    const reader = ring.body!.pipeThrough(new TextDecoderStream()).getReader();
    while (heard.at(-1)?.event !== 'doc_update') {
      const { value = '' } = await reader.read();
      heard.push(...[...value.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json)));
    }
    await reader.cancel();
    const notes = heard.filter(({ event }) => event === 'docinfo_update').map(({ data }) => data);
    expect(notes.map(({ action }) => action)).toEqual(['add', 'update']);
    expect(notes.every(({ key }) => key === 'comments')).toBe(true);
    expect(notes.at(-1)?.doc.content).toBe(flavour === 'v14' ? '<p>one</p>' : '<p>two</p>');
  });

  it('answer an empty list for the form of a document that is gone', async () => {
    const alice = await site(flavour).login('alice');
    const gone = await alice.send('GET', '/api/method/frappe.desk.form.load.getdoc?doctype=Event&name=EV99999');
    expect([gone.status, gone.body]).toEqual([200, { message: [] }]);
  });
});
