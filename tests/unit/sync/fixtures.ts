import type { Clock } from '../../../lib/model/clock.ts';
import { fail } from '../../../lib/model/errors.ts';
import type { ChatId, MessageId, UserId } from '../../../lib/model/ids.ts';
import type { Attachment, Message, MessageContent } from '../../../lib/model/message.ts';
import { afterAct, type MessageAct } from '../../../lib/model/message-act.ts';
import { isDone } from '../../../lib/storage/act-done.ts';
import type { Me, MessageApi, MessagesPage } from '../../../lib/sync/message-api.ts';
import { account, me, message, T0 } from '../storage/fixtures.ts';

export const ada: Me = { account, userId: me };

/** A clock that stands until it is moved. */
export function testClock(): Clock & { move(ms: number): void } {
  let now = T0;
  return {
    now: () => now,
    sleep: async () => {},
    move(ms) {
      now += ms;
    },
  };
}

/** Teams as far as messages go: ids by millisecond, bodies rewritten, reads newest first and at most 50 a page. */
export function fakeTeams(clock: Clock) {
  const chats = new Map<ChatId, Message[]>();
  const calls: string[] = [];
  const inChat = (id: ChatId) => {
    const there = chats.get(id) ?? [];
    chats.set(id, there);
    return there;
  };
  /** Set by a test: throws before the message is taken, or after. */
  const faults: { before?: unknown; after?: unknown; read?: unknown } = {};

  function write(chatId: ChatId, html: string, more: Partial<Message> = {}): Message {
    const all = inChat(chatId);
    let ms = clock.now() - T0;
    while (all.some((m) => m.id === message(ms).id)) ms++;
    const written = message(ms, { html: `<div><p>${html.replaceAll(' ', '&nbsp;')}</p>\n</div>`, ...more });
    all.push(written);
    return written;
  }
  /** As Graph does it: modified later than before, the text of a deleted one kept for whoever restores it. */
  function change(chatId: ChatId, act: MessageAct, who: UserId): void {
    const all = inChat(chatId);
    const at = all.findIndex((m) => m.id === act.id);
    const old = all[at];
    if (!old) throw fail('not-found', 'Not there', 'x');
    if (act.kind === 'edit' && old.deletedAt) throw fail('refused-by-microsoft', 'The message was deleted', 'x');
    if (act.kind !== 'edit' && isDone(old, act, who)) return;
    const ms = Math.max(clock.now(), Date.parse(old.modifiedAt) + 1);
    const time = new Date(ms).toISOString();
    if (act.kind === 'delete') kept.set(old.id, old);
    const { html, reactions } = kept.get(old.id) ?? old;
    const back = act.kind === 'restore' ? { html, reactions } : {};
    all[at] = { ...afterAct(old, act, who, time), ...back, etag: String(ms), modifiedAt: time };
  }
  const kept = new Map<MessageId, Message>();
  const byId = (a: Message, b: Message) => Number(b.id) - Number(a.id);

  const PAGE = 50;
  /** Asks for a page at a time, each counted as a call. */
  async function* pages(call: string, found: () => Message[]): AsyncGenerator<MessagesPage> {
    for (let at = 0; ; at += PAGE) {
      calls.push(call);
      if (faults.read) throw faults.read;
      const all = found();
      const next = all.length > at + PAGE ? String(at + PAGE) : null;
      yield { messages: all.slice(at, at + PAGE), next };
      if (!next) return;
    }
  }

  const api: MessageApi = {
    changesIn: (id, { after, until }) =>
      pages(`since ${id}`, () =>
        inChat(id)
          .filter(({ modifiedAt }) => Date.parse(modifiedAt) > Date.parse(after))
          .filter(({ modifiedAt }) => !until || Date.parse(modifiedAt) < Date.parse(until))
          .sort((a, b) => Date.parse(b.modifiedAt) - Date.parse(a.modifiedAt) || byId(a, b)),
      ),
    writtenBefore: (id, before) =>
      pages(`before ${id}`, () =>
        inChat(id)
          .filter((m) => !before || Date.parse(m.createdAt) < Date.parse(before))
          .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || byId(a, b)),
      ),
    async listChangedSince(id, after) {
      calls.push(`since ${id}`);
      if (faults.read) throw faults.read;
      return inChat(id)
        .filter((m) => Date.parse(m.modifiedAt) > Date.parse(after))
        .sort(byId);
    },
    async listBefore(id, before, count) {
      calls.push(`before ${id}`);
      if (faults.read) throw faults.read;
      const all = inChat(id)
        .filter((m) => !before || Date.parse(m.createdAt) < Date.parse(before))
        .sort(byId);
      return { messages: all.slice(0, count), more: all.length > count };
    },
    async sendMessage({ chatId: id }, content, replyTo) {
      calls.push(`send ${id}`);
      if (faults.before) throw faults.before;
      const copy = write(id, content.html, {
        from: { userId: me, name: 'Ada' },
        attachments: besides(content, replyTo),
      });
      if (faults.after) throw faults.after;
      return copy;
    },
    async getMessage({ chatId: id }, messageId) {
      calls.push(`get ${id}`);
      if (faults.read) throw faults.read;
      const there = inChat(id).find((m) => m.id === messageId);
      if (!there) throw fail('not-found', 'Not there', 'x');
      return there;
    },
    async changeMessage({ chatId: id }, act, who) {
      calls.push(`${act.kind} ${id}`);
      if (faults.before) throw faults.before;
      change(id, act, who);
      if (faults.after) throw faults.after;
    },
  };
  return { api, chats, calls, faults, write, inChat, change };
}

/** What the server's copy has beside its text: a quote bears the id of what it quotes. */
export function besides({ attachments }: MessageContent, replyTo: MessageId | null): Attachment[] {
  const quote = replyTo ? [{ id: replyTo, name: '', url: null, contentType: 'messageReference' }] : [];
  return [
    ...quote,
    ...attachments.map(({ id, contentType, name }) => ({ id, name: name ?? '', url: null, contentType })),
  ];
}

/** `storage.session` as far as it is used. */
export function testSession() {
  const values = new Map<string, string>();
  return {
    get: async (key: string) => JSON.parse(values.get(key) ?? 'null') as unknown,
    set: async (key: string, value: unknown) => void values.set(key, JSON.stringify(value)),
  };
}

/**
 * Wraps an object so that, at the nth call of any wrapped method, the worker dies: before the call has its effect or
 * after it. From then on no call has an effect or an answer, as nothing runs on in a dead worker.
 */
export function mortal(dieAt: number, when: 'before' | 'after') {
  let calls = 0;
  let dead = false;
  const never = new Promise<never>(() => {});
  let died: () => void = () => {};
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  function wrap<T extends object>(target: T): T {
    return new Proxy(target, {
      get(_, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value === 'object' && value) return wrap(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (dead) return never;
          const dies = ++calls === dieAt;
          if (dies && when === 'before') {
            dead = true;
            died();
            return never;
          }
          const result = (value as (...a: unknown[]) => unknown).apply(target, args);
          if (!dies) return Promise.resolve(result).then((r) => (dead ? never : r));
          dead = true;
          void Promise.resolve(result)
            .catch(() => {})
            .then(died);
          return never;
        };
      },
    });
  }
  return { wrap, death, isDead: () => dead };
}
