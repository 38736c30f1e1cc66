// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FormShown } from '../../../../lib/erpnext/desk.ts';
import { createDock } from '../../../../lib/erpnext/page/dock.ts';
import { createLauncher } from '../../../../lib/erpnext/page/launcher.ts';
import { chooseStance, fitWidth, WIDTHS } from '../../../../lib/erpnext/page/room.ts';
import { createTeller } from '../../../../lib/erpnext/page/teller.ts';
import { EVENT } from '../site.ts';

const WORDS = {
  label: 'Teams',
  region: 'Teams',
  open: 'Open',
  close: 'Close',
  resize: 'Width',
  unread: (n: number) => `${n} unread`,
  attention: 'Something needs you',
};

function form(): HTMLElement {
  document.body.innerHTML = `
    <div class="page-container editable-form" id="page-Event" data-page-route="Event">
      <div class="page-head"><div class="page-actions"><div class="custom-actions"></div>
        <div class="standard-actions"><button class="primary-action">Save</button></div></div></div>
      <div class="layout-main-section"></div>
    </div>`;
  return document.querySelector<HTMLElement>('#page-Event')!;
}
const button = () => document.querySelector<HTMLButtonElement>('[data-deskside=launcher]');

describe('launcher', () => {
  test('stands first among the buttons, once, and comes back when Desk empties the bar', async () => {
    const page = form();
    const launcher = createLauncher(document, WORDS, () => {});
    launcher.place(page);
    launcher.place(page);
    const actions = page.querySelector('.page-actions')!;
    expect(document.querySelectorAll('[data-deskside=launcher]')).toHaveLength(1);
    expect(actions.firstElementChild).toBe(button());
    actions.innerHTML = '<button>Fresh</button>';
    await vi.waitFor(() => expect(actions.firstElementChild).toBe(button()));
    launcher.place(null);
    expect(button()).toBeNull();
    launcher.remove();
  });

  test('says whether it is open and what is unread', () => {
    const toggled = vi.fn();
    const launcher = createLauncher(document, WORDS, toggled);
    launcher.place(form());
    button()!.click();
    expect(toggled).toHaveBeenCalledOnce();
    expect(button()!.getAttribute('aria-expanded')).toBe('false');
    launcher.setOpen(true);
    launcher.setBadge({ unread: 120, attention: true });
    expect(button()!.getAttribute('aria-expanded')).toBe('true');
    expect(button()!.getAttribute('aria-label')).toBe('Teams, 120 unread');
    expect(button()!.title).toBe('Close · 120 unread');
    const badge = button()!.querySelector<HTMLElement>('[data-deskside=badge]')!;
    expect(badge.textContent).toBe('99+');
    launcher.setBadge({ unread: 0, attention: true });
    expect(badge.textContent).toBe('!');
    expect(button()!.getAttribute('aria-label')).toBe('Teams, Something needs you');
    launcher.setBadge({ unread: 0, attention: false });
    expect(badge.style.display).toBe('none');
    launcher.remove();
  });
});

describe('dock', () => {
  test('is a landmark, keeps keys from Desk, and keeps its content while hidden', () => {
    document.body.innerHTML = '';
    const desk = vi.fn();
    for (const type of ['keydown', 'keyup', 'keypress']) window.addEventListener(type, desk);
    const dock = createDock(document, WORDS, () => {});
    const content = document.createElement('p');
    dock.fill(content);
    dock.setOpen(true);
    const host = document.querySelector<HTMLElement>('aside[data-deskside=dock]')!;
    expect(host.getAttribute('aria-label')).toBe('Teams');
    expect(host.shadowRoot).toBeNull();
    for (const type of ['keydown', 'keyup', 'keypress'])
      content.dispatchEvent(new KeyboardEvent(type, { key: 'D', bubbles: true, composed: true }));
    expect(desk).not.toHaveBeenCalled();
    dock.setOpen(false);
    expect(host.hidden).toBe(true);
    dock.setOpen(true);
    expect(document.querySelectorAll('aside')).toHaveLength(1);
    expect(content.isConnected).toBe(true);
    dock.remove();
    expect(document.querySelector('aside')).toBeNull();
    for (const type of ['keydown', 'keyup', 'keypress']) window.removeEventListener(type, desk);
  });
});

describe('room', () => {
  test('a width that fits the window', () => {
    expect(fitWidth(400, 1440)).toBe(400);
    expect(fitWidth(10, 1440)).toBe(WIDTHS.least);
    expect(fitWidth(5_000, 1440)).toBe(WIDTHS.most);
    expect(fitWidth(700, 1000)).toBe(600);
    expect(fitWidth(700, 390)).toBe(WIDTHS.least);
    expect(fitWidth(Number.NaN, 1440)).toBe(WIDTHS.usual);
  });

  test.each([
    [1440, { stance: 'push', crowded: false }, (_: boolean) => true],
    [1440, { stance: 'push', crowded: true }, (crowded: boolean) => crowded],
    [1440, { stance: 'float', crowded: false }, () => false],
    [1024, { stance: 'float', crowded: false }, () => true],
    [390, { stance: 'fill', crowded: true }, () => true],
  ])('at %i: %j', (viewport, expected, fits) => expect(chooseStance(viewport, 400, fits)).toEqual(expected));
});

describe('teller', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const record = (name: string): FormShown => ({
    ref: { ...EVENT, name: name as typeof EVENT.name },
    isNew: false,
    dirty: false,
    unsavedPeople: [],
  });
  function telling() {
    const state: { shown: FormShown | null } = { shown: null };
    const said: (string | null)[] = [];
    const teller = createTeller(
      () => ({ ...state }),
      ({ shown }) => said.push(shown?.ref.name ?? null),
    );
    return { state, said, teller };
  }

  test('the gap between two records is not told', () => {
    const { state, said, teller } = telling();
    teller.look();
    state.shown = record('A');
    teller.look();
    state.shown = null;
    teller.look();
    vi.advanceTimersByTime(200);
    state.shown = record('B');
    teller.look();
    vi.advanceTimersByTime(1_000);
    expect(said).toEqual([null, 'A', 'B']);
  });

  test('leaving for a list is, after a moment, and nothing twice', () => {
    const { state, said, teller } = telling();
    state.shown = record('A');
    teller.look();
    teller.look();
    state.shown = null;
    teller.look();
    expect(said).toEqual(['A']);
    vi.advanceTimersByTime(300);
    teller.look();
    expect(said).toEqual(['A', null]);
    teller.again();
    expect(said).toEqual(['A', null, null]);
  });
});
