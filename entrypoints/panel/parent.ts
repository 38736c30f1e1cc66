/** How Desk looks, told by the content script that holds the frame. */
export interface Look {
  theme: 'light' | 'dark';
  dir: 'ltr' | 'rtl';
  lang: string;
}

export interface Parent {
  /** Ask for a fresh one-time nonce; resolves when the content script sends it. */
  nonce(): Promise<string>;
  close(): void;
  /** Put the keyboard back into Desk. */
  focusBack(): void;
}

/**
 * The few words exchanged with the window around this frame. Any page may embed it, so nothing secret is said, and of
 * what is heard only a nonce (which the worker checks) and a look (which is only paint) mean anything.
 */
export function talkToParent(window: Window, onLook: (look: Look) => void): Parent {
  let waiting: ((nonce: string) => void)[] = [];
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent) return;
    const said = event.data as Record<string, unknown> | null;
    if (said?.deskside !== 'nonce' && said?.deskside !== 'theme') return;
    onLook(lookOf(said));
    if (said.deskside !== 'nonce' || typeof said.nonce !== 'string') return;
    for (const resolve of waiting) resolve(said.nonce);
    waiting = [];
  });
  // '*': the frame does not know its site's origin, and the word is no secret.
  const say = (word: string) => window.parent.postMessage({ deskside: word }, '*');
  return {
    nonce: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        // Two at once would be two nonces, of which the second makes the first void.
        if (waiting.length === 1) say('ready');
      }),
    close: () => say('close'),
    focusBack: () => say('focus-back'),
  };
}

function lookOf(said: Record<string, unknown>): Look {
  return {
    theme: said.theme === 'dark' ? 'dark' : 'light',
    dir: said.dir === 'rtl' ? 'rtl' : 'ltr',
    lang: typeof said.lang === 'string' ? said.lang.slice(0, 35) : 'en',
  };
}
