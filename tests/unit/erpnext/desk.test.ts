// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { FormState } from '../../../lib/erpnext/bridge/protocol.ts';
import { createDesk, watchLook } from '../../../lib/erpnext/desk.ts';
import { SHIPPED } from '../../../lib/erpnext/doctypes/registry.ts';
import { erpUserOf } from '../../../lib/erpnext/session.ts';

let form: FormState | null | undefined;
const desk = () =>
  createDesk(
    window,
    () => form,
    () => SHIPPED,
  );
const at = (path: string, route: string | null, page = 'Event', hidden = false) => {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(`https://erp.test${path}`);
  document.body.innerHTML = `
    <div class="page-container editable-form" data-page-route="Project" style="display:none"><div class="layout-main-section"></div></div>
    <div class="page-container editable-form" id="page-${page}" data-page-route="${page}"
      style="display:${hidden ? 'none' : 'block'}"><div class="layout-main-section"></div></div>`;
  if (route) document.body.setAttribute('data-route', route);
  else document.body.removeAttribute('data-route');
};
const named = () => desk().shown()?.ref.name ?? null;

beforeEach(() => {
  form = undefined;
  at('/app/event/EV00001', 'Form/Event/EV00001');
});

describe('which record is on screen', () => {
  test('without the bridge: URL and route agree', () => {
    expect(desk().shown()).toEqual({
      ref: { origin: 'https://erp.test', doctype: 'Event', name: 'EV00001' },
      isNew: false,
      dirty: false,
      unsavedPeople: [],
    });
  });

  test('the bridge knows more, and is asked first', () => {
    form = { doctype: 'Event', name: 'EV00002', isNew: false, dirty: true, unsavedPeople: ['dora'] };
    expect(desk().shown()).toMatchObject({ ref: { name: 'EV00002' }, dirty: true, unsavedPeople: ['dora'] });
    form = null;
    expect(named()).toBeNull();
    at('/app/todo/1', 'Form/ToDo/1', 'ToDo');
    form = { doctype: 'ToDo', name: '1', isNew: false, dirty: false, unsavedPeople: [] };
    expect(named()).toBeNull();
  });

  test('on the way from one to the other nothing is sure', () => {
    at('/app/event/EV00003', 'Form/Event/EV00001');
    expect(named()).toBeNull();
  });

  test('only the URL, or only the route', () => {
    at('/app/event/EV00001', null);
    expect(named()).toBe('EV00001');
    at('/strange', 'Form/Event/A/B');
    expect(named()).toBe('A/B');
  });

  test('a list, a form that is hidden, one that does not exist', () => {
    at('/app/event', 'List/Event/List', 'Event', true);
    expect(named()).toBeNull();
    at('/app/event/EV00001', 'Form/Event/EV00001', 'Event', true);
    expect(named()).toBeNull();
    at('/app/event/EV99999', 'Form/Event/EV99999', 'Form/Event/EV99999');
    expect(named()).toBeNull();
  });

  // frappe/form/form.js changes the class with the docstatus; seen on 14.81, 15.101 and 16.
  test.each(['submitted-form', 'cancelled-form'])('a document that is not a draft any more: %s', (state) => {
    for (const page of document.querySelectorAll('.editable-form')) page.classList.replace('editable-form', state);
    expect(named()).toBe('EV00001');
  });

  test('a bridge that lies cannot name a form of another doctype than the one on screen', () => {
    form = { doctype: 'Project', name: 'PROJ-1', isNew: false, dirty: false, unsavedPeople: [] };
    expect(named()).toBeNull();
  });

  test('a new document without the bridge', () => {
    at('/desk/event/new-event-qeqqhgkmzv', 'Form/Event/new-event-qeqqhgkmzv');
    expect(desk().shown()?.isNew).toBe(true);
  });
});

test('versions by what is there', () => {
  expect(desk().flavour()).toBe('v14');
  document.body.insertAdjacentHTML('beforeend', '<div class="form-message-container"></div>');
  expect(desk().flavour()).toBe('v15');
  at('/desk/event/EV00001', null);
  expect(desk().flavour()).toBe('v16');
  expect(desk().prefix()).toBe('/desk');
});

test('theme, direction and language, now and when they change', async () => {
  const html = document.documentElement;
  const looks: unknown[] = [];
  const stop = watchLook(document, (look) => looks.push(look));
  html.dataset.theme = 'dark';
  html.setAttribute('dir', 'rtl');
  html.setAttribute('lang', 'ar');
  await vi.waitFor(() => expect(looks.at(-1)).toEqual({ theme: 'dark', dir: 'rtl', lang: 'ar' }));
  expect(looks[0]).toMatchObject({ theme: 'light', dir: 'ltr' });
  stop();
});

test.each([
  ['user_id=alice%40contoso.test; full_name=Alice', 'alice@contoso.test'],
  ['full_name=x; user_id="bob@contoso.test"', 'bob@contoso.test'],
  ['user_id=Administrator', 'Administrator'],
  ['user_id=Guest; full_name=Guest', null],
  ['my_user_id=eve', null],
  ['', null],
])('the person of %s', (cookies, user) => expect(erpUserOf(cookies)).toBe(user));
