import { Hono } from 'hono';
import type { Caller, Clock } from '../shell.ts';
import { serveApi } from './api.ts';
import type { Flavour } from './flavour.ts';
import { servePage } from './pages.ts';
import { seed } from './seed.ts';
import { seedStaff } from './seed-staff.ts';
import type { Sessions } from './sessions.ts';
import type { DeskSwitches, Notice, Site } from './site.ts';
import { createStore } from './store.ts';
import { createStamps } from './time.ts';

export interface DeskOptions {
  flavour: Flavour;
  clock: Clock;
  sessions: Sessions;
  /** Where this one is served, such as http://127.0.0.1:8015; asked late, since the port is known late. */
  origin: () => string;
}

export interface Desk {
  /** Answers everything; sets `caller` to the e-mail of the session. */
  app: Hono<Caller>;
  /** Documents by type, shares among them: for `GET /state`. */
  state(): unknown;
  /** Back to the seed; sessions stay. */
  reset(): void;
  /** So many users more, and the field for their Azure IDs. */
  hireStaff(count: number): void;
  /** What is not given stays; a reset brings back what such a site begins with. */
  set(switches: Partial<DeskSwitches>): void;
}

/**
 * A stand-in ERPNext of one generation: REST, cookie sessions, permissions and a small Desk, after measured behaviour of
 * real sites. It holds its documents in memory.
 */
export function createDesk({ flavour, clock, sessions, origin }: DeskOptions): Desk {
  const listeners = new Set<(notice: Notice) => void>();
  const stamp = createStamps(clock);
  const site: Site = {
    flavour,
    clock,
    sessions,
    origin,
    stamp,
    store: createStore(flavour),
    switches: usualSwitches(flavour),
    counters: new Map(),
    streams: new Set(),
    saved(doc) {
      const update = { doctype: doc.doctype, name: doc.name, modified: doc.modified };
      // As on a real site each comes twice, and the tab that saved gets it too.
      for (let count = 0; count < 2; count += 1) site.tell('doc_update', doc, update);
      site.tell('list_update', doc, { doctype: doc.doctype, name: doc.name, user: doc.modified_by });
    },
    tell(event, about, data) {
      const notice = { event, about: { doctype: about.doctype, name: about.name }, data };
      for (const listener of listeners) listener(notice);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  seed(site);
  const app = new Hono<Caller>();
  app.all('/api/*', (context) =>
    serveApi(site, context.req, (caller) => context.set('caller', caller), context.get('commitLate')),
  );
  app.all('*', (context) => servePage(site, context.req.raw, (caller) => context.set('caller', caller)));
  return {
    app,
    state: () => ({ flavour, documents: site.store.dump(), shares: site.store.shares, switches: site.switches }),
    reset() {
      site.store = createStore(flavour);
      site.counters.clear();
      Object.assign(site.switches, usualSwitches(flavour));
      seed(site);
    },
    set(switches) {
      for (const name of Object.keys(switches))
        if (!(name in site.switches)) throw new Error(`No switch "${name}" of a site.`);
      Object.assign(site.switches, switches);
      if (!site.switches.socket) for (const close of [...site.streams]) close();
    },
    hireStaff: (count) => seedStaff(site, count),
  };
}

const usualSwitches = (flavour: Flavour): DeskSwitches => ({ serverScripts: flavour === 'v14', socket: true });
