import type * as Microsoft from '@microsoft/microsoft-graph-types';
import * as v from 'valibot';
import type { Engagement, FreeBusy } from '../model/free-busy.ts';
import { type Email, foldEmail } from '../model/ids.ts';
import type { Graph } from './client.ts';
import { parsed, toPage } from './pages.ts';
import { maybe, named, text } from './transform.ts';
import { instant, MomentShape } from './transform-meetings.ts';

/** Docs: concepts/outlook-get-free-busy-schedule, "Limits and error conditions". */
const MOST_AT_ONCE = 20;
export const MOST_DAYS = 61;
const MOST_MS = MOST_DAYS * 86_400_000;

/**
 * When these people are not free, within at most 61 days. Whom Exchange does not answer for is `unknown`, never free. Takes
 * Calendars.Read. Docs: api/calendar-getschedule.
 * @param from, to milliseconds since 1970.
 */
export async function freeBusy(
  graph: Graph,
  people: readonly Email[],
  { from, to, signal }: { from: number; to: number; signal?: AbortSignal },
): Promise<Map<Email, FreeBusy>> {
  const answers = new Map<Email, FreeBusy>(people.map((email) => [email, { state: 'unknown' }]));
  const times = { startTime: inUtc(from), endTime: inUtc(Math.min(to, from + MOST_MS)) };
  const wanted = [...answers.keys()];
  for (let at = 0; at < wanted.length; at += MOST_AT_ONCE) {
    const schedules = wanted.slice(at, at + MOST_AT_ONCE);
    const init = { headers: { prefer: 'outlook.timezone="UTC"' }, safe: true, signal };
    const body = { schedules, ...times, availabilityViewInterval: 30 };
    for (const [email, answer] of await graph.post('/me/calendar/getSchedule', body, toAnswers, init))
      if (answers.has(email)) answers.set(email, answer);
  }
  return answers;
}

function inUtc(at: number): Microsoft.DateTimeTimeZone {
  return { dateTime: new Date(at).toISOString().slice(0, 19), timeZone: 'UTC' };
}

function toAnswers(answer: unknown): [Email, FreeBusy][] {
  return toPage(answer).items.flatMap((item): [Email, FreeBusy][] => {
    const { scheduleId, scheduleItems, error } = parsed(ScheduleShape, item);
    const email = foldEmail(scheduleId);
    if (!email) return [];
    if (error || !scheduleItems) return [[email, { state: 'unknown' }]];
    return [[email, { state: 'known', engagements: scheduleItems.flatMap(toEngagement) }]];
  });
}

/** Working elsewhere is free to meet, as Outlook's own merged view has it. The documentation spells `Busy`, the model `busy`. */
const KINDS: Record<string, Engagement['kind']> = { tentative: 'tentative', busy: 'busy', oof: 'away' };

function toEngagement({ status, start, end }: v.InferOutput<typeof ItemShape>): Engagement[] {
  const kind = KINDS[status?.toLowerCase() ?? ''];
  return kind ? [{ from: instant(start), to: instant(end), kind }] : [];
}

const ItemShape = named<Microsoft.ScheduleItem>()({ status: text, start: MomentShape, end: MomentShape });
const ScheduleShape = named<Microsoft.ScheduleInformation>()({
  scheduleId: text,
  scheduleItems: maybe(v.array(ItemShape)),
  error: maybe(v.object({ responseCode: text })),
});
