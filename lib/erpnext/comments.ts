import * as v from 'valibot';
import { asErpUser, type ErpUser } from '../model/ids.ts';
import type { RecordRef } from '../model/record.ts';
import { byArrival, type CommentText, type RecordComment } from '../model/record-comment.ts';
import { escapeText } from '../util/html.ts';
import type { Rest } from './rest.ts';
import { checkOrder } from './session.ts';
import { shape } from './shape.ts';

/** Who it is for, and until when it holds. */
interface Bound {
  ref: RecordRef;
  erpUser: ErpUser;
  deadline: number;
}
export type AddCommentOrder = Bound & { text: CommentText };
export type EditCommentOrder = Bound & { name: string; text: CommentText };

export interface CommentDeps {
  rest: Rest;
  user: () => ErpUser | null;
  now: () => number;
}

export interface OurComments {
  /** In the order of their arrival. */
  comments: RecordComment[];
  /** ERPNext's clock when it gave them, ms. */
  serverTime: number;
}

/**
 * Deskside's comments on a record. `get_docinfo` asks for read permission alone and, unlike `getdoc`, counts no view
 * (frappe/desk/form/load.py). It gives all comments of a record, however many; a list of Comment is closed to ordinary
 * people. @throws AppFailure `erp-forbidden`, `erp-not-found`, …
 */
export async function readComments(rest: Rest, ref: RecordRef): Promise<OurComments> {
  const { docinfo, serverTime } = await commentsOf(rest, ref);
  const comments = docinfo.comments.flatMap(({ name, creation, owner, content }) => {
    const data = OURS.exec(content ?? '')?.[1];
    return data ? [{ name, creation, owner: asErpUser(owner), data }] : [];
  });
  return { comments: comments.sort(byArrival), serverTime };
}

/** Everybody's comments on a record, as ERPNext gives them, and its clock (ms). */
export async function commentsOf(rest: Rest, ref: RecordRef) {
  const query = new URLSearchParams({ doctype: ref.doctype, name: ref.name });
  const { body, serverTime } = await rest.get(`${METHOD}.load.get_docinfo?${query}`, DocInfo, {
    verb: 'read',
    doctype: ref.doctype,
    name: ref.name,
  });
  return { docinfo: body.docinfo, serverTime };
}

/** Whether a comment holds what machines wrote for each other. */
export function isOurs(content: string): boolean {
  return OURS.test(content);
}

/**
 * Anybody who may read a record may comment on it, and the record's `modified` stays (frappe/desk/form/utils.py
 * add_comment). It mentions nobody, so that ERPNext notifies nobody. Not repeated by itself: look what stands there.
 * @throws AppFailure `erp-forbidden`, `erp-other-user`, `outcome-unknown`, …
 */
export function addComment(order: AddCommentOrder, deps: CommentDeps): Promise<void> {
  const { ref, erpUser, text } = order;
  return send(order, deps, 'add_comment', {
    reference_doctype: ref.doctype,
    reference_name: ref.name,
    content: htmlOf(text),
    comment_email: erpUser,
    comment_by: erpUser,
  });
}

/** One's own alone (update_comment). @throws AppFailure `erp-forbidden` for somebody else's, `erp-not-found`, … */
export function editComment(order: EditCommentOrder, deps: CommentDeps): Promise<void> {
  return send(order, deps, 'update_comment', { name: order.name, content: htmlOf(order.text) });
}

export const METHOD = '/api/method/frappe.desk.form';

/**
 * The form in which ours pass all three versions' sanitisers unchanged (html_utils.py: bleach in 14 and 15, nh3 in 16;
 * each lets `data-` attributes be); the Markdown that reading runs over comments leaves alone what holds a tag.
 */
const OURS = /^\s*<div data-deskside-chat="([^"<>&]{1,600})"/;

function htmlOf({ data, sentence, link }: CommentText): string {
  const mark = data === null ? '' : ` data-deskside-chat="${data}"`;
  const end = link ? ` <a href="${escapeText(link.url)}" rel="noopener noreferrer">${escapeText(link.text)}</a>` : '';
  return `<div${mark}>${escapeText(sentence)}${end}</div>`;
}

async function send(order: Bound, { rest, user, now }: CommentDeps, method: string, body: Record<string, unknown>) {
  const purpose = { verb: 'change' as const, doctype: order.ref.doctype, name: order.ref.name };
  await rest.send({ method: 'POST', path: `${METHOD}.utils.${method}`, body }, v.unknown(), purpose, () =>
    checkOrder(order, user(), now()),
  );
}

const DocInfo = shape({
  docinfo: shape({
    comments: v.array(
      shape({ name: v.string(), creation: v.string(), owner: v.string(), content: v.nullish(v.string()) }),
    ),
    user_info: v.nullish(v.record(v.string(), shape({ fullname: v.nullish(v.string()) }))),
  }),
});
