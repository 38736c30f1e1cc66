import { foldSearch } from '../../lib/util/search-fold.ts';

export interface Emoji {
  char: string;
  /** What it shows, in the person's language. */
  label: string;
  /** Its names between colons, as GitHub and Slack have them: `tada`, `+1`. */
  names: string[];
  /** Number of its group in `EMOJI_GROUPS`. */
  group: number;
  /** Folded words by which it is found. */
  words: string[];
}

/** In emojibase's numbering; 2 holds what emoji are made of (skin tones, hair). */
export const EMOJI_GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;

/**
 * All emoji in Unicode's order, with names and words in English and in this language. The data (emojibase) is a chunk of
 * the page's own, loaded when somebody first needs it.
 */
export function loadEmoji(language: string): Promise<readonly Emoji[]> {
  let there = loads.get(language);
  if (!there) {
    there = read(language);
    loads.set(language, there);
    there.catch(() => loads.delete(language));
  }
  return there;
}

const loads = new Map<string, Promise<readonly Emoji[]>>();

async function read(language: string): Promise<readonly Emoji[]> {
  const [english, names, own] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/github.json'),
    language === 'de' ? import('emojibase-data/de/compact.json') : null,
  ]);
  const said = new Map(own?.default.map((emoji) => [emoji.hexcode, emoji]));
  return english.default
    .filter(({ group }) => group !== undefined && group !== 2)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map((emoji) => {
      const { hexcode, unicode, group } = emoji;
      const mine = said.get(hexcode);
      const texts = [emoji, ...(mine ? [mine] : [])].flatMap(({ label, tags }) => [label, ...(tags ?? [])]);
      return {
        char: plain(unicode),
        label: mine?.label ?? emoji.label,
        names: [names.default[hexcode as keyof typeof names.default] ?? []].flat(),
        group: group!,
        words: [...new Set(texts.flatMap((text) => foldSearch(text).split(/[^\p{L}\p{N}]+/u)))].filter(Boolean),
      };
    });
}

/** Without the sign that asks for a picture where the character is one by itself: Teams' reactions have it so, too. */
function plain(char: string): string {
  return char.replace(/(\p{Emoji_Presentation})\ufe0f/gu, '$1');
}

/** The emoji of a name between colons. */
export function emojiNamed(all: readonly Emoji[], name: string): Emoji | null {
  const folded = name.toLowerCase();
  return all.find(({ names }) => names.includes(folded)) ?? null;
}

/**
 * Those whose name begins with the question come first, then those with words that begin with each of its words; of equals
 * those that were used last.
 */
export function findEmoji(all: readonly Emoji[], query: string, most: number, recent: readonly string[]): Emoji[] {
  const asked = query.trim().toLowerCase();
  const words = foldSearch(asked)
    .split(/[^\p{L}\p{N}+]+/u)
    .filter(Boolean);
  if (!asked) return [];
  const rank = (emoji: Emoji): number => {
    if (emoji.names.includes(asked)) return 0;
    if (emoji.names.some((name) => name.startsWith(asked))) return 1;
    if (words.length === 0) return 9;
    if (words.every((word) => emoji.words.includes(word))) return 2;
    const begins = (word: string) => emoji.words.some((w) => w.startsWith(word)) || inName(emoji, word);
    return words.every(begins) ? 3 : 9;
  };
  const unused = recent.length;
  const lately = (char: string) => recent.indexOf(char) + 1 || unused + 1;
  return all
    .map((emoji) => ({ emoji, rank: rank(emoji) }))
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank || lately(a.emoji.char) - lately(b.emoji.char))
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

function inName({ names }: Emoji, word: string): boolean {
  return names.some((name) => name.split('_').some((part) => part.startsWith(word)));
}
