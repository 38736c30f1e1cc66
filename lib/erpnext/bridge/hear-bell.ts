import type { FrappePage, Socket } from './frappe-page.ts';

/** Desk opens its socket some time after its scripts have run, and on some sites never. */
const LOOKS = 30;
const LOOK_MS = 1_000;

/** Desk's own socket: `frappe.socketio` in version 14, `frappe.realtime` from 15 on. */
export function socketOf({ frappe }: FrappePage): Socket | undefined {
  return frappe?.realtime?.socket ?? frappe?.socketio?.socket;
}

/**
 * Hears the bell document through Desk's socket, as soon as there is one. It asks the server by itself, since Desk's
 * `doc_subscribe` drops what comes within a second of another (frappe/public/js/frappe/socketio_client.js).
 * @returns the undo.
 */
export function hearBell(page: FrappePage, note: string, onRing: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let undo = () => clearTimeout(timer);
  const look = (left: number) => {
    const socket = socketOf(page);
    if (socket) undo = follow(socket, note, onRing);
    else if (left > 0) timer = setTimeout(() => look(left - 1), LOOK_MS);
  };
  look(LOOKS);
  return () => undo();
}

function follow(socket: Socket, note: string, onRing: () => void): () => void {
  const subscribe = () => socket.emit('doc_subscribe', 'Note', note);
  const onUpdate = (told: unknown) => {
    const { doctype, name } = (told ?? {}) as { doctype?: unknown; name?: unknown };
    if (doctype === 'Note' && name === note) onRing();
  };
  // The server forgets who is in which room when the line breaks.
  socket.on('connect', subscribe);
  socket.on('doc_update', onUpdate);
  if (socket.connected) subscribe();
  return () => {
    socket.off('connect', subscribe);
    socket.off('doc_update', onUpdate);
  };
}
