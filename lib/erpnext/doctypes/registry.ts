import { event } from './event.ts';
import type { DoctypeKnowledge } from './knowledge.ts';
import { project } from './project.ts';

/** Every doctype that gets a panel. A new one is a file beside these and a line here. */
export const REGISTRY: readonly DoctypeKnowledge[] = [event, project];

/** @returns undefined for a doctype without a panel. */
export function knowledgeOf(doctype: string): DoctypeKnowledge | undefined {
  return REGISTRY.find((known) => known.doctype === doctype);
}

export function knowledgeOfSlug(slug: string): DoctypeKnowledge | undefined {
  return REGISTRY.find((known) => known.slug === slug.toLowerCase());
}

/** The custom field that holds a claim or the chat's id; the same in every doctype. */
export const CHAT_FIELD = 'custom_teams_chat_id';
