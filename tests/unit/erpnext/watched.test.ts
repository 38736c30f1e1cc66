// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createSite, EVENT } from './site.ts';

test.each([
  ['open, in front, in the window with the focus', true, 'visible', true, true],
  ['closed', false, 'visible', true, false],
  ['in a tab behind others', true, 'hidden', true, false],
  ['in a window behind others', true, 'visible', false, false],
])('site.watched: the panel is %s', async (_, open, visibility, focus, expected) => {
  const { orders, page } = createSite(() => undefined, { panelOpen: (ref) => open && ref === EVENT });
  Object.defineProperty(page, 'visibilityState', { get: () => visibility });
  page.hasFocus = () => focus;
  expect(await orders['site.watched']({ ref: EVENT })).toBe(expected);
});
