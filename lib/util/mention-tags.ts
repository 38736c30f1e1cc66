import { escapeInline } from './escape.ts';

/** Where somebody is mentioned in a text, in UTF-16 units; their name as it is to be shown. */
export interface MentionSpot {
  start: number;
  end: number;
  name: string;
}

/**
 * A mention's place while the text around it is formatted: its number between two characters that Unicode keeps out of
 * every text ("noncharacters"). So no sign in a name is taken for a mark.
 */
const PLACE = /\ufdd0(\d+)\ufdd1/g;

/** @param mentions in order and without overlap */
export function withPlaces(text: string, mentions: readonly MentionSpot[]): string {
  const free = (part: string) => part.replace(/[\ufdd0\ufdd1]/g, '');
  let out = '';
  let at = 0;
  for (const [i, { start, end }] of mentions.entries()) {
    out += `${free(text.slice(at, start))}\ufdd0${i}\ufdd1`;
    at = end;
  }
  return out + free(text.slice(at));
}

/** Places in formatted HTML as Teams' tags; inside code and links, where Teams takes none, as words. */
export function mentionTags(html: string, mentions: readonly MentionSpot[]): string {
  const nameOf = (place: string) => escapeInline(mentions[Number(place)]?.name ?? '');
  return html
    .replace(/<(code|a)\b.*?<\/\1>/gs, (part) => part.replace(PLACE, (_, place) => `@${nameOf(place)}`))
    .replace(PLACE, (_, place) => `<at id="${place}">${nameOf(place)}</at>`);
}
