import type { DirectoryUser } from '../tenant/people.ts';
import { teamLimits } from './team-limits.ts';

/** At most `calls` in `window` milliseconds among all calls with this key. */
export interface Limit {
  key: string;
  calls: number;
  window: number;
  /** How many calls this one counts as; one unless said otherwise. */
  cost?: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The limits one call counts against. Limits by chat and by tenant are shared by all people of the app. */
export function limitsFor(method: string, pathname: string, me: DirectoryUser): Limit[] {
  // Decoded: one chat is one chat, however a client spells its id in the URL.
  const path = decodeURIComponent(pathname.replace(/^\/v1\.0/, '').replace(/^\/(me|users\/[^/]+)(?=\/chats)/, ''));
  const perSecond = (key: string, calls: number): Limit => ({ key: `${key} ${me.tenantId}`, calls, window: SECOND });
  const [, root, chatId, part, item, below] = path.split('/');
  if (root === '$batch') return [];
  if (root === 'communications') return [{ key: `presence ${me.tenantId}`, calls: 1500, window: 30 * SECOND }];
  if (root === 'subscriptions') return [{ key: `subscriptions ${me.tenantId}`, calls: 500, window: 20 * SECOND }];
  if (root === 'teams') return teamLimits(method === 'GET', path.split('/').slice(2), perSecond);
  if (/\/joinedTeams$/.test(path)) return teamLimits(true, [], perSecond);
  if (/^\/me\/drive\b/.test(path)) return [fileLimit(method, path, me)];
  if (/^\/me\/(events|calendar|calendarView|mailboxSettings|outlook)\b/.test(path)) return [mailboxLimit(me)];
  if (/^\/me\/onlineMeetings\b/.test(path)) return onlineMeetingLimits(method, me);
  // Messages are searched in the mailbox, whose limits are Outlook's.
  if (root === 'search') return [mailboxLimit(me)];
  // Identity counts resource units: 5,000 in 10 s for a middle-sized tenant, two for each plain read of users.
  if (root !== 'chats') return [{ key: `users ${me.tenantId}`, calls: 2500, window: 10 * SECOND }];
  const get = method === 'GET';
  if (get && !part) return [{ key: `chats of ${me.id}`, calls: 5, window: SECOND }];
  if (!chatId) return [perSecond('other', 30)];
  if (part === 'messages' && get && below === undefined)
    return [perSecond('read messages', 20), perSecond(`read messages ${chatId}`, 1)];
  if (part === 'messages' && method === 'POST' && (!item || item === 'replyWithQuote')) {
    return [perSecond('write messages', 20), perSecond(`write messages ${chatId}`, 1)];
  }
  if (part === 'members' && !get) {
    return [perSecond('change members', 30), { key: `change members ${chatId}`, calls: 4, window: MINUTE }];
  }
  const other = get ? 'other reads' : 'other';
  return [perSecond(other, 30), perSecond(`${other} ${chatId}`, 1)];
}

/** Cloud communications' (throttling-limits.md): 2,000 meetings for each user in a month, and 50,000 calls in 15 s. */
function onlineMeetingLimits(method: string, me: DirectoryUser): Limit[] {
  const made = { key: `meetings of ${me.id}`, calls: 2000, window: 30 * 24 * 60 * MINUTE };
  const calls = { key: `communications ${me.tenantId}`, calls: 50_000, window: 15 * SECOND };
  return method === 'POST' ? [calls, made] : [calls];
}

/** Outlook's, of one app and one mailbox; that only four run at a time is in mailbox.ts. */
const mailboxLimit = (me: DirectoryUser): Limit => ({ key: `mailbox ${me.id}`, calls: 10_000, window: 10 * MINUTE });

/**
 * SharePoint counts resource units, 1,200 a minute for an app in a tenant of up to 1,000 people: one to get an item, two to
 * write, five for permissions (SharePoint, "Avoid getting throttled or blocked").
 */
function fileLimit(method: string, path: string, me: DirectoryUser): Limit {
  const cost = method === 'GET' ? 1 : /\/(createLink|invite)$/.test(path) ? 5 : 2;
  return { key: `files ${me.tenantId}`, calls: 1200, window: MINUTE, cost };
}
