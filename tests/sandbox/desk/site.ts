import type { Clock } from '../shell.ts';
import type { Flavour } from './flavour.ts';
import type { Sessions } from './sessions.ts';
import type { Doc, Store } from './store.ts';

/** Told to every open Desk page whose person may read the document. */
export interface DocUpdate {
  doctype: string;
  name: string;
  modified: string;
}

/** What the rules below the wire need of the running stand-in. */
export interface Site {
  flavour: Flavour;
  clock: Clock;
  sessions: Sessions;
  origin(): string;
  store: Store;
  /** A new `modified`. */
  stamp(): string;
  /** After a save: tells the open pages. */
  saved(doc: Doc): void;
  /** Pages that listen; returns the undo. */
  listen(listener: (update: DocUpdate) => void): () => void;
}
