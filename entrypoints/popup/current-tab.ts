import { browser } from 'wxt/browser';
import type { CurrentTab } from '../../components/settings/actions.ts';
import { asOrigin } from '../../lib/model/ids.ts';

/**
 * The tab the popup was opened over. Whether it is ERPNext is asked of the site itself, from within its page (`activeTab`
 * allows that after the click on our icon, so no host permission is needed to look).
 */
export async function readCurrentTab(): Promise<CurrentTab> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  const url = parse(tab?.url);
  if (!url || tab?.id === undefined || !/^https?:$/.test(url.protocol)) return { kind: 'no-page' };
  return { kind: 'site', origin: asOrigin(url.origin), host: url.host, isErpnext: await isErpnext(tab.id) };
}

async function isErpnext(tabId: number): Promise<boolean> {
  try {
    const [answer] = await browser.scripting.executeScript({ target: { tabId }, func: ping });
    return answer?.result === true;
  } catch {
    // Pages of the browser and of its shop let nobody in.
    return false;
  }
}

/** Runs in the page: Frappe answers `pong` to anybody, signed in or not (frappe/handler.py). */
async function ping(): Promise<boolean> {
  try {
    const response = await fetch('/api/method/ping', {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(5000),
    });
    const body = (await response.json()) as { message?: unknown };
    return body.message === 'pong';
  } catch {
    return false;
  }
}

function parse(text: string | undefined): URL | null {
  try {
    return new URL(text ?? '');
  } catch {
    return null;
  }
}
