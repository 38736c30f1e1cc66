/** One of Graph's limits: at most `count` calls in `window` milliseconds, shared by all calls with the same key. */
export interface Limit {
  key: string;
  count: number;
  window: number;
  /** How many calls this one counts as (parts of a $batch); 1 where it is not said. */
  cost?: number;
  /** Counted for each user apart; else for all of an organisation who use the app. */
  perUser?: true;
}

/** Our clock and Graph's do not tick together: a little more than Microsoft's second keeps us inside it. */
const SECOND = 1_100;
const MINUTE = 63_000;

/** Members added to, or taken out of, one chat. */
export const MEMBER_CHANGES = { count: 4, window: MINUTE } as const;

/**
 * The limits one call counts against, the narrowest first. Per app and tenant (so shared with colleagues, which is why
 * they are ceilings and no aim), per chat, and per user for lists of chats.
 * Source: Graph documentation, "Microsoft Graph service-specific throttling limits", Microsoft Teams.
 * `path` is relative to the version, `/chats/{id}/messages?…`.
 */
export function limitsOf(method: string, whole: string): Limit[] {
  // What is done to a message goes by way of the person: it counts against the chat all the same.
  const path = whole.replace(/^\/?users\/[^/?]+(?=\/chats\/)/, '');
  const [, root, id, part] = /^\/?(me|chats|users|teams)(?:\/([^/?]+))?(?:\/([^/?]+))?/.exec(path) ?? [];
  const read = method === 'GET';
  if ((root === 'me' && id === 'joinedTeams') || root === 'teams')
    return teamLimits(read, path, root === 'teams' ? id : null);
  if ((root === 'me' && id === 'chats') || (root === 'chats' && read && id && !part))
    return [{ key: 'chats', count: 5, window: SECOND, perUser: true }];
  // Messages are looked for in the mailbox, which takes four at a time.
  if (/^\/?search\//.test(path)) return [{ key: 'search', count: 4, window: SECOND, perUser: true }];
  // The calendar lies there too: 10,000 calls in ten minutes and four at a time, for the app and the mailbox.
  if (/^\/?me\/(events|calendar|calendarView)\b/.test(path))
    return [{ key: 'calendar', count: 4, window: SECOND, perUser: true }];
  const changes = !read && /\/messages\/\d/.test(path);
  if (root === 'chats' && id && part === 'messages' && !changes) {
    const kind = read ? 'read' : 'send';
    return [
      { key: `${kind}:${id}`, count: 1, window: SECOND },
      { key: kind, count: 20, window: SECOND },
    ];
  }
  if (root === 'chats' && id && part === 'members' && !read)
    return [
      { key: `members:${id}`, ...MEMBER_CHANGES },
      { key: 'members', count: 30, window: SECOND },
    ];
  if (root === 'chats' && id)
    return [
      { key: `other:${id}`, count: 1, window: SECOND },
      { key: 'other', count: 30, window: SECOND },
    ];
  // People and photos have a budget of their own, thousands a second wide; this only keeps bursts decent.
  return [{ key: root === 'chats' ? 'other' : 'people', count: 30, window: SECOND }];
}

/** Per app for a given team, per channel, and of all the app does in channels. */
function teamLimits(read: boolean, path: string, team: string | null | undefined): Limit[] {
  if (!team) return [{ key: 'teams', count: 30, window: SECOND }];
  const ofTeam = { key: `team:${team}`, count: 4, window: SECOND };
  const [, channel, messages] = /\/channels(?:\/([^/?]+))?(\/messages)?/.exec(path) ?? [];
  if (channel && messages) {
    const kind = read ? 'channel-read' : 'channel-send';
    return [
      { key: `${kind}:${channel}`, count: 1, window: SECOND },
      ofTeam,
      { key: kind, count: read ? 20 : 50, window: SECOND },
    ];
  }
  return [
    { key: `channels:${team}`, count: 1, window: SECOND },
    ofTeam,
    { key: 'channels', count: 60, window: SECOND },
  ];
}
