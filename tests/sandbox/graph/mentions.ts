import { badRequest } from './graph-error.ts';
import { asObject, asString, checkProperties } from './json-body.ts';

const WHO = ['user', 'application', 'device', 'conversation'];

/** A mention, as Graph gives it back (resources/chatmessagemention.md). */
export interface Mention {
  id: number;
  mentionText: string;
  mentioned: Record<string, unknown>;
}

/** One of `mentions` of a message: whose place in the text `id` names, and who is meant. */
export function readMention(value: unknown): Mention {
  const given = asObject(value, 'mentions');
  checkProperties(given, 'microsoft.graph.chatMessageMention', ['id', 'mentionText', 'mentioned']);
  const { id } = given;
  if (typeof id !== 'number' || !Number.isInteger(id)) {
    throw badRequest("Cannot convert the value of 'mentions/id' to the expected target type 'Edm.Int32'.");
  }
  const mentioned = asObject(given.mentioned, 'mentions/mentioned');
  checkProperties(mentioned, 'microsoft.graph.chatMessageMentionedIdentitySet', WHO);
  const named = WHO.filter((who) => mentioned[who] !== undefined && mentioned[who] !== null);
  if (named.length !== 1) throw badRequest(`The mention ${id} must name exactly one of ${WHO.join(', ')}.`);
  const who = asObject(mentioned[named[0] ?? ''], 'mentions/mentioned');
  asString(who.id, 'mentions/mentioned/id');
  return {
    id,
    mentionText: asString(given.mentionText, 'mentionText'),
    mentioned: { application: null, device: null, conversation: null, user: null, ...mentioned },
  };
}

/** Each `<at id="n">` of the text has its entry in `mentions`, and the other way round; they need HTML. */
export function checkMentions(content: string, contentType: string, mentions: readonly Mention[]): void {
  if (mentions.length > 0 && contentType !== 'html') throw badRequest('Mentions need a body of content type html.');
  const inText = [...content.matchAll(/<at\s+id="(\d+)"\s*>/g)].map((match) => Number(match[1]));
  const listed = mentions.map(({ id }) => id);
  if (contentType === 'html' && sorted(inText) !== sorted(listed)) {
    throw badRequest("The mentions in the body's <at> tags and in the 'mentions' collection do not match.");
  }
}

const sorted = (ids: number[]) => ids.sort((a, b) => a - b).join();
