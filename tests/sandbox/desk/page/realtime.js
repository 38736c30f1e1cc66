import { refreshFooter } from './footer.js';
import { jQuery } from './jquery.js';
import { docinfos, locals, removeFromLocals } from './model.js';
import { createSocket } from './socket.js';

const { socket, receive } = createSocket();

export { socket };

/** Hears of saved documents and of comments, and does with the open form what Desk does. @param session the site's session, since one worker serves one login */
export function startRealtime(session) {
  const worker = new SharedWorker(`/assets/sandbox/realtime-worker.js?${session}`, { name: `realtime ${session}` });
  worker.port.onmessage = ({ data }) => receive(data);
  socket.connect = () => worker.port.postMessage('back');
  window.addEventListener('pagehide', () => worker.port.postMessage('bye'));
  window.addEventListener('pageshow', ({ persisted }) => persisted && worker.port.postMessage('back'));
  socket.on('doc_update', followSave);
  socket.on('docinfo_update', followComment);
  jQuery(document).on('form-load form-rename', (_event, form) => {
    if (form.doc && !form.is_new()) docSubscribe(form.doctype, form.docname);
  });
}

const openDocs = new Set();

/** Once a second and document, whatever is asked for in between: Frappe's own throttle, which drops what it stops. */
export function docSubscribe(doctype, name) {
  const { flags } = window.frappe;
  if (flags.doc_subscribe) return console.log('throttled');
  if (openDocs.has(`${doctype}:${name}`)) return;
  flags.doc_subscribe = true;
  setTimeout(() => {
    flags.doc_subscribe = false;
  }, 1000);
  socket.emit('doc_subscribe', doctype, name);
  openDocs.add(`${doctype}:${name}`);
}

function docUnsubscribe(doctype, name) {
  socket.emit('doc_unsubscribe', doctype, name);
  return openDocs.delete(`${doctype}:${name}`);
}

/** `frappe.realtime`, and in v14 the `frappe.socketio` beside it (frappe/public/js/frappe/socketio_client.js). */
export function realtimeGlobals(isV14) {
  const basics = { on: socket.on, off: socket.off, publish: socket.emit };
  const rooms = {
    socket,
    open_docs: isV14 ? [] : openDocs,
    doc_subscribe: docSubscribe,
    doc_unsubscribe: docUnsubscribe,
    doctype_subscribe: (doctype) => socket.emit('doctype_subscribe', doctype),
    doctype_unsubscribe: (doctype) => socket.emit('doctype_unsubscribe', doctype),
    doc_open: (...about) => socket.emit('doc_open', ...about),
    doc_close: (...about) => socket.emit('doc_close', ...about),
  };
  if (isV14) return { realtime: basics, socketio: rooms };
  const realtime = { ...basics, ...rooms, emit: socket.emit, connect: () => socket.connect(), disabled: false };
  return { realtime, socketio: realtime };
}

/** A clean form is loaded anew (a second after the last notice), a dirty one gets the banner and keeps its edits. */
function followSave({ doctype, name, modified }) {
  const doc = locals[doctype]?.[name];
  if (!doc || doc.modified === modified) return;
  const form = window.cur_frm;
  const route = window.frappe.get_route();
  const shown = route[0] === 'Form' && route[1] === doctype && form?.doc === doc;
  if (!shown) {
    if (doc.__unsaved) doc.__needs_refresh = true;
    else removeFromLocals(doctype, name);
  } else if (form.saving) {
    // Our own save: its answer brings the document.
  } else if (form.is_dirty()) {
    doc.__needs_refresh = true;
    form.show_conflict_message();
  } else {
    form.debounced_reload_doc();
  }
}

/** As frappe/public/js/frappe/form/form.js (setup_docinfo_change_listener): one's own comments come with the answer to them. */
function followComment({ doc, key, action }) {
  const info = docinfos[`${doc.reference_doctype}/${doc.reference_name}`];
  if (!info) return;
  const at = info[key].findIndex((one) => one.name === doc.name);
  if (action === 'add' && at < 0) info[key].push(doc);
  if (action === 'update' && at >= 0) info[key].splice(at, 1, doc);
  if (action === 'delete' && at >= 0) info[key].splice(at, 1);
  const form = window.cur_frm;
  const shown = form?.doctype === doc.reference_doctype && form.docname === doc.reference_name;
  if (shown && (action === 'delete' || doc.owner !== window.frappe.session.user)) refreshFooter(form);
}
