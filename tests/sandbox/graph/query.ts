import type { GraphContext } from './env.ts';
import { badRequest } from './graph-error.ts';

/** OData options of a call. Each handler names those it knows; all others are refused, as Teams' endpoints do. */
export function readQuery(c: GraphContext, allowed: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    const option = name.toLowerCase();
    if (!allowed.includes(option)) throw unsupported(name);
    if (found.has(option))
      throw badRequest(`Query option '${name}' was specified more than once, but it must be specified at most once.`);
    found.set(option, value);
  }
  return found;
}

/** `$top`, within the call's bounds. */
export function readTop(query: Map<string, string>, fallback: number, max: number): number {
  const text = query.get('$top');
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text))
    throw badRequest(
      `Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`,
    );
  const top = Number(text);
  if (top < 1 || top > max)
    throw badRequest(
      `The limit of '${max}' for Top query has been exceeded. The value from the incoming request is '${text}'.`,
    );
  return top;
}

/** A comma-separated option such as $select or $expand. */
export function readNames(query: Map<string, string>, option: string): string[] {
  return (query.get(option) ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function unsupported(name: string) {
  if (!name.startsWith('$')) return badRequest(`The query parameter '${name}' is not supported.`);
  const option = name.slice(1, 2).toUpperCase() + name.slice(2);
  return badRequest(
    `Query option '${option}' is not allowed. To allow it, set the 'AllowedQueryOptions' property on EnableQueryAttribute or QueryValidationSettings.`,
  );
}
