import type { Clock } from '../shell.ts';
import type { Flavour } from './flavour.ts';
import type { Sessions } from './sessions.ts';
import type { Doc, Store } from './store.ts';

/** Told to every open Desk page whose person may read the document it is about. */
export interface Notice {
  event: 'doc_update' | 'docinfo_update' | 'list_update';
  about: { doctype: string; name: string };
  data: unknown;
}

/** What an administrator of the machine decides; POST /desk of the control server. */
export interface DeskSwitches {
  /** `server_script_enabled`: on in v14 unless told, off from v15 on. */
  serverScripts: boolean;
  /** socket.io is there. */
  socket: boolean;
}

/** What the rules below the wire need of the running stand-in. */
export interface Site {
  flavour: Flavour;
  clock: Clock;
  sessions: Sessions;
  origin(): string;
  store: Store;
  switches: DeskSwitches;
  /** Calls counted for limits of Server Scripts; `until` in ms since 1970. */
  counters: Map<string, { count: number; until: number }>;
  /** A new `modified`. */
  stamp(): string;
  /** After a save: tells the open pages. */
  saved(doc: Doc): void;
  /** Tells the open pages anything else. */
  tell(event: Notice['event'], about: Doc, data: unknown): void;
  /** Open streams: each is closed by its function when the socket goes down. */
  streams: Set<() => void>;
  /** Pages that listen; returns the undo. */
  listen(listener: (notice: Notice) => void): () => void;
}
