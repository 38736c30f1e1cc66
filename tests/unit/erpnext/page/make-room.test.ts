// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createDeskRoom } from '../../../../lib/erpnext/page/make-room.ts';

/** A form's header as v15 lays it out in 1026 px, in the places measured there; `first` is the first button. */
function form(first: Partial<DOMRect>): HTMLElement {
  document.body.innerHTML = `
    <div class="page-head"><div class="page-head-content flex"><div class="page-title"><div class="title-area"></div></div>
      <div class="page-actions"><button class="first"></button><button class="primary-action"></button></div></div></div>`;
  put('.title-area', { left: 45, right: 419, top: 60, bottom: 90 });
  put('.first', { left: 430, right: 520, top: 62, bottom: 90, ...first });
  put('.primary-action', { left: 960, right: 1010, top: 62, bottom: 90 });
  return document.body;
}

function put(selector: string, box: Partial<DOMRect>): void {
  const rect = { ...box, width: (box.right ?? 0) - (box.left ?? 0) } as DOMRect;
  document.querySelector(selector)!.getBoundingClientRect = () => rect;
}

function windowIs(width: number): void {
  Object.defineProperty(window, 'innerWidth', { value: width, configurable: true });
}

test.each([
  ['beside the title', {}, true],
  ['over the status at its end', { left: 409, right: 499 }, false],
  ['wrapped to a line of their own', { top: 92, bottom: 120 }, false],
  ['not shown there', { left: 0, right: 0 }, true],
])('buttons %s', (_, first, fit) => {
  const room = createDeskRoom(document);
  windowIs(1426);
  room.reserve(400, false);
  expect(room.buttonsFit(form(first), 'ltr')).toBe(fit);
  room.remove();
});

test('buttons under the panel do not fit, wherever the title ends', () => {
  const room = createDeskRoom(document);
  windowIs(1300);
  room.reserve(400, true);
  expect(room.buttonsFit(form({}), 'ltr')).toBe(false);
  room.remove();
  expect(document.documentElement.hasAttribute('data-deskside-crowded')).toBe(false);
});
