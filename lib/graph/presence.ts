import * as v from 'valibot';
import type { UserId } from '../model/ids.ts';
import type { Presence } from '../model/presence.ts';
import type { Graph } from './client.ts';
import { parsed } from './pages.ts';
import { toPresence } from './transform.ts';

/** Graph takes no more people in one call. */
export const MOST_PRESENCES = 650;

/**
 * Whether these people can be reached; null of whom Microsoft says nothing. Needs Presence.Read.All, which a person can
 * consent to. Not in 21Vianet's cloud. Docs: api/cloudcommunications-getpresencesbyuserid.
 */
export async function presences(graph: Graph, ids: readonly UserId[]): Promise<Map<UserId, Presence | null>> {
  const found = new Map<UserId, Presence | null>(ids.map((id) => [id, null]));
  const read = (answer: unknown) => parsed(Presences, answer).value.map(toPresence);
  for (let i = 0; i < ids.length; i += MOST_PRESENCES) {
    const some = ids.slice(i, i + MOST_PRESENCES);
    const path = '/communications/getPresencesByUserId';
    for (const [id, presence] of await graph.post(path, { ids: some }, read, { safe: true })) found.set(id, presence);
  }
  return found;
}

const Presences = v.object({ value: v.array(v.unknown()) });
