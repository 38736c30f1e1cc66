import type { DeskOrder } from '../../tests/sandbox/control-desk.ts';

/** What an administrator of the sites' machine does. */
export interface DeskControl {
  /** Server Scripts on or off, socket.io up or down; on all sites unless one is named (`v14`, `v15`, `v16`). */
  desk(order: DeskOrder): Promise<void>;
}

/** @param tell sends one call to the control server */
export const deskControl = (tell: (method: string, path: string, body?: unknown) => Promise<void>): DeskControl => ({
  desk: (order) => tell('POST', '/desk', order),
});
