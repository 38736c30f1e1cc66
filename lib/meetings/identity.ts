import { asMeetingMark, type MeetingMark } from '../model/ids.ts';

/**
 * What an event in a calendar carries to be found as a record's meeting: the same for everybody and after a rename, another
 * one in a duplicate. No name and no address, since whoever may read the calendar reads it.
 * @param creation opaque, as ERPNext gives it.
 */
export async function meetingMark(origin: string, doctype: string, creation: string): Promise<MeetingMark> {
  return asMeetingMark(`deskside:1:${(await hashOf([origin, doctype, creation])).slice(0, 32)}`);
}

/**
 * By what Exchange tells a repeated creation from a new one (Graph's `transactionId`), and Teams a repeated online meeting
 * (`externalId`): the same for the same record, account and generation. The generation stands in the job and grows when a
 * meeting is made anew after it was cancelled.
 */
export async function transactionId(mark: MeetingMark, account: string, generation: number): Promise<string> {
  const hex = await hashOf([mark, account, generation]);
  // In the shape of a UUID, which is what the documentation shows.
  return [8, 12, 16, 20, 32].map((end, n, ends) => hex.slice(n ? ends[n - 1] : 0, end)).join('-');
}

async function hashOf(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((b) => b.toString(16).padStart(2, '0')).join('');
}
