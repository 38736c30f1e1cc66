import type { Member } from '../model/chat.ts';
import { AppFailure } from '../model/errors.ts';
import type { UserId } from '../model/ids.ts';
import type { FilesApi } from './uploads.ts';

/**
 * Opens a file to a chat's people. Where that is refused for all at once (a guest whom the organisation shares nothing
 * with, somebody of another one), each is tried alone, and those who may not see it stay out, as the composer warned.
 * @throws AppFailure where it is refused for everybody
 */
export async function shareWith(
  api: Pick<FilesApi, 'share'>,
  itemId: string,
  members: readonly Member[],
  me: UserId,
): Promise<void> {
  const people = members.flatMap(({ userId }) => (userId && userId !== me ? [userId] : []));
  if (!people.length) return;
  const refused = await refusalOf(api.share(itemId, people));
  if (!refused) return;
  if (people.length === 1) throw refused;
  let shared = 0;
  for (const person of people) if (!(await refusalOf(api.share(itemId, [person])))) shared++;
  if (!shared) throw refused;
}

/** Why it is refused for good, or null where it was done; throws what passes. */
async function refusalOf(sharing: Promise<void>): Promise<AppFailure | null> {
  try {
    await sharing;
    return null;
  } catch (caught) {
    if (
      caught instanceof AppFailure &&
      (caught.error.code === 'refused-by-microsoft' || caught.error.code === 'not-found')
    )
      return caught;
    throw caught;
  }
}
