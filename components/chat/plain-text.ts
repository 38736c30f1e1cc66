import { sanitise } from './sanitise.ts';
import { wordsOf } from './words-of.ts';

/** A message's HTML as text, as its words would be copied. */
export function plainText(html: string): string {
  return wordsOf(sanitise(html));
}
