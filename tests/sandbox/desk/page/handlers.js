/** `frappe.ui.form.handlers`: functions by type and event. */
export const registered = {};

/** `frappe.ui.form.on('Event', { refresh(frm) {} })`, or with a name and a function. */
export function onForm(doctype, events, handler) {
  const given = typeof events === 'string' ? { [events]: handler } : events;
  registered[doctype] ??= {};
  const held = registered[doctype];
  for (const [name, one] of Object.entries(given)) held[name] = [...(held[name] ?? []), one];
}

/** Runs a form's handlers; one that throws does not stop the others. */
export function runHandlers(form, name) {
  for (const handler of registered[form.doctype]?.[name] ?? []) {
    try {
      handler(form, form.doctype, form.docname);
    } catch (error) {
      console.error(error);
    }
  }
}
