import { batch, signal } from '@preact/signals';
import { mergeNewest, mergeOlder } from '../../../components/chat/merge-page.ts';
import type { Result } from '../../../lib/model/errors.ts';
import type { ChatId, MessageId, RecordKey } from '../../../lib/model/ids.ts';
import type { Message } from '../../../lib/model/message.ts';
import type { MessageStretch } from '../../../lib/rpc/contract.ts';
import type { Ask } from './session.ts';

/** Pages read again at a change: what may be on screen, not all that was ever scrolled through. */
const AGAIN = 400;
const FIRST = 50;
const PAGE = 100;

/** The messages of the chat shown, oldest first; null before the first answer. */
export function createMessages(ask: Ask) {
  const messages = signal<Message[] | null>(null);
  const more = signal(false);
  /** What is loaded ends before the newest: somebody jumped to an older message. */
  const newer = signal(false);
  /** The message somebody jumped to; each jump is another object. */
  const jumped = signal<{ id: MessageId } | null>(null);
  let loadingNewer = false;
  let reads = 0;
  let applied = 0;
  const loadingOlder = signal(false);
  let shown: { record: RecordKey; chatId: ChatId } | null = null;

  /** Reads the newest stretch; returns what applies it, so that view and messages can change in one breath. */
  const readNewest = async (): Promise<() => void> => {
    const asked = shown;
    // Away from the newest nothing joins them; they are read again when the person goes there.
    if (!asked || newer.peek()) return () => {};
    reads += 1;
    const turn = reads;
    const wanted = Math.min(AGAIN, Math.max(FIRST, messages.peek()?.length ?? 0));
    let fresh: Message[] = [];
    let rest = true;
    while (rest && fresh.length < wanted) {
      const count = fresh.length ? PAGE : FIRST;
      const page = await ask('messages.page', { shown: asked.record, before: fresh[0]?.id ?? null, count });
      if (!page.ok || page.value.filling || shown !== asked) return () => {};
      fresh = [...page.value.messages, ...fresh];
      rest = page.value.more && page.value.messages.length > 0;
    }
    return () => {
      // Whoever waited for something else meanwhile may come after a read that began later and saw more.
      if (shown !== asked || newer.peek() || turn < applied) return;
      applied = turn;
      const merged = mergeNewest(messages.peek() ?? [], fresh);
      // Older pages stay in front: whether there are more before them is what was said when they were read.
      if (merged.length === fresh.length) more.value = rest;
      messages.value = merged;
    };
  };

  /** Another stretch of the chat takes the place of what is loaded. */
  const turnTo = (stretch: MessageStretch): void =>
    batch(() => {
      messages.value = stretch.messages;
      more.value = stretch.more;
      newer.value = stretch.newer;
    });

  /** Back to the newest, from wherever a jump led. */
  const toNewest = async (): Promise<void> => {
    if (!newer.peek()) return;
    newer.value = false;
    const apply = await readNewest();
    apply();
  };

  return {
    messages,
    more,
    newer,
    jumped,
    loadingOlder,
    readNewest,
    /** Turn to a record's chat, or to none. Returns whether that is another one than before. */
    show(record: RecordKey | null, chatId: ChatId | null): boolean {
      if (shown?.record === record && shown?.chatId === chatId) return false;
      if (!shown && (!record || !chatId)) return false;
      shown = record && chatId ? { record, chatId } : null;
      batch(() => {
        messages.value = null;
        more.value = false;
        newer.value = false;
        jumped.value = null;
        loadingOlder.value = false;
      });
      return true;
    },
    /** To a message in its place, fetched where it is not stored. False where it cannot be shown there. */
    async jump(id: MessageId): Promise<boolean> {
      const asked = shown;
      if (!asked) return false;
      if (!messages.peek()?.some((m) => m.id === id)) {
        const sides = { shown: asked.record, before: FIRST, after: FIRST };
        const stored = await ask('messages.stretch', { ...sides, id });
        const found = stored.ok && stored.value;
        // Ids are times; a message that is not there any more has another beside it.
        const fetched = found ? null : await ask('messages.at', { ...sides, time: new Date(Number(id)).toISOString() });
        const there = found || (fetched?.ok && fetched.value);
        if (shown !== asked || !there || !there.messages.some((m) => m.id === id)) return false;
        turnTo(there);
      }
      jumped.value = { id };
      return true;
    },
    /**
     * Finds the first message from a time on (ISO), or the newest where there is none; what it gives turns to it, unless
     * another chat is shown by then.
     */
    async find(time: string): Promise<Result<() => void>> {
      const asked = shown;
      const nothing = { ok: true as const, value: () => {} };
      if (!asked) return nothing;
      const found = await ask('messages.at', { shown: asked.record, time, before: FIRST, after: FIRST });
      if (!found.ok) return found;
      if (!found.value) await toNewest();
      const id = found.value?.id ?? messages.peek()?.at(-1)?.id;
      if (!id) return nothing;
      const turn = () => {
        if (shown !== asked) return;
        if (found.value && !messages.peek()?.some((m) => m.id === id)) turnTo(found.value);
        jumped.value = { id };
      };
      return { ok: true, value: turn };
    },
    async toNewer(): Promise<void> {
      const asked = shown;
      const last = messages.peek()?.at(-1);
      if (!asked || !last || loadingNewer || !newer.peek()) return;
      loadingNewer = true;
      const stretch = await ask('messages.stretch', { shown: asked.record, id: last.id, before: 0, after: PAGE });
      loadingNewer = false;
      if (shown !== asked || !stretch.ok || !stretch.value || messages.peek()?.at(-1) !== last) return;
      const { value } = stretch;
      batch(() => {
        messages.value = mergeNewest(messages.peek() ?? [], value.messages);
        newer.value = value.newer;
      });
    },
    toNewest,
    async older(): Promise<void> {
      const asked = shown;
      const first = messages.peek()?.[0];
      if (!asked || !first || loadingOlder.peek() || !more.peek()) return;
      loadingOlder.value = true;
      const page = await ask('messages.page', { shown: asked.record, before: first.id, count: PAGE });
      if (shown !== asked) return;
      batch(() => {
        loadingOlder.value = false;
        if (!page.ok) return;
        messages.value = mergeOlder(messages.peek() ?? [], page.value.messages);
        more.value = page.value.more;
      });
    },
  };
}
