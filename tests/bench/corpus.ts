import { asChatId, asMessageId, asUserId, type ChatId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { random } from '../unit/random.ts';
import { COMMON, type Language, NAMES, SYLLABLES } from './words.ts';

export interface Conversation {
  chatId: ChatId;
  /** In order of time. */
  messages: Message[];
}

/** The first of these messages were written in January 2024, the last in November 2026. */
const FROM = Date.UTC(2024, 0, 8, 7);
const TO = Date.UTC(2026, 10, 20, 17);
/** As in a company's table of counts: one huge chat, a few large ones, many of some dozens. */
const LARGEST = 0.2;
const SENDERS = 50;

/**
 * What a company might have said: `count` messages over `chats` chats, the same for the same seed. Ten languages with
 * their commonest words as often as Zipf has them, rarer ones by the thousand, numbers of orders, links, mentions,
 * quotes, lists, emoji; one in a hundred deleted, three edited. Half the messages have fewer than 130 letters.
 */
export function corpus({ count, chats, seed }: { count: number; chats: number; seed: number }): Conversation[] {
  const roll = random(seed);
  const writers = writersOf(random(seed + 1));
  return sizes(count, chats).map((size, no) => {
    const chatId = asChatId(`19:${(no + 1).toString(16).padStart(32, '0')}@thread.v2`);
    const mother = LANGUAGES[Math.floor(roll() ** 1.6 * LANGUAGES.length)]!;
    let at = FROM + roll() * (TO - FROM) * 0.3;
    const step = (TO - at) / (size + 1);
    const messages = Array.from({ length: size }, () => {
      at += step * (0.2 + 1.6 * roll());
      return messageAt(Math.round(Math.min(at, TO)), roll, writers[roll() < 0.75 ? mother : 'en']);
    });
    return { chatId, messages: apart(messages) };
  });
}

const LANGUAGES = Object.keys(COMMON) as Language[];
type Roll = () => number;
type Say = (roll: Roll) => string;

function sizes(count: number, chats: number): number[] {
  if (chats === 1) return [count];
  const weight = (i: number) => 1 / (i + 1) ** 0.9;
  const rest = Array.from({ length: chats - 1 }, (_, i) => weight(i)).reduce((sum, w) => sum + w, 0);
  const largest = Math.round(count * LARGEST);
  const found = [largest];
  for (let i = 1; i < chats; i++) found.push(Math.max(1, Math.round(((count - largest) * weight(i - 1)) / rest)));
  found[1] = Math.max(1, found[1]! + count - found.reduce((sum, n) => sum + n, 0));
  return found;
}

/** Each language as one that says a text of so many letters. */
function writersOf(roll: Roll): Record<Language, Say> {
  const made = {} as Record<Language, Say>;
  for (const language of LANGUAGES) {
    const common = COMMON[language].split(' ');
    const parts = SYLLABLES[language].split(' ');
    const spaced = language !== 'zh' && language !== 'ja';
    const rare = Array.from({ length: 6000 }, () =>
      Array.from(
        { length: (spaced ? 2 : 1) + Math.floor(roll() * 3) },
        () => parts[Math.floor(roll() * parts.length)],
      ).join(''),
    );
    const words = [...common, ...rare];
    // Zipf, as Mandelbrot corrected it: rank r comes 1 / (r + 2.7) as often.
    const total = Math.log((words.length + 2.7) / 2.7);
    const word = (next: Roll) => words[Math.floor(Math.exp(next() * total) * 2.7 - 2.7)] ?? common[0]!;
    made[language] = (next) => {
      const wanted = Math.exp(4.75 + 0.95 * normal(next)) / (spaced ? 1 : 2.5);
      let text = '';
      while (text.length < wanted && text.length < 1_900) {
        const stop = next() < 0.1;
        const said = next() < 0.03 ? thing(next) : word(next);
        text += (text && spaced ? ' ' : '') + said + (stop ? (spaced ? '.' : '。') : '');
      }
      return text;
    };
  }
  return made;
}

function messageAt(at: number, roll: Roll, say: Say): Message {
  const time = new Date(at).toISOString();
  const sender = Math.floor(roll() ** 2 * SENDERS);
  const deleted = roll() < 0.01;
  const edited = !deleted && roll() < 0.03;
  const text = say(roll);
  const kind = roll();
  const mention = kind < 0.06 ? [{ userId: userOf(1), name: nameOf(1) }] : [];
  const modifiedAt = deleted || edited ? new Date(at + 60_000).toISOString() : time;
  return {
    id: asMessageId(String(at)),
    etag: String(Date.parse(modifiedAt)),
    createdAt: time,
    modifiedAt,
    editedAt: edited ? modifiedAt : null,
    deletedAt: deleted ? modifiedAt : null,
    from: { userId: userOf(sender), name: nameOf(sender) },
    html: deleted ? '' : htmlOf(text, kind, roll),
    importance: 'normal',
    reactions: roll() < 0.1 ? [{ type: '👍', userId: userOf(2) }] : [],
    mentions: deleted ? [] : mention,
    attachments:
      kind > 0.96 && !deleted
        ? [
            {
              id: 'a1',
              name: `Offer ${Math.floor(roll() * 900)}.pdf`,
              url: 'https://contoso.example/f',
              contentType: 'reference',
            },
          ]
        : [],
    event: null,
  };
}

function htmlOf(text: string, kind: number, roll: Roll): string {
  if (kind < 0.06) return `<p><at id="0">${nameOf(1)}</at>&nbsp;${text}</p>`;
  if (kind < 0.12)
    return `<p>${text} <a href="https://erp.contoso.example/app/${Math.floor(roll() * 1e6)}">link</a></p>`;
  if (kind < 0.16) return `<ul><li>${text.replaceAll('. ', '</li><li>')}</li></ul>`;
  if (kind < 0.19) return `<attachment id="q"></attachment><p>${text}</p>`;
  if (kind < 0.22) return `<p>${text} <emoji id="smile" alt="🙂" title="Smile"></emoji></p>`;
  if (kind < 0.24) return `<p>${text}</p><p><img src="https://graph.microsoft.com/v1.0/x/$value" alt="Drawing"></p>`;
  return kind < 0.4 ? `<div><div>${text}</div></div>` : `<p>${text}</p>`;
}

/** A number of an order, a delivery note, a part. */
function thing(roll: Roll): string {
  const kind = ['SO-', 'DN-', 'PO-', 'P/N '][Math.floor(roll() * 4)]!;
  return kind + String(10_000 + Math.floor(roll() * 80_000));
}

export function nameOf(sender: number): string {
  return NAMES[sender] ?? `Colleague ${sender}`;
}

function userOf(sender: number) {
  return asUserId(`00000000-0000-4000-8000-${String(sender).padStart(12, '0')}`);
}

/** Ids are milliseconds, and each once in its chat. */
function apart(messages: Message[]): Message[] {
  let last = 0;
  for (const message of messages) {
    const at = Math.max(Number(message.id), last + 1);
    if (at !== Number(message.id)) {
      const time = new Date(at).toISOString();
      Object.assign(message, { id: asMessageId(String(at)), createdAt: time });
    }
    last = at;
  }
  return messages;
}

function normal(roll: Roll): number {
  return Math.sqrt(-2 * Math.log(1 - roll())) * Math.cos(2 * Math.PI * roll());
}
