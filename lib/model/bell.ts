/**
 * How a site rings its people's Desksides when Microsoft tells it that some chat changed: a document whose `doc_update`
 * is the bell, and a public method of an unguessable name that rings it. Whoever may read the document may ring it too,
 * so a bell is only ever a hint to look.
 */
export interface Bell {
  /** Name of the Note. */
  note: string;
  /** `deskside_bell_<32 hex digits>`: `/api/method/…` of the site. */
  method: string;
  /** What Microsoft has to say for the bell to ring (Graph's clientState, at most 128 characters). */
  state: string;
}

/** By this title everybody's Deskside finds the document; the script has the same name. */
export const BELL_TITLE = 'Deskside bell';

/** Where Microsoft tells the site of a change. */
export function bellUrl(origin: string, { method }: Pick<Bell, 'method'>): string {
  return `${origin}/api/method/${method}`;
}

/** Microsoft reaches a site only over https, by a public name. */
export function mayBeReached(origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  return protocol === 'https:' && hostname.includes('.') && !PRIVATE.test(hostname);
}

const PRIVATE =
  /(^|\.)(localhost|local|internal|lan|home\.arpa)$|^(10|127|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$|^\[/;
