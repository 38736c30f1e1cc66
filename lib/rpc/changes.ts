import { browser } from 'wxt/browser';
import type { ChangeNotice, PortName } from './contract.ts';

type Port = Parameters<Parameters<typeof browser.runtime.onConnect.addListener>[0]>[0];

export interface Changes {
  /** Tell every open panel, popup and options page what changed, or of `marks` every tab; they ask again. */
  tell(notice: ChangeNotice): void;
}

/**
 * The worker's end of the Ports. Must be called synchronously at worker start. `onDeskGone` is told when a tab's content
 * script ends (navigation, close); with `again` false that tab shows nothing of ours any more.
 */
export function openChanges(onDeskGone: (tabId: number) => void): Changes {
  const listeners = new Set<Port>();
  const desks = new Map<number, Port>();
  browser.runtime.onConnect.addListener((port) => {
    const name = port.name as PortName;
    const tabId = port.sender?.tab?.id;
    if (name === 'desk') {
      if (tabId === undefined || (port.sender?.frameId ?? 0) !== 0) return port.disconnect();
      desks.set(tabId, port);
      port.onDisconnect.addListener(() => {
        void browser.runtime.lastError;
        if (desks.get(tabId) !== port) return;
        desks.delete(tabId);
        onDeskGone(tabId);
      });
      return;
    }
    listeners.add(port);
    port.onDisconnect.addListener(() => {
      void browser.runtime.lastError;
      listeners.delete(port);
    });
  });
  return {
    tell(notice) {
      for (const port of notice.kind === 'marks' ? desks.values() : listeners) {
        try {
          port.postMessage(notice);
        } catch {
          listeners.delete(port);
        }
      }
    },
  };
}
