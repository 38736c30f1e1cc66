import { describe, expect, it } from 'vitest';
import type { Flavour } from '../../../sandbox/desk/flavour.ts';
import { FLAVOURS, site } from './fixture.ts';

const PRIVATE = '/api/resource/Event/EV00002';
const later: Flavour[] = ['v15', 'v16'];

/** Status of a GET and of a PUT, for each person: facts/erpnext.md 7. */
const TABLE: { who: string; path: string; put: object; get: number | 'v14 403'; write: number }[] = [
  { who: 'limited', path: '/api/resource/Event/EV00001', put: { color: '#111111' }, get: 200, write: 200 },
  { who: 'alice', path: PRIVATE, put: { color: '#111111' }, get: 200, write: 200 },
  { who: 'bob', path: PRIVATE, put: { color: '#111111' }, get: 'v14 403', write: 403 },
  { who: 'carol', path: PRIVATE, put: { color: '#111111' }, get: 403, write: 403 },
  { who: 'admin', path: PRIVATE, put: { color: '#111111' }, get: 403, write: 403 },
  { who: 'carol', path: '/api/resource/Project/PROJ-0001', put: { status: 'Open' }, get: 200, write: 200 },
  { who: 'limited', path: '/api/resource/Project/PROJ-0001', put: { status: 'Open' }, get: 200, write: 403 },
  { who: 'bob', path: '/api/resource/User/bob@contoso.test', put: { mute_sounds: 1 }, get: 200, write: 200 },
  { who: 'bob', path: '/api/resource/User/alice@contoso.test', put: { mute_sounds: 1 }, get: 403, write: 403 },
  { who: 'admin', path: '/api/resource/User/alice@contoso.test', put: { mute_sounds: 1 }, get: 200, write: 200 },
];

describe.each(FLAVOURS)('permissions on %s', (flavour) => {
  it.each(TABLE)('$who at $path', async ({ who, path, put, get, write }) => {
    const person = await site(flavour).login(who);
    const expected = get === 'v14 403' ? (flavour === 'v14' ? 403 : 200) : get;
    expect((await person.send('GET', path)).status).toBe(expected);
    expect((await person.send('PUT', path, put)).status).toBe(write);
    const [, , , doctype = '', name = ''] = path.split('/');
    const asked = await person.send(
      'GET',
      `/api/method/frappe.client.has_permission?doctype=${doctype}&docname=${name}&perm_type=write`,
    );
    expect(asked.body.message.has_permission).toBe(write === 200);
  });

  it('lets participants write a private Event that its owner shared with them', async () => {
    const here = site(flavour);
    const [alice, bob] = [await here.login('alice'), await here.login('bob')];
    const share = { doctype: 'Event', name: 'EV00002', user: 'bob@contoso.test', read: 1, write: 1 };
    expect((await bob.send('POST', '/api/method/frappe.share.add', share)).status).toBe(403);
    expect((await alice.send('POST', '/api/method/frappe.share.add', share)).status).toBe(200);
    expect((await bob.send('PUT', PRIVATE, { color: '#111111' })).status).toBe(200);
  });

  it('lists private Events for those who may read them alone', async () => {
    const here = site(flavour);
    const names = async (who: string) => {
      const { body } = await (await here.login(who)).send('GET', '/api/resource/Event?limit_page_length=0');
      return (body.data as { name: string }[]).map(({ name }) => name);
    };
    expect(await names('alice')).toContain('EV00002');
    expect((await names('bob')).includes('EV00002')).toBe(later.includes(flavour));
    expect(await names('carol')).not.toContain('EV00002');
  });

  it('finds no document, and no type, in the words of its version', async () => {
    const here = site(flavour);
    const [alice, limited, admin] = [await here.login('alice'), await here.login('limited'), await here.login('admin')];
    const told = async (person: typeof alice, path: string) => {
      const { status, body } = await person.send('GET', path);
      return [status, body.exc_type];
    };
    const missing = [404, 'DoesNotExistError'];
    const refused = [403, 'PermissionError'];
    expect(await told(alice, '/api/resource/Project/PROJ-9999')).toEqual(missing);
    // Who may not read Tasks at all is told that, from v15 on, whether or not there is such a one.
    expect(await told(limited, '/api/resource/Task/TASK-9999')).toEqual(flavour === 'v14' ? missing : refused);
    for (const path of [
      '/api/resource/Nope',
      '/api/method/frappe.client.get_list?doctype=Nope',
      '/api/method/frappe.client.get_count?doctype=Nope',
      '/api/method/frappe.desk.form.load.getdoctype?doctype=Nope',
    ]) {
      expect(await told(alice, path)).toEqual(flavour === 'v14' ? missing : refused);
      expect(await told(admin, path)).toEqual(missing);
    }
    expect((await alice.send('GET', '/api/resource/Nope/x')).status).toBe(500);
  });

  it('lists people for everyone, Contacts on v14 alone, Employees for nobody ordinary', async () => {
    const bob = await site(flavour).login('bob');
    const users = await bob.send(
      'GET',
      '/api/resource/User?fields=["name","email","full_name"]&filters=[["name","in",["alice@contoso.test","frank@contoso.test"]]]',
    );
    expect(users.body.data).toHaveLength(2);
    const contacts = await bob.send('GET', '/api/resource/Contact?limit_page_length=0');
    expect(contacts.status).toBe(200);
    expect(contacts.body.data.length > 0).toBe(flavour === 'v14');
    expect((await bob.send('GET', '/api/resource/Employee')).status).toBe(403);
  });

  it("tells the roles' rights in docinfo, which for a private Event's participant is too much", async () => {
    const bob = await site(flavour).login('bob');
    const answer = await bob.send('GET', '/api/method/frappe.desk.form.load.getdoc?doctype=Event&name=EV00002');
    if (flavour === 'v14') expect(answer.status).toBe(403);
    else expect(answer.body.docinfo.permissions.write).toBe(1);
  });

  it('keeps those without a role out of Desk and of Projects', async () => {
    const nobody = await site(flavour).login('nodesk');
    const page = await nobody.send('GET', flavour === 'v16' ? '/desk' : '/app');
    expect(page.status).toBe(403);
    expect((await nobody.send('GET', '/api/resource/Project/PROJ-0001')).status).toBe(403);
  });
});
