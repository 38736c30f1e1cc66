import { type Signal, signal } from '@preact/signals';
import type { PictureState, Pictures } from '../../../components/chat/reading.ts';
import type { HostedContent } from '../../../lib/model/hosted-content.ts';
import type { RecordKey, UserId } from '../../../lib/model/ids.ts';
import type { PanelView } from '../../../lib/rpc/contract.ts';
import { fromBase64 } from '../../../lib/util/base64.ts';
import type { Ask } from './session.ts';

/** Each counts against the one read a second that Microsoft allows of a chat. */
const AT_ONCE = 2;
/** As long as the panel lives it keeps so much; what is off the screen for the longest goes first. */
const MOST_BYTES = 64 * 1024 * 1024;

interface Kept {
  content: HostedContent;
  state: Signal<PictureState>;
  /** In how many places it is on screen, or nearly. */
  wants: number;
  asked: boolean;
  bytes: number;
}

interface PicturesDeps {
  ask: Ask;
  /** Whose record is on screen. */
  record: () => RecordKey | null;
  makeUrl?: (blob: Blob) => string;
  dropUrl?: (url: string) => void;
}

/** The pictures of the messages on screen, asked for a few at a time and kept in memory alone. */
export function createPictures({
  ask,
  record,
  makeUrl = (blob) => URL.createObjectURL(blob),
  dropUrl = (url) => URL.revokeObjectURL(url),
}: PicturesDeps): Pictures & { follow(view: PanelView | null): void } {
  /** The last used last. */
  const kept = new Map<string, Kept>();
  /** The last wanted is fetched first: whoever scrolls on waits for what they see, not for what they passed. */
  const wanted: Kept[] = [];
  let running = 0;
  let owner: UserId | null = null;

  function of(content: HostedContent): Kept {
    const key = JSON.stringify(content);
    const known = kept.get(key);
    const one = known ?? {
      content,
      state: signal<PictureState>({ kind: 'waiting' }),
      wants: 0,
      asked: false,
      bytes: 0,
    };
    kept.delete(key);
    kept.set(key, one);
    return one;
  }

  function enqueue(one: Kept): void {
    wanted.push(one);
    // Not while rendering.
    queueMicrotask(pump);
  }

  function pump(): void {
    while (running < AT_ONCE) {
      const one = wanted.pop();
      if (!one) return;
      const key = record();
      if (!key || one.wants === 0 || one.asked || one.state.peek().kind !== 'waiting') continue;
      running += 1;
      one.asked = true;
      void fetchOne(one, key).finally(() => {
        running -= 1;
        one.asked = false;
        // What came was for somebody who is gone.
        if (one.wants > 0 && one.state.peek().kind === 'waiting') wanted.push(one);
        pump();
      });
    }
  }

  async function fetchOne(one: Kept, shown: RecordKey): Promise<void> {
    const asker = owner;
    const answer = await ask('messages.image', { shown, content: one.content });
    // Somebody else speaks by now: what was fetched for another is not shown to them.
    if (asker !== owner) return;
    if (!answer.ok) {
      one.state.value = { kind: 'failed', problem: answer.error };
      return;
    }
    const bytes = fromBase64(answer.value.base64);
    one.bytes = bytes.length;
    one.state.value = { kind: 'there', url: makeUrl(new Blob([bytes], { type: answer.value.type })) };
    makeRoom();
  }

  function makeRoom(): void {
    let held = [...kept.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const one of kept.values()) {
      if (held <= MOST_BYTES) return;
      if (one.wants > 0 || one.bytes === 0) continue;
      held -= one.bytes;
      drop(one);
    }
  }

  function drop(one: Kept): void {
    const state = one.state.peek();
    if (state.kind === 'there') dropUrl(state.url);
    one.bytes = 0;
    one.state.value = { kind: 'waiting' };
  }

  return {
    stateOf: (content) => of(content).state.value,
    want(content) {
      const one = of(content);
      one.wants += 1;
      enqueue(one);
      return () => {
        one.wants -= 1;
      };
    },
    again(content) {
      const one = of(content);
      one.state.value = { kind: 'waiting' };
      enqueue(one);
    },
    /** Whoever signs out, or gives way to another account, leaves no picture behind. */
    follow(view) {
      const next = view?.kind === 'record' ? view.me.id : view?.kind === 'signed-out' ? null : owner;
      if (next === owner) return;
      owner = next;
      for (const one of kept.values()) {
        drop(one);
        if (one.wants > 0) enqueue(one);
      }
    },
  };
}
