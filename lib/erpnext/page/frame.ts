import type { DeskLook } from '../desk.ts';

/** The panel's page in its frame, and the few words said to it. */
export interface PanelFrame {
  element: HTMLIFrameElement;
  /** Theme, direction and language, now and when they change. */
  setLook(look: DeskLook): void;
  focus(): void;
  remove(): void;
}

export interface FrameDeps {
  window: Window;
  /** `runtime.getURL('panel.html')`. */
  url: string;
  /** `runtime.id`: where the browser hands out a changing URL (`use_dynamic_url`), the page still has this origin. */
  extensionId: string;
  title: string;
  look: DeskLook;
  /** A one-time nonce of the worker, or null where it did not answer. */
  nonce: () => Promise<string | null>;
  onClose: () => void;
  /** The person leaves the frame by keyboard. */
  onFocusBack: () => void;
}

/**
 * The frame says `ready` when it can listen (and again when its pass has run out) and gets a fresh nonce each time.
 * What it says counts only from its own window and with the extension's origin; what it is told is addressed to that
 * origin alone, so that a page which navigated the frame away would not hear it.
 */
export function createPanelFrame(deps: FrameDeps): PanelFrame {
  const { window } = deps;
  const ours = [originOf(deps.url), `${new URL(deps.url).protocol}//${deps.extensionId}`];
  /** The one of ours that the page turned out to have, once it has spoken. */
  let origin = ours[0]!;
  const element = window.document.createElement('iframe');
  element.title = deps.title;
  element.src = deps.url;
  let look = deps.look;
  let ready = false;
  let wantsFocus = false;
  let removed = false;

  const say = (message: Record<string, string>) => element.contentWindow?.postMessage(message, origin);
  const welcome = async () => {
    // The frame waits for this one word, so a worker that was just being stopped is asked again.
    let nonce: string | null = null;
    for (let tries = 0; nonce === null && !removed; tries += 1) {
      if (tries > 0) await new Promise((resolve) => window.setTimeout(resolve, Math.min(500 * tries, 5_000)));
      nonce = await deps.nonce();
    }
    if (nonce === null) return;
    ready = true;
    say({ deskside: 'nonce', nonce, ...look });
    if (wantsFocus) focus();
  };
  const focus = () => {
    wantsFocus = !ready;
    element.focus();
    element.contentWindow?.focus();
  };
  const onMessage = (event: MessageEvent) => {
    if (!element.contentWindow || event.source !== element.contentWindow || !ours.includes(event.origin)) return;
    origin = event.origin;
    const said = (event.data as { deskside?: unknown } | null)?.deskside;
    if (said === 'ready') void welcome();
    if (said === 'close') deps.onClose();
    if (said === 'focus-back') deps.onFocusBack();
  };
  window.addEventListener('message', onMessage);

  return {
    element,
    setLook(next) {
      look = next;
      if (ready) say({ deskside: 'theme', ...look });
    },
    focus,
    remove() {
      removed = true;
      window.removeEventListener('message', onMessage);
      element.remove();
    },
  };
}

/** Not `URL.origin`: it is "null" for the extension schemes in some browsers. */
function originOf(url: string): string {
  return /^[a-z-]+:\/\/[^/]+/.exec(url)?.[0] ?? 'about:invalid';
}
