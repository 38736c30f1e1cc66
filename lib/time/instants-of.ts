import type { WallTime, ZoneName } from '../model/ids.ts';
import type { MeetingTimes } from '../model/meeting.ts';
import { addDays, wallOf } from '../model/wall-time.ts';
import { instantOf } from './zone.ts';

/**
 * From when to when a meeting takes somebody's time, in milliseconds since 1970: for whatever knows instants alone (an
 * online meeting without a calendar, Teams' form, free and busy). Whole days are those of the organizer's zone.
 */
export function instantsOf(times: MeetingTimes): { startsAt: number; endsAt: number } {
  if (times.kind === 'timed') return { startsAt: times.startsAt, endsAt: times.endsAt };
  const { first, last, zone } = times;
  return { startsAt: beginning(wallOf(first), zone), endsAt: beginning(wallOf(addDays(last, 1)), zone) };
}

/** A day whose midnight the clock leaves out (in Havana, in Beirut) begins with the jump. */
function beginning(midnight: WallTime, zone: ZoneName): number {
  const found = instantOf(midnight, zone);
  return found.kind === 'one' ? found.at : found.kind === 'gap' ? found.after : found.first;
}
