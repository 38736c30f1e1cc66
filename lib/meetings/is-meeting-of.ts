import type { MeetingMark } from '../model/ids.ts';
import type { Meeting } from '../model/meeting.ts';
import { linksTo } from '../util/meeting-body.ts';

/**
 * Whether an event of the person's calendar is a record's meeting: by the mark in one's own, by the address to join that the
 * record names, or by the link to the record that an invitation of another's has. Only the mark is our own word; the others
 * are the sender's, so show who that is.
 */
export function isMeetingOf(
  { mark, joinUrl, body }: Pick<Meeting, 'mark' | 'joinUrl' | 'body'>,
  record: { mark: MeetingMark; joinUrl: string | null; url: string },
): 'mark' | 'address' | 'link' | null {
  if (mark === record.mark) return 'mark';
  if (joinUrl !== null && joinUrl === record.joinUrl) return 'address';
  return linksTo(body, record.url) ? 'link' : null;
}
