import { todoSaved, todosChanged } from './assign.ts';
import { commentGone, commentSaved } from './comments.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

/** What other documents learn of one that was saved (`on_update`, `after_insert`). `before` is missing where it is new. */
export function afterSave(site: Site, user: string, doc: Doc, before?: Doc): void {
  if (doc.doctype === 'Comment') commentSaved(site, doc, before === undefined);
  if (doc.doctype === 'ToDo') todoSaved(site, user, doc, before);
}

/** The same of one that is gone (`on_trash`), and what goes with it: comments, ToDos and attached files. */
export function afterDelete(site: Site, doc: Doc): void {
  const { store } = site;
  if (doc.doctype === 'Comment') commentGone(site, doc);
  if (doc.doctype === 'ToDo') todosChanged(site, doc);
  const about = (type: string, kind: string, name: string) =>
    store.all(type).filter((one) => one[kind] === doc.doctype && one[name] === doc.name);
  const hangers = [
    ...about('Comment', 'reference_doctype', 'reference_name'),
    ...about('ToDo', 'reference_type', 'reference_name'),
    ...about('File', 'attached_to_doctype', 'attached_to_name'),
  ];
  for (const one of hangers) store.remove(one.doctype, one.name);
}
