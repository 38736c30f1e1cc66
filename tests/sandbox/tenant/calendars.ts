import { randomBytes } from 'node:crypto';
import type { Clock } from '../shell.ts';
import type { CalendarItem, MeetingMail, OccurrenceException } from './calendar-records.ts';
import { contentOn, type Instance, occurrenceOn, readId, wholeOf } from './occurrences.ts';
import type { Zone } from './zones.ts';

/** Everybody's calendar, and the mails about meetings. What a change brings about for others is in scheduling.ts. */
export class Calendars {
  readonly #clock: Clock;
  #items = new Map<string, CalendarItem>();
  #version = 0;
  /** Oldest first. */
  readonly mails: MeetingMail[] = [];
  /** Whether the tenant's calendars offer Teams meetings. */
  teamsMeetings = true;
  /** Time zones of mailboxes, where they are not Berlin's. */
  readonly zones = new Map<string, Zone>();
  /** What clients know by their delta tokens: the versions of what they were told, by id. */
  readonly syncStates = new Map<string, { ownerId: string; from: number; until: number; known: Map<string, number> }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  reset(): void {
    this.#items.clear();
    this.mails.length = 0;
    this.syncStates.clear();
    this.zones.clear();
    this.teamsMeetings = true;
  }

  /** The time zone of somebody's mailbox. */
  zoneOf = (userId: string): Zone =>
    this.zones.get(userId) ?? { windows: 'W. Europe Standard Time', iana: 'Europe/Berlin' };

  of(ownerId: string): CalendarItem[] {
    return [...this.#items.values()].filter((item) => item.ownerId === ownerId);
  }

  all(): CalendarItem[] {
    return [...this.#items.values()];
  }

  /** The item or occurrence with this id in one person's calendar. */
  find(ownerId: string, id: string): Instance | undefined {
    const named = readId(id);
    const item = named && this.#items.get(named.itemId);
    if (!item || item.ownerId !== ownerId) return undefined;
    return named.day === null ? wholeOf(item) : occurrenceOn(item, named.day);
  }

  byUid(ownerId: string, uid: string): CalendarItem | undefined {
    return this.of(ownerId).find((item) => item.uid === uid);
  }

  add(draft: Omit<CalendarItem, 'id' | 'createdAt' | 'modifiedAt' | 'version'>): CalendarItem {
    const now = this.#clock.now();
    const id = `AAMkAG${randomBytes(32).toString('base64url')}AAA=`;
    const item = { ...draft, id, createdAt: now, modifiedAt: now, version: this.#nextVersion() };
    this.#items.set(id, item);
    return item;
  }

  remove(item: CalendarItem): void {
    this.#items.delete(item.id);
  }

  /** The item has changed: its change key and time move. */
  touch(thing: CalendarItem | OccurrenceException): void {
    thing.version = this.#nextVersion();
    thing.modifiedAt = Math.max(this.#clock.now(), thing.modifiedAt + 1);
  }

  /** The exception of one day, made of the series where it was none. */
  exceptionOn(item: CalendarItem, day: string): OccurrenceException {
    const known = item.exceptions.get(day);
    if (known) return known;
    const now = this.#clock.now();
    const made: OccurrenceException = {
      createdAt: item.createdAt,
      modifiedAt: now,
      version: this.#nextVersion(),
      content: structuredClone(contentOn(item, day)),
      response: item.response,
      isCancelled: false,
      extended: new Map(item.extended),
    };
    item.exceptions.set(day, made);
    return made;
  }

  /** A new iCalUId in Exchange's form (MS-OXOCAL, PidLidGlobalObjectId). */
  newUid(): string {
    const time = BigInt(this.#clock.now()).toString(16).padStart(16, '0');
    return `040000008200E00074C5B7101A82E00800000000${time}000000000000000010000000${randomBytes(16).toString('hex')}`.toUpperCase();
  }

  #nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }
}
