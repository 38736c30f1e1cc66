import type { ChatId, OnlineMeetingId } from './ids.ts';

/** A meeting in Teams apart from any calendar; its organizer alone sees it so. */
export interface OnlineMeeting {
  id: OnlineMeetingId;
  joinUrl: string;
  /** The meeting's own chat. */
  chatId: ChatId | null;
  subject: string;
  /** Milliseconds since 1970. */
  startsAt: number | null;
  endsAt: number | null;
}
