import * as v from 'valibot';
import type { CallInit, Graph } from './client.ts';
import { strangeAnswer } from './errors.ts';

/**
 * Follows `@odata.nextLink` to the end; yields a page's items as they came, and whether another page follows, so that
 * whoever has enough need not ask for it. Source: Graph documentation, "Paging".
 */
export async function* pagesOf(graph: Graph, path: string, init: CallInit = {}): AsyncGenerator<GraphPage> {
  let next: string | undefined = path;
  const seen = new Set<string>();
  while (next) {
    // A server that hands out the same link again would keep us for ever.
    if (seen.has(next)) throw strangeAnswer('a next link came twice');
    seen.add(next);
    const page: GraphPage = toPage(await graph.get(next, init));
    next = page.next ?? undefined;
    yield page;
  }
}

/** One page, as it came. */
export function toPage(answer: unknown): GraphPage {
  const { value, '@odata.nextLink': next } = parsed(Page, answer);
  return { items: value, more: next !== undefined, next: next ?? null };
}

export interface GraphPage {
  items: unknown[];
  more: boolean;
  /** The link of the page that follows. */
  next: string | null;
}

const Page = v.object({ value: v.array(v.unknown()), '@odata.nextLink': v.optional(v.string()) });

/** Believes an answer only in the shape we know; names the spot, never the value. */
export function parsed<T extends v.GenericSchema>(schema: T, data: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw strangeAnswer(`${v.getDotPath(issue) ?? 'answer'}: ${issue.expected ?? issue.type} expected`);
}

/** A path segment: percent-encoded but for what Graph's documentation writes plain in chat ids. */
export function segment(id: string): string {
  return encodeURIComponent(id).replace(/%3A/g, ':').replace(/%40/g, '@');
}

/** `?$top=50&$filter=…` with encoded values. */
export function query(options: Record<string, string | number | undefined>): string {
  const parts = Object.entries(options).filter(([, value]) => value !== undefined);
  return parts.length
    ? `?${parts.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
    : '';
}
