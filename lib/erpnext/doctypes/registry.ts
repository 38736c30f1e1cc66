import type { DoctypeRule } from '../../model/doctype-rule.ts';
import { event } from './event.ts';
import { project } from './project.ts';

/** What Deskside knows without being told; a person or a policy may say it otherwise, or add others. */
export const SHIPPED: readonly DoctypeRule[] = [event, project];

/** The custom field that holds a claim or the chat's id; the same in every doctype. */
export const CHAT_FIELD = 'custom_teams_chat_id';
/** The meeting's address, and the button in the form that leads there. */
export const URL_FIELD = 'custom_teams_meeting_url';
export const JOIN_FIELD = 'custom_join_teams_meeting';
/** The field of User that names a person's Microsoft account; the field of the server app that many sites have. */
export const AZURE_FIELD = 'azure_object_id';

/** The rules in force, of whoever asks now. */
export type Rules = () => readonly DoctypeRule[];

/** @returns undefined for a doctype without a panel. */
export function ruleOf(rules: readonly DoctypeRule[], doctype: string): DoctypeRule | undefined {
  return rules.find((rule) => rule.doctype === doctype);
}

/** @param slug as it stands in the address, decoded. */
export function ruleOfSlug(rules: readonly DoctypeRule[], slug: string): DoctypeRule | undefined {
  return rules.find((rule) => slugOf(rule.doctype) === slug.toLowerCase());
}

/** A doctype's part of the URL: lower case, blanks as '-' (frappe.router.slug). */
export function slugOf(doctype: string): string {
  return doctype.toLowerCase().replace(/ /g, '-');
}
