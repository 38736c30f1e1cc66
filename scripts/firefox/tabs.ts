import { writeFile } from 'node:fs/promises';
import type { Pictured } from '../walk/story.ts';
import { type Marionette, MarionetteError } from './marionette.ts';
import { createScreen, type Screen, untilDone } from './screen.ts';

/** A tab (or a window that holds one page), and what can be looked at in it. */
export interface Tab extends Pictured {
  handle: string;
  page: Screen;
  /** The panel: the frame that stands in the page's closed shadow root. */
  panel: Screen;
  open(url: string): Promise<void>;
}

export function createTab(marionette: Marionette, handle: string): Tab {
  const look = async () => {
    await marionette.send('WebDriver:SwitchToWindow', { handle, focus: true });
    await marionette.send('WebDriver:SwitchToFrame', {});
  };
  return {
    handle,
    page: createScreen(marionette, look),
    panel: createScreen(marionette, async () => {
      await look();
      await switchToPanel(marionette);
    }),
    open: async (url) => {
      await look();
      await marionette.send('WebDriver:Navigate', { url });
    },
    screenshot: async ({ path }) => {
      await look();
      const { value } = await marionette.send<{ value: string }>('WebDriver:TakeScreenshot', { full: false });
      await writeFile(path, value, 'base64');
    },
  };
}

/** Frames go by their number among the page's own, whatever tree they stand in: a closed shadow root does not hide them. */
async function switchToPanel(marionette: Marionette): Promise<void> {
  for (let id = 0; ; id += 1) {
    await marionette.send('WebDriver:SwitchToFrame', { id });
    const { value } = await marionette.send<{ value: string }>('WebDriver:ExecuteScript', {
      script: 'return location.protocol + location.pathname',
      args: [],
    });
    if (value === 'moz-extension:/panel.html') return;
    await marionette.send('WebDriver:SwitchToFrame', {});
  }
}

/** The tab that is in front. */
export async function currentTab(marionette: Marionette): Promise<Tab> {
  return createTab(marionette, (await marionette.send<{ value: string }>('WebDriver:GetWindowHandle')).value);
}

export function handles(marionette: Marionette): Promise<string[]> {
  return marionette.send<string[]>('WebDriver:GetWindowHandles');
}

/** The window that opens while `cause` runs. */
export async function openedBy(marionette: Marionette, cause: () => Promise<void>): Promise<Tab> {
  const before = new Set(await handles(marionette));
  await cause();
  return untilDone(async () => {
    const handle = (await handles(marionette)).find((candidate) => !before.has(candidate));
    if (!handle) throw new MarionetteError('no such element', 'No window opened.');
    return createTab(marionette, handle);
  });
}
