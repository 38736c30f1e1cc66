import { setTimeout as wait } from 'node:timers/promises';
import type { Call } from './call.ts';
import { FrappeError, pythonJson, thrown } from './errors.ts';
import type { Flavour } from './flavour.ts';
import { existing } from './lookup.ts';
import { markdown } from './markdown.ts';
import { checkPermission } from './permissions.ts';
import { sanitiseComment } from './sanitise.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

type Args = Record<string, unknown>;

const NEEDED = ['reference_doctype', 'reference_name', 'content', 'comment_email', 'comment_by'];

/**
 * Anybody who may read may comment, a cancelled document too, and `comment_email`/`comment_by` are believed as sent; the
 * document's `modified` stays. Answers the new comment.
 * source: frappe/desk/form/utils.py (add_comment), frappe/core/doctype/comment/comment.py
 */
export async function addComment(site: Site, user: string, args: Args, { commitLate }: Call): Promise<Doc> {
  checkPresent('add_comment', NEEDED, args);
  if (site.flavour !== 'v14') checkTexts(site.flavour, NEEDED, args);
  const target = existing(site, String(args.reference_doctype), String(args.reference_name));
  checkPermission(site.store, user, 'read', target.doctype, target);
  const comment = newComment(site, user, target, 'Comment', String(args.content ?? ''));
  comment.comment_email = String(args.comment_email || user);
  // v14 takes null for it, and then has no such key.
  if (args.comment_by === null) delete comment.comment_by;
  else comment.comment_by = String(args.comment_by);
  if (commitLate) await wait(commitLate);
  site.store.put(comment);
  commentSaved(site, comment, true);
  return comment;
}

/** After a Comment of a document was saved, however that came: it is kept for lists, told to open forms, and to whom it mentions. */
export function commentSaved(site: Site, comment: Doc, fresh: boolean): void {
  const target = site.store.find(String(comment.reference_doctype ?? ''), String(comment.reference_name ?? ''));
  if (!target || comment.comment_type !== 'Comment') return;
  cacheOnTarget(site, comment);
  if (fresh) notifyMentioned(site, comment);
  const tell = (action: string) => site.tell('docinfo_update', target, { doc: comment, key: 'comments', action });
  // v14 tells of what is new twice, and of a changed one never: its on_update asks is_new() the wrong way round.
  if (fresh) tell('add');
  if (fresh === (site.flavour === 'v14')) tell('update');
}

/**
 * Its owner may change a comment, and Administrator, where they still may read the document. Open to every HTTP method,
 * but what a GET changes is rolled back. Answers nothing. source: frappe/desk/form/utils.py (update_comment)
 */
export function updateComment(site: Site, user: string, args: Args, { method }: Call): void {
  checkPresent('update_comment', ['name', 'content'], args);
  const comment = existing(site, 'Comment', String(args.name));
  if (user !== 'Administrator' && user !== comment.owner)
    throw thrown('PermissionError', 'Comment can only be edited by the owner', { status: 403 });
  const target = existing(site, String(comment.reference_doctype), String(comment.reference_name));
  checkPermission(site.store, user, 'read', target.doctype, target);
  if (method === 'GET') return;
  const changed: Doc = {
    ...comment,
    content: sanitiseComment(site.flavour, String(args.content ?? '')),
    modified: site.stamp(),
    modified_by: user,
  };
  site.store.put(changed);
  commentSaved(site, changed, false);
}

/** After a Comment was deleted, which takes a role: out of the document's `_comments`, and out of open forms. */
export function commentGone(site: Site, comment: Doc): void {
  const target = site.store.find(String(comment.reference_doctype), String(comment.reference_name));
  if (!target || comment.comment_type !== 'Comment') return;
  target._comments = pythonJson(cached(target).filter((one) => one.name !== comment.name));
  site.tell('docinfo_update', target, { doc: comment, key: 'comments', action: 'delete' });
}

/** Notes what was done with a document: `doc.add_comment('Edit', …)`. */
export function note(
  site: Site,
  user: string,
  target: Doc,
  type: 'Edit' | 'Assigned' | 'Assignment Completed',
  content: string,
): void {
  site.store.put(newComment(site, user, target, type, content));
}

/**
 * Comments of a document as `docinfo` gives them, all of them: the type's own order, so an edited one comes first in v14
 * and v15. source: frappe/desk/form/load.py (add_comments), comment.json (sort_field)
 */
export function commentsOf(site: Site, target: Doc, types: string[]): Record<string, unknown>[] {
  const key = site.flavour === 'v16' ? 'creation' : 'modified';
  return site.store
    .all('Comment')
    .filter((one) => one.reference_doctype === target.doctype && one.reference_name === target.name)
    .filter((one) => types.includes(String(one.comment_type)))
    .sort((left, right) => (String(left[key]) < String(right[key]) ? 1 : -1))
    .map((one) => ({
      name: one.name,
      creation: one.creation,
      content: one.comment_type === 'Comment' ? markdown(String(one.content)) : one.content,
      owner: one.owner,
      comment_type: one.comment_type,
      ...(site.flavour === 'v14' ? {} : { published: one.published }),
    }));
}

function newComment(site: Site, user: string, target: Doc, type: string, content: string): Doc {
  const stamp = site.stamp();
  return {
    name: site.store.hashName(),
    owner: user,
    creation: stamp,
    modified: stamp,
    modified_by: user,
    docstatus: 0,
    idx: 0,
    comment_type: type,
    comment_email: user,
    comment_by: '',
    published: 0,
    seen: 0,
    reference_doctype: target.doctype,
    reference_name: target.name,
    content: sanitiseComment(site.flavour, content),
    doctype: 'Comment',
  };
}

const cached = (target: Doc): { comment: string; by: string; name: string }[] =>
  JSON.parse(String(target._comments ?? '[]'));

/** `_comments`: the last hundred, cut, kept past `modified` for lists. source: comment.py (update_comment_in_doc) */
function cacheOnTarget(site: Site, comment: Doc): void {
  const content = String(comment.content);
  const target = site.store.find(String(comment.reference_doctype), String(comment.reference_name));
  if (!target || !content) return;
  const text = content.length > 100 ? `${content.slice(0, 97)}...` : content;
  const list = cached(target);
  const known = list.find((one) => one.name === comment.name);
  if (known) known.comment = text;
  else list.push({ comment: text, by: String(comment.comment_email || comment.owner), name: comment.name });
  target._comments = pythonJson(list.slice(-100));
}

/** Everybody whom a `.mention` names gets a notification. source: frappe/desk/notifications.py (notify_mentions) */
function notifyMentioned(site: Site, comment: Doc): void {
  for (const [tag] of String(comment.content).matchAll(/<[a-z]+ [^>]*class="[^"]*\bmention\b[^"]*"[^>]*>/gi)) {
    const person = /data-id="([^"]*)"/.exec(tag)?.[1];
    if (!person) continue;
    site.store.put({
      ...comment,
      doctype: 'Notification Log',
      name: site.store.hashName(),
      type: 'Mention',
      for_user: person,
      document_type: comment.reference_doctype,
      document_name: comment.reference_name,
    });
  }
}

/** A missing argument is Python's own error. */
function checkPresent(method: string, names: string[], args: Args): void {
  const missing = names.filter((name) => !(name in args)).map((name) => `'${name}'`);
  if (!missing.length) return;
  const many = missing.length > 1;
  const list = many ? `${missing.slice(0, -1).join(', ')} and ${missing.at(-1)}` : missing[0];
  const text = `TypeError: ${method}() missing ${missing.length} required positional argument${many ? 's' : ''}: ${list}`;
  throw new FrappeError({ status: 500, type: 'TypeError', module: '', text, bare: true });
}

/** From v15 on whitelisted methods check their type hints. source: frappe/utils/typing_validations.py */
function checkTexts(flavour: Flavour, names: string[], args: Args): void {
  const place = flavour === 'v16' ? " in 'frappe.desk.form.utils.add_comment'" : '';
  for (const name of names) {
    if (typeof args[name] === 'string') continue;
    const text = `Argument '${name}'${place} should be of type 'str' but got '${pythonType(args[name])}' instead.`;
    throw new FrappeError({ status: 417, type: 'FrappeTypeError', text, bare: true });
  }
}

function pythonType(value: unknown): string {
  if (value === null) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  return { object: 'dict', boolean: 'bool', number: 'int' }[typeof value as string] ?? typeof value;
}
