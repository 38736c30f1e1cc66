import { callMethod, callResource, frappeCall } from './call.js';
import { buildChrome } from './chrome.js';
import { confirmThat, msgprint, promptFor, showAlert } from './dialogs.js';
import { isV14 } from './flavour.js';
import { onForm, registered } from './handlers.js';
import { jQuery } from './jquery.js';
import { startKeyboard } from './keyboard.js';
import { copyDoc, fetchDoc, locals, metaOf, removeFromLocals, sync, withDoctype } from './model.js';
import { realtimeGlobals, startRealtime } from './realtime.js';
import { followLinks, getRoute, newDocOf, route, router, setRoute } from './router.js';

// What scripts of a real Desk page find as globals; boot and csrf_token are there from the inline script.
const { boot } = window.frappe;

Object.assign(window.frappe, {
  session: { user: boot.user.name, user_fullname: boot.frappe_session.user_fullname, user_email: boot.user.email },
  prefix: document.documentElement.dataset.sandbox === 'v16' ? '/desk' : '/app',
  router,
  get_route: getRoute,
  get_route_str: () => getRoute().join('/'),
  set_route: setRoute,
  new_doc: newDocOf,
  call: frappeCall,
  xcall: (method, args) => callMethod(method, args).then(({ message }) => message),
  msgprint,
  show_alert: showAlert,
  prompt: promptFor,
  confirm: confirmThat,
  get_meta: metaOf,
  get_doc: (doctype, name) => locals[doctype]?.[name],
  flags: {},
  ...realtimeGlobals(isV14),
  model: {
    sync,
    with_doctype: withDoctype,
    with_doc: async (doctype, name) => locals[doctype]?.[name] ?? fetchDoc(doctype, name),
    remove_from_locals: removeFromLocals,
    copy_doc: copyDoc,
    set_value: (doctype, name, field, value) => {
      const doc = locals[doctype]?.[name];
      if (window.cur_frm?.doc === doc) return window.cur_frm.set_value(field, value);
      if (doc) doc[field] = value;
    },
  },
  ui: { form: { on: onForm, handlers: registered } },
  db: {
    get_value: (doctype, filters, fieldname) => callMethod('frappe.client.get_value', { doctype, filters, fieldname }),
    get_doc: (doctype, name) =>
      callResource('GET', `${encodeURIComponent(doctype)}/${encodeURIComponent(name)}`).then(({ data }) => data),
  },
});
Object.assign(window, { $: jQuery, jQuery, locals, cur_frm: null, __: (text) => text });

buildChrome();
startKeyboard();
followLinks();
startRealtime(`${boot.user.name}-${window.frappe.csrf_token.slice(0, 8)}`);
route();
