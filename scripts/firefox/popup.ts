import { writeFile } from 'node:fs/promises';
import type { Pictured } from '../walk/story.ts';
import { inFirefox } from './chrome.ts';
import type { Marionette } from './marionette.ts';

/** The popup over the tab in front, as the toolbar's button opens it. Elements are named by XPath. */
export interface Popup extends Pictured {
  click(xpath: string): Promise<void>;
  type(xpath: string, text: string): Promise<void>;
  value(xpath: string): Promise<string>;
  see(xpath: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Clicks the add-on's button in the toolbar. Only so is the popup what it is for a person: over a page, with `activeTab`.
 * Firefox keeps such popups out of WebDriver's windows, so its own helper in that page does the clicking and typing.
 */
export async function openPopup(marionette: Marionette, addonId: string): Promise<Popup> {
  await showButton(marionette, addonId);
  await marionette.send('Marionette:SetContext', { value: 'chrome' });
  try {
    const found = await marionette.send<{ value: Record<string, string> }>('WebDriver:FindElement', {
      using: 'css selector',
      value: `#${widgetId(addonId)}-BAP`,
    });
    await marionette.send('WebDriver:ElementClick', { id: Object.values(found.value)[0] });
  } finally {
    await marionette.send('Marionette:SetContext', { value: 'content' });
  }
  const within = <Answer>(body: string, ...args: unknown[]) =>
    inFirefox<Answer>(marionette, `${HELPER} ${body}`, [widgetId(addonId), ...args]);
  return {
    click: (xpath) => within('await repeat(async () => helper().clickElement(await find(args[1]), REAL));', xpath),
    type: (xpath, text) =>
      within(
        `await repeat(async () => {
           const element = await find(args[1]);
           await helper().clearElement(element);
           await helper().sendKeysToElement(element, args[2], REAL);
         });`,
        xpath,
        text,
      ),
    value: (xpath) =>
      within('return repeat(async () => helper().getElementProperty(await find(args[1]), "value"));', xpath),
    see: (xpath) => within('await repeat(() => find(args[1]));', xpath),
    screenshot: async ({ path }) => writeFile(path, await within<string>(PICTURE), 'base64'),
    close: () => within('view().closest("panel").hidePopup();'),
  };
}

/** Firefox lays a new add-on's button into a menu; a person would pin it. */
async function showButton(marionette: Marionette, addonId: string): Promise<void> {
  await inFirefox(marionette, 'CustomizableUI.addWidgetToArea(args[0], CustomizableUI.AREA_NAVBAR);', [
    `${widgetId(addonId)}-browser-action`,
  ]);
}

/** As Firefox makes it (toolkit/components/extensions/ExtensionCommon.sys.mjs, makeWidgetId). */
export function widgetId(addonId: string): string {
  return addonId.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '_');
}

/** Marionette's own helper in the popup's page, which it has in every page; it waits for elements by itself. */
const HELPER = `
const REAL = { toJSON: () => ({ 'moz:webdriverClick': true }) };
const view = () => {
  const found = document.querySelector('#' + args[0] + '-panel browser, #customizationui-widget-panel browser, panel browser.webextension-popup-browser, panel .webextension-popup-browser');
  if (!found) throw new Error('The popup is not open.');
  return found;
};
const helper = () => view().browsingContext.currentWindowGlobal.getActor('MarionetteCommands');
const find = (xpath) => helper().findElement('xpath', xpath, { timeout: 0, all: false });
const repeat = async (step) => {
  const until = Date.now() + 20000;
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((again) => setTimeout(again, 50));
    }
  }
};`;

const PICTURE = `
const bitmap = await view().browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white');
const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas');
canvas.width = bitmap.width;
canvas.height = bitmap.height;
canvas.getContext('2d').drawImage(bitmap, 0, 0);
return canvas.toDataURL('image/png').split(',')[1];`;
