import type { Doc, Form, FrappePage } from '../../../../lib/erpnext/bridge/frappe-page.ts';

/** As much of Frappe's page as the bridge touches: a form, its document, the route, jQuery's events. */
export function createDeskPage(document: Document) {
  const handlers: { type: string; space: string; run: () => void }[] = [];
  const page: FrappePage & { document: Document; route: unknown[] } = {
    document,
    route: ['List', 'Event', 'List'],
    locals: { Event: {} },
    cur_frm: null,
    frappe: { csrf_token: 'page-token', get_route: () => page.route },
    jQuery: () => ({
      on(events, run) {
        for (const event of events.split(' ')) {
          const [type, space] = event.split('.');
          handlers.push({ type: type!, space: space!, run });
        }
      },
      off(space) {
        for (let i = handlers.length - 1; i >= 0; i -= 1) if (`.${handlers[i]?.space}` === space) handlers.splice(i, 1);
      },
    }),
  };
  const calls: string[] = [];
  const open = (fields: Partial<Doc> & { name: string }): Doc => {
    const doc: Doc = { doctype: 'Event', modified: 'm1', event_participants: [], ...fields };
    page.locals!.Event![fields.name] = doc;
    page.route = ['Form', 'Event', ...fields.name.split('/')];
    const form: Form = {
      doctype: 'Event',
      docname: fields.name,
      doc,
      is_dirty: () => doc.__unsaved,
      is_new: () => doc.__islocal,
      reload_doc: () => calls.push('reload_doc'),
      dashboard: { clear_headline: () => calls.push('clear_headline') },
      layout: { show_message: () => calls.push('show_message') },
    };
    page.cur_frm = form;
    return doc;
  };
  return {
    window: page as unknown as Window & FrappePage,
    page,
    open,
    calls,
    fire: (type: string) => {
      for (const handler of [...handlers]) if (handler.type === type) handler.run();
    },
    hooks: () => handlers.length,
  };
}
