import { signal } from '@preact/signals';
import type { PhotoOf } from '../../../components/people/photo-of.ts';
import type { UserId } from '../../../lib/model/ids.ts';
import type { Ask } from './session.ts';

/** Photos of the people on screen, asked for one after the other, once each, after what matters more. */
export function createPhotos(ask: Ask): PhotoOf {
  const known = signal<ReadonlyMap<UserId, string | null>>(new Map());
  const wanted: UserId[] = [];
  const seen = new Set<UserId>();
  let running = false;

  const run = async () => {
    running = true;
    for (let id = wanted.shift(); id; id = wanted.shift()) {
      const photo = await ask('photo', { userId: id });
      if (!photo.ok) seen.delete(id);
      else if (photo.value) known.value = new Map(known.value).set(id, photo.value);
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
