/** What is used of Frappe's page globals (v14, v15, v16): anything may be missing while Desk starts, or on its website. */
export interface FrappePage {
  frappe?: {
    csrf_token?: string;
    get_route?: () => unknown[];
    /** From version 15 on. */
    realtime?: { socket?: Socket };
    /** Version 14. */
    socketio?: { socket?: Socket };
    ui?: { form?: { handlers?: Record<string, Record<string, unknown[] | undefined> | undefined> } };
    model?: { remove_from_locals?: (doctype: string, name: string) => void };
  };
  cur_frm?: Form | null;
  locals?: Record<string, Record<string, Doc> | undefined>;
  jQuery?: (target: unknown) => {
    on(events: string, handler: () => void): void;
    off(events: string): void;
  };
}

/** What is used of socket.io's client. */
export interface Socket {
  connected?: boolean;
  emit(event: string, ...args: unknown[]): void;
  on(event: string, handler: (data: unknown) => void): void;
  off(event: string, handler: (data: unknown) => void): void;
}

export interface Form {
  doctype?: string;
  docname?: string;
  doc?: Doc;
  is_dirty?: () => unknown;
  is_new?: () => unknown;
  reload_doc?: () => unknown;
  dashboard?: { clear_headline?: () => void };
  layout?: { show_message?: () => void };
}

export interface Doc {
  name?: string;
  doctype?: string;
  modified?: string;
  __needs_refresh?: boolean;
  __unsaved?: unknown;
  __islocal?: unknown;
  [field: string]: unknown;
}
