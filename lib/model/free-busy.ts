/** What stands in a person's calendar, as far as they let one see it; the rest of the time they are free. */
export interface Engagement {
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  kind: 'tentative' | 'busy' | 'away';
}

/** A person's time; `unknown` where Exchange does not know them (outsiders) or they show nobody. */
export type FreeBusy = { state: 'known'; engagements: Engagement[] } | { state: 'unknown' };

/** What a time would collide with. */
export function collisions(time: { from: number; to: number }, engagements: readonly Engagement[]): Engagement[] {
  return engagements.filter(({ from, to }) => from < time.to && to > time.from);
}
