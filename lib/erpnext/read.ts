import * as v from 'valibot';
import type { DoctypeRule } from '../model/doctype-rule.ts';
import { fail } from '../model/errors.ts';
import { asErpUser, asRecordName, type ErpUser } from '../model/ids.ts';
import type { Participant } from '../model/participant.ts';
import type { RecordRef, SavedRecord } from '../model/record.ts';
import { overOf } from './doctypes/over-of.ts';
import { peopleOf, textOf, wantsAssignees } from './doctypes/people-of.ts';
import { CHAT_FIELD, type Rules, ruleOf } from './doctypes/registry.ts';
import { isUnknownField } from './erp-errors.ts';
import type { People } from './people.ts';
import { listPath, type Rest, resourcePath } from './rest.ts';
import { type DeskPrefix, urlOfRecord } from './route.ts';
import { shape } from './shape.ts';

/** A document as the wire has it; empty fields are left out of it. `loose`: the rest of the fields pass through. */
export const WireDocument = v.looseObject({
  name: v.string(),
  owner: v.string(),
  creation: v.string(),
  modified: v.string(),
  modified_by: v.nullish(v.string()),
  docstatus: v.number(),
});
export type WireDocument = v.InferOutput<typeof WireDocument>;
export const WireAnswer = shape({ data: WireDocument });

export interface Reader {
  /** GET /api/resource/DOCTYPE/NAME. @throws AppFailure `erp-signed-out`, `erp-forbidden`, `erp-not-found`, … */
  read(ref: RecordRef): Promise<SavedRecord>;
  /** The same of a document that a write has just answered with. */
  saved(ref: RecordRef, document: WireDocument, serverTime: number): Promise<SavedRecord>;
}

export interface ReaderDeps {
  rest: Rest;
  people: People;
  user: () => ErpUser | null;
  prefix: () => DeskPrefix;
  rules: Rules;
}

export function createReader({ rest, people, user, prefix, rules }: ReaderDeps): Reader {
  // Once there the field stays for the life of a page; that it is missing is asked again each time.
  const withField = new Set<string>();

  const hasField = async (ref: RecordRef, document: WireDocument): Promise<boolean> => {
    if (CHAT_FIELD in document) withField.add(ref.doctype);
    if (!withField.has(ref.doctype) && (await fieldExists(rest, ref))) withField.add(ref.doctype);
    return withField.has(ref.doctype);
  };

  const saved = async (ref: RecordRef, document: WireDocument, serverTime: number): Promise<SavedRecord> => {
    const erpUser = user();
    if (!erpUser)
      throw fail(
        'erp-signed-out',
        'ERPNext asks you to sign in again',
        'Sign in to ERPNext in this tab, then try again.',
      );
    const rule = ruleOf(rules(), ref.doctype);
    const chatField = document[CHAT_FIELD];
    const amendedFrom = textOf(document, 'amended_from');
    const over = overOf(rule, document);
    const [hasChatField, participants] = await Promise.all([
      hasField(ref, document),
      rule ? peopleBehind(rule, ref, document, rest, people) : [],
    ]);
    return {
      ref: { ...ref, name: asRecordName(document.name) },
      title: titleOf(rule, document),
      modified: document.modified,
      creation: document.creation,
      owner: asErpUser(document.owner),
      docstatus: document.docstatus === 1 || document.docstatus === 2 ? document.docstatus : 0,
      ...(over ? { over } : {}),
      ...(amendedFrom ? { amendedFrom: asRecordName(amendedFrom) } : {}),
      chatField: typeof chatField === 'string' ? chatField : '',
      hasChatField,
      participants,
      erpUser,
      serverTime,
      url: urlOfRecord(ref, prefix()),
    };
  };

  return {
    async read(ref) {
      const purpose = { verb: 'read' as const, doctype: ref.doctype, name: ref.name };
      const { body, serverTime } = await rest.get(resourcePath(ref.doctype, ref.name), WireAnswer, purpose);
      return saved(ref, body.data, serverTime);
    },
    saved,
  };
}

const ListAnswer = shape({ data: v.array(v.looseObject({})) });

/**
 * Ordinary people may not read Custom Field, but a list that asks for an unknown field is refused with DataError; one
 * that is kept from them by its permission level is left out of the row. No row at all (a private event of somebody
 * else is in no list) means that the field was accepted.
 */
export async function fieldExists(rest: Rest, ref: RecordRef): Promise<boolean> {
  const { status, body } = await rest.probe(listPath(ref.doctype, ['name', CHAT_FIELD], [['name', '=', ref.name]], 1));
  if (isUnknownField(status, body)) return false;
  const list = v.safeParse(ListAnswer, body);
  const row = list.success ? list.output.data[0] : undefined;
  return row === undefined || CHAT_FIELD in row;
}

/** What the document is called: by its rule's title field, else by its name. */
export function titleOf(rule: DoctypeRule | undefined, document: WireDocument): string {
  return textOf(document, rule?.titleField ?? null) || document.name;
}

/** Everybody whom the rule finds in the document, with their addresses as far as this person may read them. */
export async function peopleBehind(
  rule: DoctypeRule,
  ref: RecordRef,
  document: WireDocument,
  rest: Rest,
  people: People,
): Promise<Participant[]> {
  const assigned = wantsAssignees(rule) ? await assignedTo(rest, ref) : null;
  return people.resolve(peopleOf(rule, { ...document, _assign: assigned }));
}

/** Only lists tell `_assign`. Where they do not (a doctype without a table of its own), nobody is assigned. */
async function assignedTo(rest: Rest, { doctype, name }: RecordRef): Promise<unknown> {
  const { body } = await rest.probe(listPath(doctype, ['_assign'], [['name', '=', name]], 1));
  const list = v.safeParse(ListAnswer, body);
  return list.success ? list.output.data[0]?._assign : null;
}
