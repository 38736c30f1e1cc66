import type { MessageRecord } from './chat-records.ts';
import type { MessageOrder } from './control-messages.ts';
import { EMOJI, TONGUES } from './history-words.ts';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const oneOf = <T>(roll: () => number, list: readonly T[]): T => list[Math.floor(roll() * list.length)] as T;

/**
 * What somebody wrote as the `number`-th message of a made-up history: words of some language, and at its end the number,
 * by which tests find it. Some have a mention, link, list, image, file, card or quote.
 */
export function inventMessage(
  roll: () => number,
  number: number,
  members: readonly string[],
  earlier: readonly MessageRecord[],
): Omit<MessageOrder, 'chatId' | 'from'> {
  const text = `${sentence(roll)} #${number}`;
  const kind = Math.floor(roll() * 100);
  if (kind < 6) return { html: `<p><at id="0">x</at> ${text}</p>`, mentions: [oneOf(roll, members)] };
  if (kind < 11) {
    const url = `https://wiki.example/pages/${Math.floor(roll() * 1e6)}?a=1&amp;b=2`;
    return { html: `<p>${text} <a href="${url}" rel="noreferrer noopener" target="_blank">${url}</a></p>` };
  }
  if (kind < 15) return { html: `<p>${text}</p>`, files: [{ name: `Offer ${number}.pdf` }] };
  if (kind < 18) return { html: `<p>${text}</p>`, images: [{}] };
  if (kind < 20) return { html: `<p>${text}</p>`, card: card(text) };
  if (kind < 23 && earlier.length > 0) return { html: `<p>${text}</p>`, quotes: [oneOf(roll, earlier).id] };
  if (kind < 25) return { html: `<ul><li>${sentence(roll)}</li><li>${text}</li></ul>` };
  if (kind < 26) return { html: `<p>${text}</p>`, importance: oneOf(roll, ['high', 'urgent'] as const) };
  if (kind < 36) return { html: text, contentType: 'text' };
  if (kind < 42) return { html: `<p>${oneOf(roll, EMOJI)} ${text}</p>` };
  return { html: `<p>${text}</p>` };
}

function sentence(roll: () => number): string {
  const { words, joined } = oneOf(roll, TONGUES);
  const length = 2 + Math.floor(roll() ** 3 * 60);
  const said = Array.from({ length }, () => oneOf(roll, words)).join(joined ? '' : ' ');
  return roll() < 0.1 ? `${said} SO-2026-${String(Math.floor(roll() * 1e5)).padStart(5, '0')}` : said;
}

const card = (text: string) => ({
  type: 'AdaptiveCard',
  version: '1.4',
  body: [{ type: 'TextBlock', text, wrap: true }],
});
