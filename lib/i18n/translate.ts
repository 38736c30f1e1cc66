import de from './de.json';
import en from './en.json';

export type MessageKey = keyof typeof en;
/** A sentence, or its forms by the language's plural rule for `count`. */
type Entry = string | { one: string; other: string };
type Params = Record<string, string | number>;

const CATALOGUES: Record<string, Partial<Record<MessageKey, Entry>>> = { en, de };

let language = 'en';
let wanted = 'en';

/**
 * The sentence for `key` in the person's language, `{name}` filled from `params`. A language without a catalogue, or a
 * key missing in one, is said in English rather than not at all.
 */
export function t(key: MessageKey, params: Params = {}): string {
  const entry = CATALOGUES[language]?.[key] ?? (en[key] as Entry);
  const text = typeof entry === 'string' ? entry : entry[plural(language, Number(params.count ?? 0))];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(locale()).format(value) : value;
  });
}

/** Take the language of Desk (`de`, `pt-BR`, …) for all sentences from now on. */
export function setLanguage(tag: string): void {
  wanted = isLocale(tag) ? tag : 'en';
  const base = wanted.split('-')[0]!.toLowerCase();
  language = base in CATALOGUES ? base : 'en';
}

/** The language the sentences are in, for the `lang` attribute of what we write. */
export function shownLanguage(): string {
  return language;
}

/**
 * The locale for dates and numbers: the browser's own regional form of Desk's language (`en-GB` where Desk says `en`),
 * else what Desk says.
 */
export function locale(): string {
  const base = wanted.split('-')[0]!.toLowerCase();
  if (wanted.includes('-')) return wanted;
  return globalThis.navigator?.languages?.find((l) => l.split('-')[0]!.toLowerCase() === base) ?? wanted;
}

function plural(lang: string, count: number): 'one' | 'other' {
  return new Intl.PluralRules(lang).select(count) === 'one' ? 'one' : 'other';
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
