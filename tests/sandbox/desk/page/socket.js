import { emitter } from './emitter.js';

/**
 * What socket.io's client is to a page: events by name, and rooms on the other side that are joined by `emit` and lost
 * whenever the line breaks. Frappe does not join them again (v14 means to and does not), so whoever subscribed has to.
 */
export function createSocket() {
  const { on, off, trigger } = emitter();
  const rooms = new Set();
  const waiting = [];
  const acts = {
    doc_subscribe: (doctype, name) => rooms.add(`doc:${doctype}/${name}`),
    doc_unsubscribe: (doctype, name) => rooms.delete(`doc:${doctype}/${name}`),
    doctype_subscribe: (doctype) => rooms.add(`doctype:${doctype}`),
    doctype_unsubscribe: (doctype) => rooms.delete(`doctype:${doctype}`),
  };
  const socket = {
    connected: false,
    on,
    off,
    /** Kept till the line is there, as socket.io does. */
    emit(event, ...args) {
      if (socket.connected) acts[event]?.(...args);
      else waiting.push([event, args]);
    },
    /** Set by the page: asks for the line once more. */
    connect() {},
  };
  return {
    socket,
    /** What came from the worker. */
    receive({ kind, data }) {
      if (kind === 'notice') hear(JSON.parse(data));
      else if (kind === 'connect' && !socket.connected) {
        socket.connected = true;
        for (const [event, args] of waiting.splice(0)) acts[event]?.(...args);
        trigger('connect');
      } else if (kind === 'disconnect' && socket.connected) {
        socket.connected = false;
        rooms.clear();
        trigger('disconnect', 'transport close');
      } else if (kind === 'connect_error') trigger('connect_error', new Error('xhr poll error'));
    },
  };

  function hear({ event, data }) {
    const about = data.doc ? [data.doc.reference_doctype, data.doc.reference_name] : [data.doctype, data.name];
    const room = event === 'list_update' ? `doctype:${data.doctype}` : `doc:${about.join('/')}`;
    if (rooms.has(room)) trigger(event, data);
  }
}
