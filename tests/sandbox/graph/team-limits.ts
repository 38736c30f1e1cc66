import type { Limit } from './throttling-table.ts';

/**
 * Limits of one call below /teams (throttling-teams.md): messages of a channel are read at 20 and written at 50 calls a
 * second, lists of teams at 30 and of channels at 60; one call a second and channel; four a second and team.
 * @param segments of the path after /teams
 * @param perSecond makes a limit of so many calls a second, shared by the app's people of one tenant
 */
export function teamLimits(
  get: boolean,
  segments: string[],
  perSecond: (key: string, calls: number) => Limit,
): Limit[] {
  const [team, , channel, part] = segments;
  if (!team) return [perSecond('read teams', 30)];
  const aTeam = perSecond(`team ${team}`, 4);
  if (!channel)
    return [aTeam, perSecond(segments.length > 1 ? 'read channels' : 'read teams', segments.length > 1 ? 60 : 30)];
  const kind = get ? 'read' : 'write';
  if (part !== 'messages') return [aTeam, perSecond('read channels', 60), perSecond(`${kind} channel ${channel}`, 1)];
  const all = perSecond(`${kind} channel messages`, get ? 20 : 50);
  return [aTeam, all, perSecond(`${kind} channel messages ${channel}`, 1)];
}
