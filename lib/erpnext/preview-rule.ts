import type { DoctypeRule, RulePreview } from '../model/doctype-rule.ts';
import type { RecordRef } from '../model/record.ts';
import { datesOf } from './doctypes/dates-of.ts';
import type { People } from './people.ts';
import { peopleBehind, titleOf, WireAnswer } from './read.ts';
import { type Rest, resourcePath } from './rest.ts';

/** What a rule that is not in force yet would find in a record. @throws AppFailure as every read of a record. */
export async function previewRule(rest: Rest, people: People, ref: RecordRef, rule: DoctypeRule): Promise<RulePreview> {
  const { body } = await rest.get(resourcePath(ref.doctype, ref.name), WireAnswer, {
    verb: 'read',
    doctype: ref.doctype,
    name: ref.name,
  });
  return {
    title: titleOf(rule, body.data),
    dates: datesOf(rule, body.data),
    people: await peopleBehind(rule, ref, body.data, rest, people),
  };
}
