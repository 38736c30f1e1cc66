import { badRequest } from './graph-error.ts';
import { asString } from './json-body.ts';

const MAX_TOPIC = 250;

/** A group chat's name, or null: at most 250 characters and no colon. */
export function readTopic(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const topic = asString(value, 'topic');
  if (topic.length > MAX_TOPIC) throw badRequest(`The chat topic is longer than ${MAX_TOPIC} characters.`);
  if (topic.includes(':')) throw badRequest("The chat topic must not contain the character ':'.");
  return topic;
}
