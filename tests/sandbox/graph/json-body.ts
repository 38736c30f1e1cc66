import type { GraphContext } from './env.ts';
import { badRequest, GraphError } from './graph-error.ts';

export type JsonObject = Record<string, unknown>;

const FOUR_MEGABYTES = 4 * 1024 * 1024;

/** The JSON object in the request's body. */
export async function readBody(c: GraphContext): Promise<JsonObject> {
  const text = await c.req.text();
  if (Buffer.byteLength(text) > FOUR_MEGABYTES)
    throw new GraphError(413, 'RequestEntityTooLarge', 'The request entity is too large.');
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw unreadable();
  return asObject(parse(text), 'body');
}

/** Refuses properties that the type does not have, by the message that Graph's OData reader gives. */
export function checkProperties(value: JsonObject, type: string, allowed: readonly string[]): void {
  for (const name of Object.keys(value)) {
    if (name === '@odata.type' || allowed.includes(name)) continue;
    throw badRequest(
      `The property '${name}' does not exist on type '${type}'. Make sure to only use property names that are defined by the type.`,
    );
  }
}

export function asObject(value: unknown, where: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw badRequest(`Cannot read the value of '${where}': an object was expected.`);
}

export function asString(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  throw badRequest(`Cannot convert the value of '${where}' to the expected target type 'Edm.String'.`);
}

export function asArray(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw badRequest(`Cannot read the value of '${where}': a collection was expected.`);
}

/** DateTimeOffset in ms since 1970. */
export function asTime(value: unknown, where: string): number {
  const text = asString(value, where);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)) {
    throw badRequest(`Cannot convert the literal '${text}' to the expected type 'Edm.DateTimeOffset'.`);
  }
  return Date.parse(text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}

const unreadable = () =>
  badRequest(
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  );
