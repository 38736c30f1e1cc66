// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Bridge, openBridge } from '../../../../lib/erpnext/bridge/isolated.ts';
import { startBridge } from '../../../../lib/erpnext/bridge/main-world.ts';
import { BRIDGE_HELLO, type FormState, toContent } from '../../../../lib/erpnext/bridge/protocol.ts';
import { SHIPPED } from '../../../../lib/erpnext/doctypes/registry.ts';
import { createDeskPage } from './desk-page.ts';

const CHANNEL = 'channel-0001';
const stops: (() => void)[] = [];
let heard: (FormState | null)[] = [];
let rings = 0;
let desk: ReturnType<typeof createDeskPage>;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  rings = 0;
  desk = createDeskPage(document);
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

function content(channel = CHANNEL): Bridge {
  const bridge = openBridge({ document, channel, onForm: (form) => heard.push(form), onRing: () => rings++ });
  stops.push(bridge.stop);
  bridge.follow(SHIPPED);
  return bridge;
}
function main(): void {
  stops.push(startBridge(desk.window));
}
const settle = () => vi.advanceTimersByTime(1);

describe('who is there first makes no difference', () => {
  test.each([
    ['content script first', () => [content(), main()]],
    ['page first', () => [main(), content()]],
  ])('%s', (_, start) => {
    desk.open({ name: 'EV00001' });
    start();
    settle();
    expect(heard.at(-1)).toMatchObject({ doctype: 'Event', name: 'EV00001', isNew: false, dirty: false });
  });

  test('Desk may come long after both', () => {
    const { jQuery, frappe } = desk.page;
    delete desk.page.jQuery;
    delete desk.page.frappe;
    content();
    main();
    expect(heard.at(-1)).toBeNull();
    vi.advanceTimersByTime(500);
    Object.assign(desk.page, { jQuery, frappe });
    desk.open({ name: 'EV00001' });
    vi.advanceTimersByTime(5_000);
    expect(heard.at(-1)?.name).toBe('EV00001');
  });

  test('the page’s end injected twice is there once', () => {
    content();
    main();
    const once = desk.hooks();
    main();
    expect(desk.hooks()).toBe(once);
    desk.open({ name: 'EV00001' });
    heard = [];
    desk.fire('form-refresh');
    settle();
    expect(heard).toHaveLength(1);
  });

  test('a new content script takes over from an orphan', () => {
    main();
    content('orphan-0001');
    content('newcomer-1');
    heard = [];
    desk.open({ name: 'EV00001' });
    desk.fire('form-load');
    settle();
    expect(heard).toHaveLength(1);
  });
});

describe('what is on screen', () => {
  beforeEach(() => {
    content();
    main();
  });
  const now = () => {
    desk.fire('page-change');
    settle();
    return heard.at(-1);
  };

  test('Desk keeps the last form on lists: the route decides', () => {
    desk.open({ name: 'EV00001' });
    expect(now()?.name).toBe('EV00001');
    desk.page.route = ['List', 'Event', 'List'];
    expect(now()).toBeNull();
  });

  test('a name with slashes, and a form that is still the last one', () => {
    desk.open({ name: 'A/B' });
    expect(now()?.name).toBe('A/B');
    desk.page.route = ['Form', 'Event', 'EV00002'];
    expect(now()).toBeNull();
  });

  test('a new document and a doctype without a panel', () => {
    desk.open({ name: 'new-event-abc', __islocal: 1, __unsaved: 1 });
    expect(now()).toMatchObject({ isNew: true, dirty: true });
    desk.page.cur_frm!.doctype = 'ToDo';
    desk.page.route = ['Form', 'ToDo', 'new-event-abc'];
    expect(now()).toMatchObject({ doctype: 'ToDo', unsavedPeople: [] });
  });

  test('people typed and not saved, also in rows that were there', () => {
    const rows = [{ reference_doctype: 'User', reference_docname: 'bob@contoso.test' }] as Record<string, unknown>[];
    const doc = desk.open({ name: 'EV00001', event_participants: rows });
    expect(now()?.unsavedPeople).toEqual([]);
    doc.__unsaved = 1;
    rows[0]!.reference_docname = 'dora@contoso.test';
    rows.push({ reference_docname: 'erik@contoso.test', __islocal: 1 });
    desk.fire('dirty');
    settle();
    expect(heard.at(-1)).toMatchObject({ dirty: true, unsavedPeople: ['dora@contoso.test', 'erik@contoso.test'] });
    doc.__unsaved = 0;
    expect(now()?.unsavedPeople).toEqual([]);
  });

  test('nothing new is not told twice', () => {
    desk.open({ name: 'EV00001' });
    now();
    const { length } = heard;
    now();
    expect(heard).toHaveLength(length);
  });
});

describe('services', () => {
  test('the CSRF token of the page, or null where it is silent', async () => {
    const bridge = content();
    const silent = bridge.csrf();
    vi.advanceTimersByTime(500);
    expect(await silent).toBeNull();
    main();
    expect(await bridge.csrf()).toBe('page-token');
  });

  const PATCH = {
    doctype: 'Event',
    name: 'EV00001',
    baseModified: 'm1',
    values: { modified: 'm2', modified_by: 'alice', custom_teams_chat_id: '19:x' },
  };
  test.each([
    ['a form with edits follows and keeps them', { __unsaved: 1, subject: 'typed' }, 'patched', []],
    [
      'a banner that came first is cleared',
      { __unsaved: 1, __needs_refresh: true },
      'patched',
      ['clear_headline', 'show_message'],
    ],
    ['a clean form follows', {}, 'patched', []],
    ['edits on another base stay as they are', { __unsaved: 1, modified: 'm0' }, 'left', []],
    ['a clean form of another age is loaded anew', { modified: 'm0' }, 'reloaded', ['reload_doc']],
    ['Desk was faster', { modified: 'm2' }, 'followed', []],
  ])('%s', async (_, fields, outcome, calls) => {
    const bridge = content();
    main();
    const doc = desk.open({ name: 'EV00001', ...fields });
    expect(await bridge.patch(PATCH)).toBe(outcome);
    expect(desk.calls).toEqual(calls);
    if (outcome !== 'patched') return expect(doc.custom_teams_chat_id).toBeUndefined();
    const { __needs_refresh: _banner, ...kept } = fields as Record<string, unknown>;
    expect(doc).toMatchObject({ ...kept, ...PATCH.values });
    expect(doc.__needs_refresh).toBeUndefined();
  });

  test('a record that is not open', async () => {
    const bridge = content();
    main();
    expect(await bridge.patch(PATCH)).toBe('not-open');
  });
});

describe('a hostile page', () => {
  test('what is not of the protocol is not heard', () => {
    content();
    const say = (detail: unknown) => document.dispatchEvent(new CustomEvent(toContent(CHANNEL), { detail }));
    for (const detail of [null, 7, '{', '{"form":7}', '{"form":{"doctype":"Event"}}', `"${'x'.repeat(200_000)}"`, {}])
      say(detail);
    expect(heard).toEqual([]);
    say(JSON.stringify({ form: { doctype: 'Event', name: 'E', isNew: false, dirty: false, unsavedPeople: [] } }));
    expect(heard).toHaveLength(1);
  });

  test('a channel of a strange shape is not talked to', () => {
    main();
    const spy = vi.fn();
    document.addEventListener(toContent('x y'), spy);
    document.dispatchEvent(new CustomEvent(BRIDGE_HELLO, { detail: 'x y' }));
    expect(spy).not.toHaveBeenCalled();
  });
});
