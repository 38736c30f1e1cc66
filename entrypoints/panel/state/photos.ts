import { signal } from '@preact/signals';
import type { PhotoOf } from '../../../components/people/photo-of.ts';
import type { UserId } from '../../../lib/model/ids.ts';
import type { Ask } from './session.ts';

/** Microsoft takes as many in one request. */
const AT_ONCE = 20;

/** Photos of the people on screen, asked for together, once each, after what matters more. */
export function createPhotos(ask: Ask): PhotoOf {
  const known = signal<ReadonlyMap<UserId, string>>(new Map());
  const wanted: UserId[] = [];
  const seen = new Set<UserId>();
  let running = false;

  const run = async () => {
    running = true;
    while (wanted.length > 0) {
      const userIds = wanted.splice(0, AT_ONCE);
      const answer = await ask('photos', { userIds });
      if (!answer.ok) for (const id of userIds) seen.delete(id);
      else if (answer.value.length > 0)
        known.value = new Map([...known.value, ...answer.value.map(({ userId, url }) => [userId, url] as const)]);
    }
    running = false;
  };
  return (userId) => {
    if (!userId) return null;
    const photo = known.value.get(userId) ?? null;
    if (!seen.has(userId)) {
      seen.add(userId);
      wanted.push(userId);
      // Not while rendering.
      if (!running) queueMicrotask(() => !running && void run());
    }
    return photo;
  };
}
