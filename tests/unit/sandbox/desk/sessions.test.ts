import { describe, expect, it } from 'vitest';
import { createSessions } from '../../../sandbox/desk/sessions.ts';
import { FLAVOURS, site } from './fixture.ts';

const PATH = '/api/resource/Event/EV00001';

describe.each(FLAVOURS)('sessions on %s', (flavour) => {
  const prefix = flavour === 'v16' ? '/desk' : '/app';
  const other = flavour === 'v16' ? '/app' : '/desk';

  it("asks every write for the session's token, in the header or in the body", async () => {
    const alice = await site(flavour).login('alice');
    const none = { 'x-frappe-csrf-token': '' };
    for (const method of ['PUT', 'POST', 'DELETE']) {
      const answer = await alice.send(method, method === 'POST' ? '/api/resource/Event' : PATH, {}, none);
      expect([answer.status, answer.body.exc_type]).toEqual([400, 'CSRFTokenError']);
    }
    expect((await alice.send('PUT', PATH, { color: '#111111' })).status).toBe(200);
    // Beside a JSON body Frappe does not look at the query.
    expect((await alice.send('PUT', `${PATH}?csrf_token=${alice.token}`, { color: '#222222' }, none)).status).toBe(400);
    expect((await alice.send('PUT', PATH, { color: '#333333', csrf_token: alice.token }, none)).status).toBe(200);
    expect((await alice.send('GET', PATH, undefined, none)).body.data.color).toBe('#333333');
  });

  it('prints one token for the whole session into the Desk page', async () => {
    const alice = await site(flavour).login('alice');
    const page = (await alice.send('GET', prefix)).body as string;
    expect(/csrf_token\s*=\s*"([^"]+)"/.exec(page)?.[1]).toBe(alice.token);
    expect(alice.token).toMatch(/^[0-9a-f]{56}$/);
    expect(page).toContain('frappe.boot = {"versions"');
  });

  it('refuses a wrong password and a session that was outlived', async () => {
    const here = site(flavour);
    const wrong = await here.guest.send('POST', '/api/method/login', { usr: 'alice@contoso.test', pwd: 'x' });
    expect([wrong.status, wrong.body.message]).toEqual([401, 'Invalid login credentials']);
    const alice = await here.login('alice');
    here.time.now += (flavour === 'v14' ? 216_001 : 612_001) * 1000;
    const answer = await alice.send('GET', PATH);
    expect([answer.status, answer.body.session_expired]).toEqual([403, 1]);
    expect(answer.headers.getSetCookie().some((line) => line.startsWith('sid=; Expires='))).toBe(true);
  });

  it('ends a session at logout', async () => {
    const alice = await site(flavour).login('alice');
    expect((await alice.send('POST', '/api/method/logout')).status).toBe(200);
    expect((await alice.send('GET', PATH)).body.session_expired).toBe(1);
  });

  it('sends guests to the login page and the other prefix to its own', async () => {
    const here = site(flavour);
    const door = await here.guest.send('GET', `${prefix}/event/EV00001`);
    expect([door.status, door.headers.get('location')]).toEqual([
      301,
      `/login?redirect-to=${encodeURIComponent(`${prefix}/event/EV00001`)}`,
    ]);
    const alias = await here.guest.send('GET', `${other}/event?status=Open`);
    expect([alias.status, alias.headers.get('location')]).toEqual([
      301,
      `${prefix}/event${flavour === 'v16' ? '?status=Open' : ''}`,
    ]);
    expect((await here.guest.send('GET', '/login?redirect-to=//evil.test')).body).toContain(`data-target="${prefix}"`);
  });

  it('takes the language from the address and the theme from the person', async () => {
    const alice = await site(flavour).login('alice');
    expect((await alice.send('GET', `${prefix}?_lang=ar`)).body).toContain('dir="rtl" lang="ar"');
    await alice.send('PUT', '/api/resource/User/alice@contoso.test', { desk_theme: 'Dark' });
    expect((await alice.send('GET', prefix)).body).toContain('data-theme-mode="dark" data-theme="dark"');
  });
});

it('keeps one login for all sites of the store', () => {
  const sessions = createSessions();
  const { sid, csrfToken } = sessions.open('alice@contoso.test', 0);
  expect(sessions.find(sid, 1000, 60)?.csrfToken).toBe(csrfToken);
  sessions.close('alice@contoso.test');
  expect(sessions.find(sid, 1000, 60)).toBeUndefined();
});
