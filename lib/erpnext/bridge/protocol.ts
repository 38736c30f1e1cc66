import * as v from 'valibot';
import type { DoctypeRule } from '../../model/doctype-rule.ts';
import { shape } from '../shape.ts';

/**
 * What the page's world (MAIN) and the content script (ISOLATED) say to each other: CustomEvents on the document whose
 * detail is a JSON string, since strings cross between worlds in every browser. Whoever meets the other first makes no
 * difference: each calls when it starts and answers the other's call. The channel is random for each content script,
 * so that one left over from before an update hears nothing. It is no secret: everything heard here is a hint.
 */

/** "I have just started": from the page's side, no detail. An older copy of it lets go; the content script answers. */
export const BRIDGE_STARTED = 'deskside:bridge';
/** "Talk to me on this channel": from the content script, detail = the channel. */
export const BRIDGE_HELLO = 'deskside:hello';

export const toPage = (channel: string) => `deskside:${channel}:page`;
export const toContent = (channel: string) => `deskside:${channel}:content`;

/** The form that is on screen, as `cur_frm` has it. */
export const FormState = shape({
  doctype: v.string(),
  name: v.string(),
  isNew: v.boolean(),
  dirty: v.boolean(),
  unsavedPeople: v.array(v.string()),
});
export type FormState = v.InferOutput<typeof FormState>;

/** With an `id` the answer to that question, else what form is on screen (null: none). */
export const FromPage = shape({
  id: v.nullish(v.number()),
  answer: v.nullish(v.string()),
  form: v.nullish(FormState),
  /** The site rang. */
  rang: v.nullish(v.boolean()),
});
export type FromPage = v.InferOutput<typeof FromPage>;

/**
 * A question: which form (answered without an id), the CSRF token, the form's meeting, to let a form follow a write, or
 * to hear a bell (answered `up` or `down`, as ERPNext's socket is). `rules` says where people stand in forms; it is not parsed further, since a page that forges it only misleads itself.
 */
export const FromContent = v.variant('ask', [
  v.object({ ask: v.literal('form') }),
  v.object({ ask: v.literal('rules'), rules: v.array(v.custom<DoctypeRule>((rule) => typeof rule === 'object')) }),
  v.object({ ask: v.literal('csrf'), id: v.number() }),
  v.object({ ask: v.literal('meeting'), id: v.number() }),
  v.object({ ask: v.literal('bell'), id: v.number(), note: v.string() }),
  v.object({
    ask: v.literal('patch'),
    id: v.number(),
    doctype: v.string(),
    name: v.string(),
    baseModified: v.string(),
    values: v.record(v.string(), v.string()),
  }),
]);
export type FromContent = v.InferOutput<typeof FromContent>;

/** Tell the other world. */
export function tell(target: EventTarget, type: string, message: FromPage | FromContent): void {
  target.dispatchEvent(new CustomEvent(type, { detail: JSON.stringify(message) }));
}

/** What the other world told, or null where it is not of this protocol. */
export function heard<T>(event: Event, schema: v.GenericSchema<unknown, T>): T | null {
  try {
    const detail: unknown = (event as CustomEvent).detail;
    if (typeof detail !== 'string' || detail.length > LONGEST) return null;
    const parsed = v.safeParse(schema, JSON.parse(detail));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Characters; a form with a thousand people typed into it says less. */
const LONGEST = 100_000;
