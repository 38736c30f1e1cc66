import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FLAVOURS, type Person, site } from './fixture.ts';

/** Recordings of real sites, beside the checkout where there are any. */
const DATA = resolve(import.meta.dirname, '../../../../../shared/data');

interface Recording {
  request: { method: string; url: string; body: string | null };
  status: number;
  headers: Record<string, string[]>;
  body: Record<string, unknown>;
}

/** Who sent it, and the recordings whose answer must be the same word for word (but for stamps, ids and tracebacks). */
const SAME: Record<string, string[]> = {
  alice: [
    'err_404_get_event',
    'err_404_put_event',
    'err_404_doctype',
    'err_417_link_validation',
    'err_417_mandatory',
    'err_417_select',
    'err_417_validation',
    'err_unknown_field_list',
    'err_get_value_unknown_field',
    'err_get_set_value',
    'err_custom_field_list_nonadmin',
    'err_custom_field_create_nonadmin',
    'err_put_stale_modified',
    'set_value_stale_modified',
    'err_savedocs_stale',
    'err_too_long',
    'err_v2_404',
    'v2_method',
    'employee_list',
    'comment_create',
    'comment_list',
    'user_other_get',
    'user_other_put_azure',
    'get_value_missing_doc',
    'get_logged_user',
    'validate_link_user',
  ],
  bob: ['err_403_put_event_as_participant', 'has_permission_event_participant'],
  carol: ['err_403_get_private_event'],
  limited: [
    'err_403_put_no_write_permission',
    'err_403_set_value_no_write_permission',
    'err_403_savedocs',
    'add_comment_no_read',
    'has_permission_method',
  ],
  admin: ['err_404_custom_field', 'err_custom_field_duplicate'],
  Guest: [
    'guest_get_event',
    'guest_get_project',
    'guest_list_project',
    'guest_put_project',
    'guest_get_logged_user',
    'guest_savedocs',
    'guest_ping',
  ],
};
/** Recorded without any cookie; the other guest's requests came with `sid=Guest`. */
const FIRST_VISIT = ['guest_get_event', 'guest_get_project', 'guest_get_logged_user', 'guest_ping'];
const EXPIRED = ['expired_get_event', 'expired_put_event', 'expired_get_logged_user', 'expired_set_value'];

describe.skipIf(!existsSync(DATA))('answers as recorded from real sites', () => {
  for (const flavour of FLAVOURS) {
    const read = (name: string) => JSON.parse(readFileSync(`${DATA}/${flavour}/${name}.json`, 'utf8')) as Recording;
    const check = async (person: Person, name: string) => {
      const { request, status, headers, body } = read(name);
      const url = new URL(request.url);
      const sent = request.body === null ? undefined : JSON.parse(request.body);
      const answer = await person.send(request.method, url.pathname + url.search, sent);
      expect(answer.status).toBe(status);
      expect(plain(answer.body)).toEqual(plain(body));
      expect(Object.keys(answer.body)).toEqual(Object.keys(body));
      expect(cookieNames(answer.headers.getSetCookie())).toEqual(cookieNames(headers['set-cookie'] ?? []));
      for (const name of ['cache-control', 'www-authenticate', 'content-type']) {
        expect(plain(answer.headers.get(name))).toBe(plain(headers[name]?.[0] ?? null));
      }
    };
    for (const [who, names] of Object.entries(SAME)) {
      it.each(names)(`${flavour}: ${who} %s`, async (name) => {
        const here = site(flavour);
        const guest = FIRST_VISIT.includes(name) ? here.guest : here.guestAgain;
        await check(who === 'Guest' ? guest : await here.login(who), name);
      });
    }
    it.each(EXPIRED)(`${flavour}: a dead session %s`, async (name) => {
      const here = site(flavour);
      const alice = await here.login('alice');
      here.sessions.close('alice@contoso.test');
      await check(alice, name);
    });
    it.each(['err_csrf_missing', 'err_csrf_bad'])(`${flavour}: %s`, async (name) => {
      const here = site(flavour);
      const alice = await here.login('alice');
      const send: Person['send'] = (method, path, body) =>
        alice.send(method, path, body, { 'x-frappe-csrf-token': 'wrong' });
      await check({ ...alice, send }, name);
    });
    it.each([
      ['get_event', 'EV00001'],
      ['get_event_EV00004', 'EV00004'],
      ['get_event_EV00007', 'EV00007'],
    ])(`${flavour}: %s has the same keys but for fields nobody reads`, async (name, event) => {
      const alice = await site(flavour).login('alice');
      const answer = await alice.send('GET', `/api/resource/Event/${event}`);
      const recorded = read(name).body.data as Record<string, unknown>;
      expect(Object.keys(answer.body.data).sort()).toEqual(Object.keys(recorded).sort());
      for (const key of [
        'subject',
        'event_type',
        'starts_on',
        'ends_on',
        'status',
        'all_day',
        'owner',
        'description',
      ]) {
        expect(answer.body.data[key]).toEqual(recorded[key]);
      }
    });
  }
});

/** Stamps, ids, ports and tracebacks out, so that two sites can be compared. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/g, 'STAMP')
    .replaceAll(/[0-9a-f]{56}/g, 'ID')
    .replaceAll(/http:\/\/[^/"\\]+/g, 'ORIGIN')
    .replaceAll(/"exc":"(?:[^"\\]|\\.)*"/g, '"exc":"TRACEBACK"');
  return JSON.parse(text);
}

const cookieNames = (lines: string[]) => lines.map((line) => line.replace(/=.*/, '')).sort();
