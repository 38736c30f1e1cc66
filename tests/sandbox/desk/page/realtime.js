import { emitter } from './emitter.js';
import { refreshFooter } from './footer.js';
import { docinfos, locals, removeFromLocals } from './model.js';

export const realtime = emitter();

/** Hears of saved documents and of comments, and does with the open form what Desk does. @param session the site's session, since one worker serves one login */
export function startRealtime(session) {
  const worker = new SharedWorker(`/assets/sandbox/realtime-worker.js?${session}`, { name: `realtime ${session}` });
  worker.port.onmessage = ({ data }) => {
    const notice = JSON.parse(data);
    realtime.trigger(notice.event, notice.data);
  };
  window.addEventListener('pagehide', () => worker.port.postMessage('bye'));
  window.addEventListener('pageshow', ({ persisted }) => persisted && worker.port.postMessage('back'));
  realtime.on('doc_update', followSave);
  realtime.on('docinfo_update', followComment);
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
