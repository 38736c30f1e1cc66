import * as v from 'valibot';
import type { ErpUser } from '../model/ids.ts';
import type { NoteDoctype, PersonComment } from '../model/note.ts';
import type { RecordRef } from '../model/record.ts';
import { type CommentDeps, commentsOf, isOurs, METHOD } from './comments.ts';
import { listPath, type Rest, resourcePath } from './rest.ts';
import { checkOrder } from './session.ts';
import { shape } from './shape.ts';

/** Where a note lies: `mark` stands in its HTML, so that it is found again after a lost answer. */
export interface NotePlace {
  ref: RecordRef;
  doctype: NoteDoctype;
  /** Letters, digits and dashes. */
  mark: string;
}

export interface NoteOrder extends Omit<NotePlace, 'mark'> {
  erpUser: ErpUser;
  deadline: number;
  /** Fields of the new document; of a Comment `content` alone. */
  values: Record<string, string>;
}

/**
 * The name of the document that bears this mark, null where there is none. Comments are read with the record, since
 * their list is closed to ordinary people; ToDo and Task by their description.
 */
export async function findNote(rest: Rest, { ref, doctype, mark }: NotePlace): Promise<string | null> {
  if (doctype === 'Comment')
    return (await commentsOf(rest, ref)).docinfo.comments.find(({ content }) => content?.includes(mark))?.name ?? null;
  const { body } = await rest.get(
    listPath(doctype, ['name'], [['description', 'like', `%${mark}%`]], 1),
    shape({ data: v.array(Named) }),
    { verb: 'read', doctype },
  );
  return body.data[0]?.name ?? null;
}

/**
 * Makes it, as this person: frappe/desk/form/utils.py add_comment, or POST /api/resource. Never repeated by itself.
 * @returns its name. @throws AppFailure `erp-forbidden`, `erp-refused` with ERPNext's reason, `outcome-unknown`, …
 */
export async function makeNote(order: NoteOrder, { rest, user, now }: CommentDeps): Promise<string> {
  const { ref, doctype, values, erpUser } = order;
  const isComment = doctype === 'Comment';
  const who = { reference_doctype: ref.doctype, reference_name: ref.name, comment_email: erpUser, comment_by: erpUser };
  const { body } = await rest.send(
    {
      method: 'POST',
      path: isComment ? `${METHOD}.utils.add_comment` : resourcePath(doctype),
      body: isComment ? { ...who, ...values } : values,
    },
    shape({ data: v.nullish(Named), message: v.nullish(Named) }),
    { verb: 'create', doctype },
    () => checkOrder(order, user(), now()),
  );
  return (body.data ?? body.message)?.name ?? '';
}

/** What people wrote on the record, the newest first; what Deskside keeps there is left out. */
export async function readTalk(rest: Rest, ref: RecordRef): Promise<PersonComment[]> {
  const { docinfo } = await commentsOf(rest, ref);
  return docinfo.comments
    .filter(({ content }) => content && !isOurs(content))
    .sort((a, b) => (a.creation < b.creation ? 1 : -1))
    .slice(0, MOST)
    .map(({ name, creation, owner, content }) => ({
      name,
      creation,
      by: docinfo.user_info?.[owner]?.fullname ?? owner,
      html: content!.slice(0, LONGEST),
    }));
}

const MOST = 50;
const LONGEST = 20_000;
const Named = shape({ name: v.string() });
