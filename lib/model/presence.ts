/** How presence is drawn: each look has a shape of its own, so that nobody needs its colour. */
export type PresenceLook = 'available' | 'busy' | 'doNotDisturb' | 'away' | 'offline' | 'outOfOffice';

/** How presence is said: see i18n/desk-words.ts. */
export type PresenceWord = PresenceLook | 'inACall' | 'inAMeeting' | 'presenting' | 'focusing' | 'beRightBack';

/** What Microsoft knows of whether somebody can be reached now. */
export interface Presence {
  look: PresenceLook;
  word: PresenceWord;
  /** Says "out of office" besides. */
  alsoOut: boolean;
}

/**
 * Availability and activity as Graph names them, in any spelling of capitals: its documentation has moved values from
 * one of the two to the other. Null where nothing is known, as of people in other organisations.
 * @see https://learn.microsoft.com/graph/api/resources/presence
 */
export function presenceOf(availability: string, activity: string, outOfOffice: boolean): Presence | null {
  const said = WORDS[activity.toLowerCase()];
  const basic = WORDS[availability.toLowerCase()];
  const word = [said, basic].find(isParticular) ?? basic ?? said;
  if (!word) return outOfOffice ? OUT : null;
  // Busy in a call is busy, whatever look the activity has by itself.
  const look = LOOKS[basic ?? word];
  const out = outOfOffice || said === 'outOfOffice';
  const gone = look === 'away' || look === 'offline' || look === 'outOfOffice';
  return out && gone ? OUT : { look, word, alsoOut: out };
}

/** Says more than the look does. */
function isParticular(word: PresenceWord | undefined): boolean {
  return word !== undefined && LOOKS[word] !== word;
}

const OUT: Presence = { look: 'outOfOffice', word: 'outOfOffice', alsoOut: false };

const WORDS: Readonly<Record<string, PresenceWord>> = {
  available: 'available',
  availableidle: 'available',
  busy: 'busy',
  busyidle: 'busy',
  donotdisturb: 'doNotDisturb',
  urgentinterruptionsonly: 'doNotDisturb',
  inacall: 'inACall',
  inaconferencecall: 'inACall',
  inameeting: 'inAMeeting',
  presenting: 'presenting',
  focusing: 'focusing',
  away: 'away',
  inactive: 'away',
  berightback: 'beRightBack',
  offline: 'offline',
  offwork: 'offline',
  outofoffice: 'outOfOffice',
};

const LOOKS: Readonly<Record<PresenceWord, PresenceLook>> = {
  available: 'available',
  busy: 'busy',
  inACall: 'busy',
  inAMeeting: 'busy',
  doNotDisturb: 'doNotDisturb',
  presenting: 'doNotDisturb',
  focusing: 'doNotDisturb',
  away: 'away',
  beRightBack: 'away',
  offline: 'offline',
  outOfOffice: 'outOfOffice',
};

/**
 * The drawing of a look in a box of 12 by 12: a filled disc or a ring, and a line in it. Lines are 1.6 wide, round.
 */
export const PRESENCE_SHAPES: Readonly<Record<PresenceLook, { filled: boolean; line: string }>> = {
  available: { filled: true, line: 'M3.6 6.3 5.3 8 8.5 4.5' },
  busy: { filled: true, line: '' },
  doNotDisturb: { filled: true, line: 'M3.5 6h5' },
  away: { filled: true, line: 'M6 3.2V6.2L7.9 7.6' },
  offline: { filled: false, line: 'M4.3 4.3l3.4 3.4M7.7 4.3 4.3 7.7' },
  outOfOffice: { filled: false, line: 'M8.4 6H3.8M5.6 4.1 3.7 6l1.9 1.9' },
};
