// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest';
import { keepFocus } from '../../entrypoints/panel/focus.ts';

const HEADER = '<header><button id="members">2 members</button></header>';
const comeIn = () => window.dispatchEvent(new Event('focus'));
const focused = () => document.activeElement?.id;

keepFocus(window, vi.fn());
beforeEach(() => {
  (document.activeElement as HTMLElement | null)?.blur();
});

it('the keyboard goes to the composer, though the header’s buttons stand before it', () => {
  document.body.innerHTML = `${HEADER}<main><button id="older"></button><textarea id="composer"></textarea></main>`;
  comeIn();
  expect(focused()).toBe('composer');
});

it('without a composer it goes to what the state offers', () => {
  document.body.innerHTML = `${HEADER}<main><button id="create"></button></main>`;
  comeIn();
  expect(focused()).toBe('create');
});

it('a panel that is still on its way is waited for: the header is not where anybody wants to be', async () => {
  document.body.innerHTML = HEADER;
  comeIn();
  expect(document.activeElement).toBe(document.body);
  document.body.insertAdjacentHTML('beforeend', '<main><textarea id="composer"></textarea></main>');
  await vi.waitFor(() => expect(focused()).toBe('composer'));
});
