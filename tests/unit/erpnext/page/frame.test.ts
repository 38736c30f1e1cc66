// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPanelFrame, type PanelFrame } from '../../../../lib/erpnext/page/frame.ts';

const DYNAMIC = 'chrome-extension://9f458eda-f7c8-4dd7-8d13-209a4f8ce4a9';
const OWN = 'chrome-extension://galidifhoabiablhokbmfdbhibocfmaf';
const LOOK = { theme: 'light', dir: 'ltr', lang: 'en' } as const;
const said: { data: unknown; origin: unknown }[] = [];
const onClose = vi.fn();
let frame: PanelFrame;
let nonce: () => Promise<string | null>;
/** Stands in for the frame's window, which the test's DOM would have to load. */
const inside = {
  focus: () => {},
  postMessage: (data: unknown, origin: unknown) => said.push({ data, origin }),
} as unknown as Window;

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  onClose.mockClear();
  nonce = async () => 'once';
  frame = createPanelFrame({
    window,
    url: `${DYNAMIC}/panel.html`,
    extensionId: 'galidifhoabiablhokbmfdbhibocfmaf',
    title: 'Teams',
    look: LOOK,
    nonce: () => nonce(),
    onClose,
    onFocusBack: () => {},
  });
  Object.defineProperty(frame.element, 'contentWindow', { value: inside });
});
afterEach(() => {
  frame.remove();
  vi.useRealTimers();
});

async function hear(word: unknown, origin: string, source: unknown = inside) {
  const event = new MessageEvent('message', { data: word });
  Object.defineProperties(event, { origin: { value: origin }, source: { value: source } });
  window.dispatchEvent(event);
  await vi.advanceTimersByTimeAsync(0);
}

test.each([DYNAMIC, OWN])('the nonce goes to the origin that spoke, never to any: %s', async (origin) => {
  await hear({ deskside: 'ready' }, origin);
  expect(said).toEqual([{ data: { deskside: 'nonce', nonce: 'once', ...LOOK }, origin }]);
});

test('the page, other frames and other origins are not heard', async () => {
  await hear({ deskside: 'ready' }, 'https://erp.test');
  await hear({ deskside: 'ready' }, OWN, window);
  await hear({ deskside: 'close' }, OWN, null);
  await hear(null, OWN);
  await hear({ deskside: 'what' }, OWN);
  expect(said).toEqual([]);
  expect(onClose).not.toHaveBeenCalled();
  await hear({ deskside: 'close' }, OWN);
  expect(onClose).toHaveBeenCalledOnce();
});

test('each "ready" gets a nonce of its own; a worker that did not answer is asked again', async () => {
  const answers = [null, 'first', 'second'];
  nonce = async () => answers.shift() ?? null;
  await hear({ deskside: 'ready' }, OWN);
  expect(said).toEqual([]);
  await vi.advanceTimersByTimeAsync(600);
  await hear({ deskside: 'ready' }, OWN);
  expect(said.map(({ data }) => (data as { nonce: string }).nonce)).toEqual(['first', 'second']);
});

test('a changed look is told once the frame is there', async () => {
  const dark = { theme: 'dark', dir: 'rtl', lang: 'ar' } as const;
  frame.setLook(dark);
  expect(said).toEqual([]);
  await hear({ deskside: 'ready' }, OWN);
  frame.setLook(LOOK);
  expect(said.map(({ data }) => data)).toEqual([
    { deskside: 'nonce', nonce: 'once', ...dark },
    { deskside: 'theme', ...LOOK },
  ]);
});
