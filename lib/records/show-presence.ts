import type { Account } from '../auth/account.ts';
import { PRESENCE } from '../auth/scopes.ts';
import { foldEmail, type Origin, type UserId } from '../model/ids.ts';
import type { Presence } from '../model/presence.ts';
import type { PresenceView } from '../rpc/contract.ts';
import { loadFaces } from '../settings/faces.ts';
import type { Worker } from './worker.ts';

/** Whether these people can be reached, or why that is not shown. */
export async function presenceView(worker: Worker, account: Account, ids: UserId[]): Promise<PresenceView> {
  const state = await presenceState(worker);
  if (state !== 'on') return { state, people: [], problem: null };
  const { known, problem } = await worker.presences.of(account.id, ids);
  // The permission was taken back: the next token would say so too.
  if (problem?.code === 'missing-scope') return { state: 'not-allowed', people: [], problem: null };
  return { state, people: [...known].map(([userId, presence]) => ({ userId, presence })), problem };
}

/**
 * Of users whom a page of ERPNext names, those of whom this account already knows who they are at Microsoft: nobody is
 * looked up for it.
 * @param users as the page names them: anything at all.
 */
export async function presenceOnPage(
  worker: Worker,
  account: Account,
  origin: Origin,
  users: string[],
): Promise<{ user: string; presence: Presence }[]> {
  const { settings } = await loadFaces();
  if (!settings.presenceInErpnext || (await presenceState(worker)) !== 'on') return [];
  const ids = await knownIds(worker, account, origin, users.slice(0, MOST_USERS));
  if (ids.size === 0) return [];
  const { known } = await worker.presences.of(account.id, [...ids.values()]);
  return [...ids].flatMap(([user, id]) => {
    const presence = known.get(id);
    return presence ? [{ user, presence }] : [];
  });
}

/** Whether presence is switched on here, and can be had. */
export async function presenceState(worker: Worker): Promise<PresenceView['state']> {
  const [{ settings, managed }, { registration }] = await Promise.all([loadFaces(), worker.settings()]);
  if (!hasPresence(registration?.cloud)) return 'none-here';
  if (!settings.presence) return managed.includes('presence') ? 'refused' : 'off';
  return (await mayAskPresence(worker)) ? 'on' : 'not-allowed';
}

/** Source: Graph documentation, cloudCommunications: getPresencesByUserId, national clouds. */
export function hasPresence(cloud: string | undefined): boolean {
  return cloud !== 'china';
}

export async function mayAskPresence(worker: Worker): Promise<boolean> {
  const granted = await worker.auth.granted();
  return PRESENCE.every((scope) => granted.has(scope));
}

/** A long list and a form at once show no more. */
const MOST_USERS = 200;

async function knownIds(worker: Worker, account: Account, origin: Origin, users: string[]) {
  const emails = new Map(users.flatMap((user) => [[user, foldEmail(user)] as const]).filter(([, email]) => email));
  const asked = [...new Set(emails.values())].filter((email) => email !== null);
  const [mapped, found] = await Promise.all([
    worker.store.mappings.get(account.id, origin, asked),
    worker.store.people.get(account.id, asked, 0),
  ]);
  const ids = new Map<string, UserId>();
  // Nobody looks oneself up.
  const mine = foldEmail(account.username);
  for (const [user, email] of emails) {
    const mapping = email && mapped.get(email);
    const people = (email && found.get(email)?.people) || [];
    const person = mapping
      ? mapping.state === 'mapped'
        ? mapping.person
        : null
      : people.length === 1
        ? people[0]
        : null;
    const id = email === mine ? account.userId : person?.id;
    if (id) ids.set(user, id);
  }
  return ids;
}
