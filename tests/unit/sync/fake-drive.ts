import type { Clock } from '../../../lib/model/clock.ts';
import { fail } from '../../../lib/model/errors.ts';
import type { UserId } from '../../../lib/model/ids.ts';
import { type DriveFile, numbered, UPLOAD_UNIT } from '../../../lib/model/upload.ts';
import type { FilesApi } from '../../../lib/sync/uploads.ts';

/** A OneDrive as far as files are sent: it counts bytes, keeps to ranges in their order, and renames where a name is taken. */
export function fakeDrive(clock: Clock) {
  const items = new Map<string, DriveFile & { text: string; people: UserId[] }>();
  const sessions = new Map<string, { name: string; parts: string[] }>();
  const calls: string[] = [];
  /** People who cannot be shared with, as an organisation may have it. */
  const closedTo = new Set<UserId>();
  let last = 0;
  const named = (name: string) => [...items.values()].find((item) => item.name === name);
  const lengthOf = (parts: string[]) => parts.join('').length;

  const api: FilesApi = {
    async find(name) {
      calls.push(`find ${name}`);
      return named(name) ?? null;
    },
    async open(name) {
      calls.push(`open ${name}`);
      const url = `https://x.sharepoint.com/${++last}`;
      sessions.set(url, { name, parts: [] });
      return url;
    },
    async put(url, bytes, from, total) {
      calls.push(`put ${from}-${from + bytes.size}/${total}`);
      const session = sessions.get(url);
      if (!session) return { kind: 'gone' };
      if (from !== lengthOf(session.parts)) return { kind: 'later', after: 1 };
      if (from + bytes.size < total && bytes.size % UPLOAD_UNIT) throw fail('refused-by-microsoft', 'Not 320 KiB', 'x');
      session.parts.push(await bytes.text());
      const text = session.parts.join('');
      if (text.length < total) return { kind: 'more', next: text.length };
      sessions.delete(url);
      let { name } = session;
      for (let i = 1; named(name); i++) name = numbered(session.name, i);
      const id = `item${++last}`;
      const createdAt = new Date(clock.now()).toISOString();
      items.set(id, { id, name, size: total, createdAt, guid: `guid-${id}`, folderId: 'f', text, people: [] });
      return { kind: 'whole', file: items.get(id)! };
    },
    async state(url) {
      calls.push('state');
      const session = sessions.get(url);
      return session ? { kind: 'more', next: lengthOf(session.parts) } : { kind: 'gone' };
    },
    async giveUp(url) {
      calls.push('give up');
      sessions.delete(url);
    },
    async share(itemId, people) {
      calls.push(`share ${people.join()}`);
      if (people.some((one) => closedTo.has(one))) throw fail('refused-by-microsoft', 'Not shared', 'x');
      items.get(itemId)!.people = [...new Set([...items.get(itemId)!.people, ...people])];
    },
    async attachmentOf(itemId) {
      calls.push(`attachment ${itemId}`);
      const { guid, name } = items.get(itemId)!;
      return { id: guid, contentType: 'reference', name, contentUrl: `https://x.sharepoint.com/${name}` };
    },
    async remove(itemId) {
      calls.push(`remove ${itemId}`);
      items.delete(itemId);
    },
  };
  return { api, items, sessions, calls, closedTo };
}
