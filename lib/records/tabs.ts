import type { ChatId, ErpUser, MessageId, Origin, RecordKey } from '../model/ids.ts';
import { recordKey } from '../model/record.ts';
import type { ShownRecord } from '../rpc/contract.ts';

/** What the content script of a tab said last. */
export interface TabState {
  tabId: number;
  origin: Origin;
  erpUser: ErpUser | null;
  shown: ShownRecord | null;
}

/** Like `browser.storage.session`: outlives the worker, not the browser; no content script can read it. */
export interface SessionArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(values: Record<string, unknown>): Promise<void>;
}

/** Where somebody is led: a message of a record's chat or channel. */
export interface Led {
  chatId: ChatId;
  id: MessageId;
}

interface Stored {
  tabs: Record<string, TabState>;
  /** Nonces handed to content scripts, by nonce: the tab whose own frame may trade it in. */
  nonces: Record<string, number>;
  /** Passes of panels, by pass: the tab they stand in. */
  passes: Record<string, number>;
  /** Passes whose tab went away, and until when (ms) they may still write down what was being typed. */
  leaving?: Record<string, { tabId: number; until: number }>;
  /** By record, until when (ms) its panel may lead there. */
  led?: Record<RecordKey, Led & { until: number }>;
}

/**
 * A page that goes away sends its draft last, and a worker that has just been woken may hear of the page's end before it
 * gets to that message.
 */
const LEAVING_MS = 10_000;
/** A tab may have to load, and its person to sign in, before the panel gets there. */
const LED_MS = 120_000;

/** Which tab shows which record, and which frames are really ours. */
export interface Tabs {
  shows(state: TabState): Promise<void>;
  gone(tabId: number): Promise<void>;
  get(tabId: number): Promise<TabState | null>;
  all(): Promise<TabState[]>;
  /** Tabs that can carry orders for this site and person (null: anybody); those that show `key` come first. */
  of(origin: Origin, erpUser: ErpUser | null, key?: RecordKey): Promise<TabState[]>;
  issueNonce(tabId: number): Promise<string>;
  /** @returns the pass, or null when the nonce is unknown, spent, or was given to another tab. */
  enter(nonce: string, tabId: number): Promise<string | null>;
  /** Whether this pass was given to this tab. */
  holds(pass: string, tabId: number): Promise<boolean>;
  /** The same, or it was until a moment ago. */
  held(pass: string, tabId: number): Promise<boolean>;
  /** The record's panel shall show this message next. */
  lead(key: RecordKey, to: Led): Promise<void>;
  /** Where the record's panel shall lead now; said once. */
  ledTo(key: RecordKey): Promise<Led | null>;
}

/**
 * @param random 32 hex digits, never the same twice.
 * @param key under which the session holds them: private windows have a list of their own.
 */
export function createTabs(session: SessionArea, random: () => string, key = 'tabs', now = Date.now): Tabs {
  let loading: Promise<Stored> | undefined;
  const load = () => {
    loading ??= session.get(key).then((found) => (found[key] as Stored) ?? { tabs: {}, nonces: {}, passes: {} });
    return loading;
  };
  const change = async <T>(edit: (stored: Stored) => T): Promise<T> => {
    const stored = await load();
    const result = edit(stored);
    await session.set({ [key]: stored });
    return result;
  };
  const forgetFrames = (stored: Stored, tabId: number) => {
    const late = Object.entries(stored.leaving ?? {}).filter(([, { until }]) => until > now());
    const passes = Object.keys(stored.passes).filter((pass) => stored.passes[pass] === tabId);
    const until = now() + LEAVING_MS;
    stored.leaving = Object.fromEntries([...late, ...passes.map((pass) => [pass, { tabId, until }] as const)]);
    for (const map of [stored.nonces, stored.passes])
      for (const [secret, owner] of Object.entries(map)) if (owner === tabId) delete map[secret];
  };
  const holds = async (pass: string, tabId: number) => (await load()).passes[pass] === tabId;
  return {
    shows: (state) =>
      change((stored) => {
        stored.tabs[state.tabId] = state;
      }),
    gone: (tabId) =>
      change((stored) => {
        delete stored.tabs[tabId];
        forgetFrames(stored, tabId);
      }),
    get: async (tabId) => (await load()).tabs[tabId] ?? null,
    all: async () => Object.values((await load()).tabs),
    async of(origin, erpUser, key) {
      const shows = (t: TabState) => Number(!!key && !!t.shown && recordKey(t.shown.ref) === key);
      return Object.values((await load()).tabs)
        .filter((t) => t.origin === origin && (erpUser === null || t.erpUser === erpUser))
        .sort((a, b) => shows(b) - shows(a));
    },
    issueNonce: (tabId) =>
      change((stored) => {
        const nonce = random();
        stored.nonces[nonce] = tabId;
        return nonce;
      }),
    enter: (nonce, tabId) =>
      change((stored) => {
        if (stored.nonces[nonce] !== tabId) return null;
        delete stored.nonces[nonce];
        const pass = random();
        stored.passes[pass] = tabId;
        return pass;
      }),
    lead: (key, to) =>
      change((stored) => {
        stored.led = { ...stored.led, [key]: { ...to, until: now() + LED_MS } };
      }),
    async ledTo(key) {
      if (!(await load()).led?.[key]) return null;
      return change((stored) => {
        const { [key]: led, ...others } = stored.led ?? {};
        stored.led = others;
        return led && led.until > now() ? { chatId: led.chatId, id: led.id } : null;
      });
    },
    holds,
    async held(pass, tabId) {
      if (await holds(pass, tabId)) return true;
      const left = (await load()).leaving?.[pass];
      return left?.tabId === tabId && left.until > now();
    },
  };
}
