import type { Presence, PresenceWord } from '../model/presence.ts';

/**
 * Words that stand in ERPNext's own pages (some in the panel as well). Apart from the catalogues, which are too large
 * for a script that runs on every page; the type holds the languages to each other.
 */
interface DeskWords {
  presence: Record<PresenceWord, string>;
  /** Besides: "Available, out of office". */
  alsoOut: string;
  /** A record of a list has a chat; what a click does. */
  mark: string;
  unread: (count: number) => string;
}

const en: DeskWords = {
  presence: {
    available: 'Available',
    busy: 'Busy',
    doNotDisturb: 'Do not disturb',
    away: 'Away',
    offline: 'Offline',
    outOfOffice: 'Out of office',
    inACall: 'In a call',
    inAMeeting: 'In a meeting',
    presenting: 'Presenting',
    focusing: 'Focusing',
    beRightBack: 'Be right back',
  },
  alsoOut: 'out of office',
  mark: 'Open with its Teams chat',
  unread: (count) => (count === 1 ? '1 unread message' : `${count} unread messages`),
};

const de: DeskWords = {
  presence: {
    available: 'Verfügbar',
    busy: 'Beschäftigt',
    doNotDisturb: 'Nicht stören',
    away: 'Abwesend',
    offline: 'Offline',
    outOfOffice: 'Außer Haus',
    inACall: 'In einem Anruf',
    inAMeeting: 'In einer Besprechung',
    presenting: 'Präsentiert gerade',
    focusing: 'Konzentriert sich',
    beRightBack: 'Gleich zurück',
  },
  alsoOut: 'außer Haus',
  mark: 'Mit dem Teams-Chat öffnen',
  unread: (count) => (count === 1 ? '1 ungelesene Nachricht' : `${count} ungelesene Nachrichten`),
};

/** @param lang as a page says it, `de-AT`; one without words is said in English. */
function wordsFor(lang: string): DeskWords {
  return lang.split('-')[0]?.toLowerCase() === 'de' ? de : en;
}

/** "In a call", "Available, out of office". */
export function presenceWords({ word, alsoOut }: Presence, lang: string): string {
  const words = wordsFor(lang);
  return alsoOut ? `${words.presence[word]}, ${words.alsoOut}` : words.presence[word];
}

/** "Open with its Teams chat · 3 unread messages". */
export function markWords(unread: number, lang: string): string {
  const words = wordsFor(lang);
  return unread > 0 ? `${words.mark} · ${words.unread(unread)}` : words.mark;
}
