/** Branded identifiers: the compiler keeps a chat id from being passed where a record's name is meant. */
declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** Scheme, host and port of an ERPNext site, as `location.origin` gives it. */
export type Origin = Brand<string, 'Origin'>;
/** `Event`, `Project`, … as ERPNext spells it. */
export type Doctype = Brand<string, 'Doctype'>;
/** A document's `name`; may hold slashes, blanks and any script. */
export type RecordName = Brand<string, 'RecordName'>;
/** A person's login at one ERPNext site (`user_id` cookie); usually an e-mail, `Administrator` and `Guest` are not. */
export type ErpUser = Brand<string, 'ErpUser'>;
/** An e-mail address, trimmed and in lower case: make it with `foldEmail`. */
export type Email = Brand<string, 'Email'>;
/** Teams thread id, `19:…@thread.v2`. */
export type ChatId = Brand<string, 'ChatId'>;
/** Milliseconds since 1970 as a string of digits, unique within one chat only. */
export type MessageId = Brand<string, 'MessageId'>;
/** Microsoft Entra object id of a person. */
export type UserId = Brand<string, 'UserId'>;
/** Id of an event in one person's calendar, as long as it stays in that calendar. */
export type EventId = Brand<string, 'EventId'>;
/** Id of an online meeting, as Graph gives it to its organizer. */
export type OnlineMeetingId = Brand<string, 'OnlineMeetingId'>;
/** Which record an event in a calendar is the meeting of, as its extended property holds it. */
export type MeetingMark = Brand<string, 'MeetingMark'>;
/** A time zone of IANA's list that this browser knows, `Europe/Berlin`: make it with `zoneOf`. */
export type ZoneName = Brand<string, 'ZoneName'>;
/** A time zone as Windows and Exchange call it, `W. Europe Standard Time`. */
export type WindowsZone = Brand<string, 'WindowsZone'>;
/** What a clock on a wall shows, without a zone, to the second: `2026-12-10T14:00:00`. */
export type WallTime = Brand<string, 'WallTime'>;
/** `2026-12-10`. */
export type CalendarDate = Brand<string, 'CalendarDate'>;
/** MSAL's homeAccountId `<object id>.<tenant id>`: whose data a stored row is. */
export type AccountId = Brand<string, 'AccountId'>;
/** `JSON.stringify([origin, doctype, name])`: a record as a key of maps and stores. */
export type RecordKey = Brand<string, 'RecordKey'>;

export const asOrigin = (s: string) => s as Origin;
export const asDoctype = (s: string) => s as Doctype;
export const asRecordName = (s: string) => s as RecordName;
export const asErpUser = (s: string) => s as ErpUser;
export const asChatId = (s: string) => s as ChatId;
export const asMessageId = (s: string) => s as MessageId;
export const asUserId = (s: string) => s as UserId;
export const asEventId = (s: string) => s as EventId;
export const asOnlineMeetingId = (s: string) => s as OnlineMeetingId;
export const asMeetingMark = (s: string) => s as MeetingMark;
export const asAccountId = (s: string) => s as AccountId;

/** An address in the one spelling used for comparing, or null where the text is not an address. */
export function foldEmail(text: string | null | undefined): Email | null {
  const folded = (text ?? '').trim().toLowerCase();
  return /^[^\s@<>",;]+@[^\s@<>"',;]+$/.test(folded) ? (folded as Email) : null;
}
