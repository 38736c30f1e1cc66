const THROTTLE_MS = 1000;
/** Without a pointer or key for this long nobody is there, and a timed read would be for nobody. */
const IDLE_MS = 5 * 60_000;

interface ActivityDeps {
  document: Document;
  now: () => number;
  /** The person did something here, or came back: at most once a second. */
  onAct: () => void;
}

/**
 * Acts of the person, and the timer where a policy or the person turned it on: it runs only while the panel is visible
 * and the person was active lately.
 * @see https://learn.microsoft.com/graph/teams-list-all-teams Microsoft's rule on polling
 */
export function watchActivity({ document, now, onAct }: ActivityDeps) {
  let last = now();
  let told = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let seconds: number | null = null;
  const visible = () => document.visibilityState === 'visible';
  const act = () => {
    if (!visible()) return;
    last = now();
    if (last - told < THROTTLE_MS) return;
    told = last;
    onAct();
  };
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const)
    document.addEventListener(type, act, { passive: true, capture: true });
  document.addEventListener('visibilitychange', act);
  return {
    /** Seconds between timed reads, or null for none. */
    setTimer(next: number | null): void {
      if (next === seconds) return;
      seconds = next;
      clearInterval(timer);
      if (next === null) return;
      timer = setInterval(() => {
        if (visible() && now() - last < IDLE_MS) onAct();
      }, Math.max(60, next) * 1000);
    },
  };
}

/** Resolves once the page is visible: a tab opened in the background asks for nothing before somebody looks at it. */
export function lookedAt(document: Document): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}
