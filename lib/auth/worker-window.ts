/**
 * What msal-browser needs of a window, in a place that has none. A service worker lacks `window`, `document` and web
 * storage; MSAL finds them on the global object, so they are put there before a client is made. Only `sessionStorage`
 * has a use of its own: MSAL keeps accounts and tokens in it, so it is a synchronous copy of `storage.session` (memory
 * of the browser, closed to content scripts), which outlives the worker and never reaches the disk.
 * A Firefox event page is a real document: there only `sessionStorage` is replaced.
 */

/** The part of `browser.storage.session` used here. */
export interface SessionArea {
  get(keys: null | string | string[]): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(keys: string | string[]): Promise<void>;
}

export interface WorkerWindow {
  /** Resolves when everything MSAL wrote so far is in `storage.session`. Wait for it before answering anybody. */
  settled(): Promise<void>;
  /** Drops MSAL's notes of a sign-in that was given up; else it refuses the next with `interaction_in_progress`. */
  forgetUnfinished(): void;
}

/** Puts the globals there and loads what an earlier life of the worker stored. Before any MSAL client is made. */
export async function workerWindow(session: SessionArea): Promise<WorkerWindow> {
  let loaded = copies.get(session);
  if (!loaded) {
    loaded = writeThrough(session);
    copies.set(session, loaded);
  }
  const { storage, settled } = await loaded.catch((e) => {
    copies.delete(session);
    throw e;
  });
  const scope = globalThis as Record<string, unknown>;
  define('sessionStorage', storage);
  if (scope.window === undefined) {
    for (const name of ['window', 'parent', 'top']) define(name, globalThis);
    define('localStorage', memoryStorage(new Map()));
    define('document', {
      title: '',
      cookie: '',
      visibilityState: 'visible',
      addEventListener() {},
      removeEventListener() {},
    });
  }
  const forgetUnfinished = () => {
    for (const key of Object.keys(storage)) if (UNFINISHED.test(key)) storage.removeItem(key);
  };
  return { settled, forgetUnfinished };
}

const PREFIX = 'auth.msal:';
/** MSAL's mark of a sign-in under way: worthless once the worker that waited for it is gone. */
const UNFINISHED = /interaction\.status|request\.(params|origin|native)|code\.verifier|urlHash/;

interface Copy {
  storage: Storage;
  settled(): Promise<void>;
}

/** One copy a session area, so that a client made later (other settings) and one still at work write to the same. */
const copies = new WeakMap<SessionArea, Promise<Copy>>();

async function writeThrough(session: SessionArea): Promise<Copy> {
  const items = new Map<string, string>();
  const stale: string[] = [];
  for (const [key, value] of Object.entries(await session.get(null))) {
    if (!key.startsWith(PREFIX) || typeof value !== 'string') continue;
    if (UNFINISHED.test(key)) stale.push(key);
    else items.set(key.slice(PREFIX.length), value);
  }
  // One after the other: two writes of one key must land in the order they were made.
  let writes: Promise<void> = Promise.resolve();
  const queue = (write: () => Promise<void>) => {
    writes = writes.then(write, write);
    writes.catch(() => {});
  };
  if (stale.length) queue(() => session.remove(stale));
  const storage = memoryStorage(items, {
    set: (key, value) => queue(() => session.set({ [PREFIX + key]: value })),
    remove: (keys) => queue(() => session.remove(keys.map((key) => PREFIX + key))),
  });
  return { storage, settled: () => writes };
}

interface Written {
  set(key: string, value: string): void;
  remove(keys: string[]): void;
}

/** A `Storage` over a map. A proxy, because MSAL lists keys with `Object.keys` and asks with `hasOwnProperty`. */
function memoryStorage(items: Map<string, string>, written?: Written): Storage {
  const methods = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem(key: string, value: string) {
      if (items.get(key) === String(value)) return;
      items.set(key, String(value));
      written?.set(key, String(value));
    },
    removeItem(key: string) {
      if (items.delete(key)) written?.remove([key]);
    },
    clear() {
      written?.remove([...items.keys()]);
      items.clear();
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
  return new Proxy(Object.create(methods) as Storage, {
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor: (_target, key) =>
      typeof key === 'string' && items.has(key)
        ? { value: items.get(key), enumerable: true, configurable: true, writable: true }
        : undefined,
  });
}

function define(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
