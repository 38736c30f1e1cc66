import * as v from 'valibot';
import { browser } from 'wxt/browser';

const KEY = 'recentEmoji';
const MOST = 24;
/** Nothing else gets in: a short run of characters that are no letters. */
const Shape = v.fallback(v.array(v.pipe(v.string(), v.regex(/^[^\p{L}\s]{1,32}$/u))), []);

/** The emoji that were picked last, newest first. */
export async function recentEmoji(): Promise<string[]> {
  return v.parse(Shape, (await browser.storage.local.get(KEY))[KEY]).slice(0, MOST);
}

/** @returns those picked last, this one first. */
export async function emojiUsed(char: string): Promise<string[]> {
  const known = await recentEmoji();
  const recent = v.parse(Shape, [char, ...known.filter((other) => other !== char)].slice(0, MOST));
  await browser.storage.local.set({ [KEY]: recent });
  return recent;
}
