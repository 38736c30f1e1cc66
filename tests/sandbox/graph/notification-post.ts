/** Sends a notification till it is taken; `stop` forgets all that are still being tried. */
export interface Post {
  (url: string, body: object): void;
  stop(): void;
}

const ANSWER_WITHIN = 3_000;
const TRY_FOR = 4 * 3_600_000;

/**
 * "If Microsoft Graph doesn't receive a 2xx class code within 3 seconds, it tries to resend the change notification
 * multiple times, for up to 4 hours." How often is not told; here after 1, 2, 4, … at most 60 seconds.
 * @param firstDelay milliseconds of real time before the second try
 */
export function createPost(firstDelay = 1_000): Post {
  const timers = new Set<NodeJS.Timeout>();
  let era = 0;

  async function attempt(url: string, body: string, delay: number, until: number, mine: number): Promise<void> {
    const taken = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (taken || mine !== era || Date.now() + delay > until) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(url, body, Math.min(delay * 2, 60_000), until, mine);
    }, delay);
    timer.unref();
    timers.add(timer);
  }

  const post = (url: string, body: object) =>
    void attempt(url, JSON.stringify(body), firstDelay, Date.now() + TRY_FOR, era);
  return Object.assign(post, {
    stop() {
      era += 1;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  });
}
