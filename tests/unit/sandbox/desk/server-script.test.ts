import { describe, expect, it } from 'vitest';
import type { Flavour } from '../../../sandbox/desk/flavour.ts';
import { FLAVOURS, type Person, type Reply, site } from './fixture.ts';

const ENABLED = '/api/method/frappe.core.doctype.server_script.server_script.enabled';
const RESOURCE = '/api/resource/Server Script';
const NAMED = { name: 'bell', script_type: 'API', api_method: 'deskside_x1', allow_guest: 1 };

/** A site whose scripts run, and its administrator. */
async function place(flavour: Flavour) {
  const here = site(flavour);
  here.desk.set({ serverScripts: true });
  const admin = await here.login('admin');
  const install = (script: string, more: object = {}) => admin.send('POST', RESOURCE, { ...NAMED, script, ...more });
  const ring = (body?: unknown, query = '', headers = {}) =>
    here.guest.send('POST', `/api/method/deskside_x1${query}`, body, headers);
  const run = async (script: string): Promise<Reply> => {
    await admin.send('DELETE', `${RESOURCE}/bell`);
    await install(script);
    return ring({ value: [{ clientState: 's' }], n: 3 });
  };
  return { ...here, admin, install, ring, run };
}
const bell = async (admin: Person) =>
  (await admin.send('POST', '/api/resource/Note', { title: 'Deskside bell', public: 1 })).body.data.name as string;

/** Everything that reaches a person's open pages while `act` runs, and a moment after. */
async function hearing(here: Awaited<ReturnType<typeof place>>, person: Person, act: () => Promise<unknown>) {
  const path = `http://site.test/sandbox/realtime`;
  const stream = await here.desk.app.request(path, { headers: { cookie: person.cookie } });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  await reader.read();
  await act();
  await person.send('PUT', '/api/resource/Event/EV00007', { color: '#123456' });
  const heard: { event: string; data: Record<string, string> }[] = [];
  while (heard.at(-1)?.data.name !== 'EV00007') {
    const { value = '' } = await reader.read();
    heard.push(...[...value.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json)));
  }
  await reader.cancel();
  return heard.filter(({ data }) => data.name !== 'EV00007');
}

const BELL = `
# answers Graph's question, rings for whoever knows the word
token = frappe.request.args.get("validationToken")
if token:
    frappe.response["type"] = "download"
    frappe.response["filecontent"] = token
    frappe.response["filename"] = "token.txt"
    frappe.response["content_type"] = "text/plain"
    frappe.response["display_content_as"] = "inline"
else:
    rings = False
    for item in frappe.form_dict.get("value") or []:
        if item.get("clientState") == "s":
            rings = True
    if rings:
        frappe.get_doc("Note", "NOTE").notify_update()
    frappe.response["message"] = "ok"
`;

describe.each(FLAVOURS)('Server Scripts on %s', (flavour) => {
  const old = flavour === 'v14';

  it('are a Script Manager’s to make, and no System Manager’s by itself', async () => {
    const here = await place(flavour);
    const [sysop, alice] = [await here.login('sysop'), await here.login('alice')];
    for (const person of [sysop, alice])
      expect((await person.send('POST', RESOURCE, { ...NAMED, script: 'pass' })).status).toBe(403);
    const made = await here.install('pass');
    expect(made.body.data).toMatchObject({ name: 'bell', allow_guest: 1, disabled: 0, script: 'pass' });
    expect(made.body._server_messages).toBeUndefined();
    expect((await alice.send('GET', `${RESOURCE}/bell`)).status).toBe(403);
    expect((await here.install('pass')).body.exc_type).toBe('DuplicateEntryError');
    expect((await here.install('pass', { name: '' })).status).toBe(417);
    expect((await here.install('', { name: 'b' })).body.exception).toContain('MandatoryError');
    expect((await here.install('pass', { name: 'b', script_type: 'Macro' })).status).toBe(417);
    expect((await here.admin.send('DELETE', `${RESOURCE}/bell`)).status).toBe(202);
    expect((await here.ring({})).status).toBe(417);
  });

  it('answer Graph’s handshake exactly, and ring for those who may read the bell', async () => {
    const here = await place(flavour);
    const note = await bell(here.admin);
    await here.install(BELL.replace('NOTE', note));
    const token = 'Validation: Testing é & Request-Id: 1';
    const shaken = await here.guest.send(
      'POST',
      `/api/method/deskside_x1?${new URLSearchParams({ validationToken: token })}`,
      undefined,
      { 'content-type': 'text/plain; charset=utf-8' },
    );
    expect([shaken.status, shaken.headers.get('content-type'), shaken.body]).toEqual([
      200,
      'text/plain; charset=utf-8',
      token,
    ]);
    expect(shaken.headers.get('content-disposition')).toBe('inline; filename=token.txt');
    const bob = await here.login('bob');
    const heard = await hearing(here, bob, async () => {
      expect((await here.ring({ value: [{ clientState: 's' }] })).body).toEqual({ message: 'ok' });
    });
    expect(heard).toEqual([
      { event: 'doc_update', data: { modified: expect.any(String), doctype: 'Note', name: note } },
      { event: 'list_update', data: { doctype: 'Note', name: note, user: 'Guest' } },
    ]);
    expect(await hearing(here, bob, () => here.ring({ value: [{ clientState: 'forged' }] }))).toEqual([]);
    // What a GET does is taken back.
    const got = await hearing(here, bob, () =>
      here.guest.send('GET', '/api/method/deskside_x1?value=x').then(({ status }) => expect(status).toBe(500)),
    );
    expect(got).toEqual([]);
  });

  it('do not run where they are switched off, which each version says in its own words', async () => {
    const here = await place(flavour);
    const { switches } = here.desk.state() as { switches: { serverScripts: boolean } };
    expect(switches.serverScripts).toBe(true);
    here.desk.set({ serverScripts: false });
    expect((await here.install('pass')).status).toBe(200);
    const refused = await here.ring({});
    expect([refused.status, refused.body.exc_type]).toEqual([403, 'ServerScriptNotEnabled']);
    expect(refused.body.exception).toMatch(/^frappe\.utils\.safe_exec\.ServerScriptNotEnabled: /);
    expect(refused.body._server_messages).toContain(
      old ? 'Please Enable Server Scripts' : 'Server Scripts are disabled',
    );
    const asked = await here.admin.send('GET', ENABLED);
    expect([asked.status, asked.body.message]).toEqual(old ? [417, undefined] : [200, false]);
    if (!old) expect((await (await here.login('alice')).send('GET', ENABLED)).body).toEqual({});
    here.desk.reset();
    expect((here.desk.state() as { switches: object }).switches).toEqual({ serverScripts: old, socket: true });
  });

  it('keep a Guest out where they are not for guests, and are not there when disabled', async () => {
    const here = await place(flavour);
    await here.install('frappe.response["message"] = frappe.session.user', { allow_guest: 0 });
    expect((await here.ring({})).status).toBe(403);
    const bob = await here.login('bob');
    expect((await bob.send('POST', '/api/method/deskside_x1', {})).body.message).toBe('bob@contoso.test');
    const bare = await bob.send('POST', '/api/method/deskside_x1', {}, { 'x-frappe-csrf-token': '' });
    expect(bare.body.exc_type).toBe('CSRFTokenError');
    await here.admin.send('PUT', `${RESOURCE}/bell`, { disabled: 1 });
    const gone = await bob.send('POST', '/api/method/deskside_x1', {});
    expect([gone.status, gone.body.exc_type]).toEqual([417, 'ValidationError']);
    expect(gone.body.exception).toContain('Failed to get method for command deskside_x1');
  });

  it('see of a JSON body the body alone, of anything else the query', async () => {
    const here = await place(flavour);
    await here.install(
      'frappe.response["message"] = [frappe.form_dict.get("a"), args.b, frappe.request.args.get("a")]',
    );
    expect((await here.ring({ b: 2 }, '?a=1')).body.message).toEqual([null, 2, '1']);
    const plain = await here.ring(undefined, '?a=1&b=2');
    expect(plain.body.message).toEqual(['1', '2', '1']);
  });

  it.each([
    ['import json', 'ImportError', '__import__ not found'],
    ['x = frappe._cache', 'SyntaxError', '"_cache" is an invalid attribute name because it starts with "_".'],
    ['_x = 1', 'SyntaxError', '"_x" is an invalid variable name because it starts with "_"'],
    [
      'frappe.response.n = 1\nfrappe.response.n += 1',
      'SyntaxError',
      'Augmented assignment of attributes is not allowed.',
    ],
    ['d = {}\nd["a"] += 1', 'SyntaxError', 'Augmented assignment of object items and slices is not allowed.'],
    ['eval("1")', 'SyntaxError', 'Eval calls are not allowed.'],
    ['if True\n    pass', 'SyntaxError', "expected ':'"],
  ])('are kept with a warning, or fail, as RestrictedPython wants: %s', async (script, type, words) => {
    const here = await place(flavour);
    const made = await here.install(script);
    expect(made.status).toBe(200);
    if (type === 'SyntaxError') expect(made.body._server_messages).toContain('Compilation warning');
    const failed = await here.ring({});
    expect([failed.status, failed.body.exc_type ?? type]).toEqual([500, type]);
    expect(failed.body.exception).toContain(words);
  });

  it.each([
    ['frappe.publish_realtime("x")', 'AttributeError', "module has no attribute 'publish_realtime'"],
    ['frappe.cache().get("x")', 'AttributeError', "module has no attribute 'cache'"],
    ['frappe.local.response.http_status_code = 1', 'AttributeError', "has no attribute 'http_status_code'"],
    ['frappe.response["message"] = nobody', 'NameError', "name 'nobody' is not defined"],
    ['"{}".format(1)', 'SyntaxError', 'format is an unsafe attribute'],
    ['x = {"_a": 1}\ny = x["_a"]', 'SyntaxError', 'Key starts with _'],
    ['x = None\nx.y()', 'TypeError', "'NoneType' object is not callable"],
    ['frappe.form_dict["none"]', 'KeyError', "'none'"],
    ['while True:\n    pass', 'NotImplementedError', 'does not know "while"'],
    ['frappe.sendmail()', 'NotImplementedError', 'does not know frappe.sendmail'],
    ['frappe.db.get_value("Note", {"title": "x"}, "nope")', 'none', ''],
  ])('fail when they run: %s', async (script, type, words) => {
    const { run } = await place(flavour);
    const failed = await run(script);
    if (type === 'none') expect(failed.body).toEqual({});
    else {
      expect(failed.status).toBe(500);
      expect(failed.body.exc_type ?? failed.body.exception).toContain(type);
      expect(failed.body.exception ?? '').toContain(words);
    }
  });

  it('find no document that is not there; of a type that a Guest may not read v15 and v16 say that', async () => {
    const { status } = await (await place(flavour)).run('frappe.get_doc("Note", "none")');
    expect(status).toBe(old ? 404 : 403);
  });

  it('count up, print and hash from v15 on alone', async () => {
    const { run } = await place(flavour);
    for (const [script, name] of [
      ['n = 1\nn += 2\nfrappe.response["message"] = n', '_inplacevar_'],
      ['print("x")\nfrappe.response["message"] = 3', 'print'],
    ]) {
      const { status, body } = await run(String(script));
      if (old) expect([status, body.exception]).toEqual([500, `NameError: name '${name}' is not defined`]);
      else expect(body.message).toBe(3);
    }
    const hashed = await run('frappe.response["message"] = frappe.utils.sha256_hash("a")');
    if (old) expect(hashed.body.exception).toContain("module has no attribute 'sha256_hash'");
    else expect(hashed.body.message).toMatch(/^ca978112/);
  });

  it('understand the Python that a bell needs', async () => {
    const { run } = await place(flavour);
    const out = async (expression: string) => (await run(`frappe.response["message"] = ${expression}`)).body.message;
    expect(await out('[1 + 2 * 3, 7 // 2, 7 % 4, -1 if 1 > 2 else "b", not [], None or "x", 1 < 2 < 3]')).toEqual([
      7,
      3,
      3,
      'b',
      true,
      'x',
      true,
    ]);
    expect(
      await out('[" A b ".strip().lower(), "a,b".split(","), "-".join(["x", "y"]), "ab"[1:], "%s!" % "z"]'),
    ).toEqual(['a b', ['a', 'b'], 'x-y', 'b', 'z!']);
    expect(
      await out('[str(None), int("4"), len("é"), isinstance({}, dict), isinstance("", (list, str)), "a" in "ab"]'),
    ).toEqual(['None', 4, 1, true, true, true]);
    expect(await out('json.loads(\'{"a": [1, null]}\')["a"]')).toEqual([1, null]);
    expect(await out('frappe.form_dict.value[0].get("clientState") + str(frappe.form_dict.n)')).toBe('s3');
    const loop =
      'out = []\nfor x in range(5):\n    if x == 1: continue\n    if x > 3:\n        break\n    out.append(x)\nfrappe.response["message"] = out';
    expect((await run(loop)).body.message).toEqual([0, 2, 3]);
    expect((await run('frappe.flags.rang = True')).body).toEqual({ message: { rang: true } });
    const told = await run('frappe.response.http_status_code = 429\nfrappe.response["message"] = "later"');
    expect([told.status, told.body]).toEqual([429, { message: 'later' }]);
  });

  it('throw with the status of what they throw', async () => {
    const { run } = await place(flavour);
    const plain = await run('frappe.throw("No")');
    expect([plain.status, plain.body.exc_type]).toEqual([417, 'ValidationError']);
    const refused = await run('frappe.throw("No", frappe.PermissionError)');
    expect([refused.status, refused.body.exception]).toEqual([403, 'frappe.exceptions.PermissionError: No']);
    expect((await run('frappe.throw("Slow", frappe.RateLimitExceededError)')).status).toBe(429);
  });

  it('read and write the database past all rights, for good only at the end', async () => {
    const here = await place(flavour);
    const note = await bell(here.admin);
    const path = `/api/resource/Note/${note}`;
    const limit = `
last = frappe.db.get_value("Note", "${note}", "content")
due = True
if last and last.startswith("2"):
    due = frappe.utils.time_diff_in_seconds(frappe.utils.now(), last) >= 1
if due:
    frappe.db.set_value("Note", "${note}", "content", frappe.utils.now(), update_modified=False)
frappe.response["message"] = due`;
    expect((await here.run(limit)).body.message).toBe(true);
    expect((await here.run(limit)).body.message).toBe(false);
    here.time.now += 1_500;
    expect((await here.run(limit)).body.message).toBe(true);
    const { data } = (await here.admin.send('GET', path)).body;
    expect(data.content).toBe('2026-11-22 18:00:01.500000');
    expect(data.modified).toBe(data.creation);
    await here.run(`frappe.db.set_value("Note", "${note}", "content", "gone")\nfrappe.throw("x")`);
    expect((await here.admin.send('GET', path)).body.data.content).toBe(data.content);
    await here.run(
      `frappe.get_doc("Note", "${note}").db_set("content", "kept")\nfrappe.db.commit()\nfrappe.throw("x")`,
    );
    const kept = (await here.admin.send('GET', path)).body.data;
    expect([kept.content, kept.modified > data.modified]).toEqual(['kept', true]);
    const read = `d = frappe.get_doc("Note", "${note}")\nfrappe.response["message"] = [d.title, d.name, d.nothing, frappe.db.exists("Note", "x")]`;
    expect((await here.run(read)).body.message).toEqual(['Deskside bell', note, null, null]);
  });

  it('have a limit of their own by address, from v15 on', async () => {
    const here = await place(flavour);
    await here.install('pass', { enable_rate_limit: 1, rate_limit_count: 2, rate_limit_seconds: 60 });
    const from = (ip: string) => here.ring({}, '', { 'x-forwarded-for': ip });
    expect([(await from('1.1.1.1')).status, (await from('1.1.1.1')).status]).toEqual([200, 200]);
    const third = await from('1.1.1.1');
    expect([third.status, third.body.exc_type]).toEqual(old ? [200, undefined] : [429, 'RateLimitExceededError']);
    expect((await from('2.2.2.2')).status).toBe(200);
    here.time.now += 60_000;
    expect((await from('1.1.1.1')).status).toBe(200);
  });
});

describe('the socket of a site', () => {
  it('can be down: streams end, and none begins', async () => {
    const here = await place('v15');
    const bob = await here.login('bob');
    const listen = () =>
      here.desk.app.request('http://site.test/sandbox/realtime', { headers: { cookie: bob.cookie } });
    const reader = (await listen()).body!.getReader();
    await reader.read();
    here.desk.set({ socket: false });
    expect((await reader.read()).done).toBe(true);
    expect((await listen()).status).toBe(503);
    here.desk.set({ socket: true });
    expect((await listen()).status).toBe(200);
    expect(() => here.desk.set({ sockets: true } as object)).toThrow('No switch "sockets"');
  });
});
