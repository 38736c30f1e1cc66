import { render } from 'preact';
import acts from '../../components/chat/acts.css?inline';
import chat from '../../components/chat/chat.css?inline';
import { MessageLines } from '../../components/chat/message-lines.tsx';
import { MessageList, type MessageListProps } from '../../components/chat/message-list.tsx';
import reading from '../../components/chat/reading.css?inline';
import base from '../../components/ui/base.css?inline';
import tokens from '../../components/ui/tokens.css?inline';
import { asAccountId, asChatId, asUserId, type ChatId, type MessageId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { openStore, type Store } from '../../lib/storage/open.ts';
import { corpus } from './corpus.ts';
import { purify } from './counted-purify.ts';

/** Runs in a page of a real browser: the list of messages as the panel draws it, and what it is compared with. */
const ME = asUserId('me');
const ACCOUNT = asAccountId('bench.tenant');
const NOW = Date.UTC(2026, 10, 21);
const FRAME_PX = 120;
/** A plain list of 400 messages is so many of them high at the least. */
const FRAMES = 90;
/** Between two groups of messages, and around a day's name. */
const ROOM_PX = 20;
const SHOWN = 50;
const PAGE = 100;

const all = corpus({ count: 20_000, chats: 1, seed: 4 })[0]!.messages;
const style = document.createElement('style');
style.textContent = [tokens, base, chat, reading, acts].join('\n');
document.head.append(style);
document.body.innerHTML = '<div id="app" style="block-size: 100%"></div>';
const app = document.getElementById('app')!;

let talk = 0;
let chatId: ChatId = asChatId('19:bench@thread.v2');
let messages: Message[] = [];
let more = false;
let older: () => void = () => {};
let jumped: { id: MessageId } | null = null;

const props = (): MessageListProps => ({
  chatId,
  me: ME,
  members: [],
  messages,
  more,
  loadingOlder: false,
  newer: false,
  jumped,
  now: NOW,
  photoOf: () => null,
  onOlder: () => older(),
  onNewer: () => {},
  onNewest: () => {},
  onSeen: () => {},
  ownSends: 0,
});

function draw(): void {
  render(
    <div style={{ blockSize: '100%', display: 'flex' }}>
      <MessageList key={talk} {...props()} />
    </div>,
    app,
  );
}

/** A new list of these messages. */
function begin(loaded: Message[]): void {
  render(null, app);
  talk += 1;
  [messages, more, jumped, older] = [loaded, false, null, () => {}];
  draw();
}

const box = () => document.querySelector('.chat-scroll')!;
const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
/** Until what was drawn stands on screen: the task after the frame. */
const painted = () =>
  new Promise<void>((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    }),
  );

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Scrolls up a frame at a time: what the median frame took, and how often nothing stood in the middle after it. */
async function scrollUp(): Promise<{ work: number; blank: number }> {
  const list = box();
  let begun = 0;
  // Before every other listener: a frame's work begins with the telling of the scroll.
  const mark = () => {
    begun = performance.now();
  };
  window.addEventListener('scroll', mark, { capture: true });
  const took: number[] = [];
  let blank = 0;
  for (let i = 0; i < FRAMES; i++) {
    list.scrollTop -= FRAME_PX;
    begun = 0;
    await painted();
    if (begun > 0) took.push(performance.now() - begun);
    if (!isFilled(list)) blank += 1;
  }
  window.removeEventListener('scroll', mark, { capture: true });
  return { work: median(took), blank };
}

/** Whether something is drawn in the middle of what is seen: there may be some room between two lines. */
function isFilled(list: Element): boolean {
  const { top, height } = list.getBoundingClientRect();
  const middle = top + height / 2;
  return [...list.querySelectorAll('.chat-lines > *')].some((line) => {
    const at = line.getBoundingClientRect();
    return at.top < middle + ROOM_PX && at.bottom > middle - ROOM_PX;
  });
}

function firstLine(): Element {
  const edge = box().getBoundingClientRect().top;
  return [...box().querySelectorAll('[data-line]')].find((el) => el.getBoundingClientRect().bottom > edge)!;
}

/** To the top of what is drawn, where older ones come: how far what was first on screen has moved by then. */
async function climb(): Promise<number> {
  box().scrollTop = 0;
  const held = firstLine();
  const before = held.getBoundingClientRect().top;
  const shown = box().querySelector('[data-line]');
  for (let i = 0; i < 60 && box().querySelector('[data-line]') === shown; i++) await frame();
  await frame();
  return held.isConnected ? Math.abs(held.getBoundingClientRect().top - before) : Number.POSITIVE_INFINITY;
}

async function jump(to: Message): Promise<void> {
  jumped = { id: to.id };
  draw();
  await painted();
  await painted();
}

let store: Store | undefined;
/** A chat of 20,000 in a store of its own name. */
async function stored(): Promise<Store> {
  if (store) return store;
  store = await openStore('bench-view');
  for (let i = 0; i < all.length; i += 2_000)
    await store.messages.save(ACCOUNT, chatId, {
      messages: all.slice(i, i + 2_000),
      me: ME,
      oldest: all[0]!,
      complete: true,
    });
  return store;
}

/** From the asking for a chat's newest 50 until they stand on screen. */
async function firstPaint(off: boolean): Promise<number> {
  const { messages: table } = await stored();
  const home = chatId;
  render(null, app);
  await painted();
  purify.off = off;
  const begun = performance.now();
  const page = await table.page(ACCOUNT, home, null, SHOWN);
  // What was cleaned once is never cleaned again: under another chat's name it is new.
  chatId = asChatId(`19:bench-${talk}@thread.v2`);
  begin(page.messages);
  await painted();
  const took = performance.now() - begun;
  purify.off = false;
  chatId = home;
  return took;
}

declare global {
  interface Window {
    view: typeof view;
  }
}

export const view = {
  /** The most elements in the page while somebody reads here and there in a talk of so many. */
  async nodes(count: number): Promise<number> {
    begin(all.slice(-count));
    let most = 0;
    for (const place of [0.9, 0.5, 0.1]) {
      await jump(messages[Math.floor(place * count)]!);
      for (let i = 0; i < 5; i++) {
        await climb();
        most = Math.max(most, document.querySelectorAll('*').length);
      }
    }
    return most;
  },
  /** The median frame of a scroll in the middle of 20,000. */
  async windowed() {
    begin(all);
    await jump(all[10_000]!);
    // As much in the page as there ever is.
    for (let i = 0; i < 6; i++) await climb();
    return scrollUp();
  },
  /** The same in a list of 400 that nobody tends. */
  async plain() {
    render(null, app);
    messages = all.slice(-400);
    render(
      <div style={{ blockSize: '100%', display: 'flex' }}>
        <div class="chat-list">
          <div class="chat-scroll">
            <div class="chat-lines">
              <MessageLines {...props()} newFrom={null} onNewSeen={() => {}} />
            </div>
          </div>
        </div>
      </div>,
      app,
    );
    await painted();
    box().scrollTop = box().scrollHeight;
    await painted();
    return scrollUp();
  },
  /** How far a line moves at the most while older ones come above it: drawn again, and loaded. */
  async drift(): Promise<number> {
    let most = 0;
    begin(all);
    for (const place of [18_000, 10_000, 2_000]) {
      await jump(all[place]!);
      for (let i = 0; i < 6; i++) most = Math.max(most, await climb());
    }
    let first = all.length - PAGE;
    begin(all.slice(first));
    more = true;
    older = () => {
      first -= PAGE;
      messages = [...all.slice(first, first + PAGE), ...messages];
      setTimeout(draw, 5);
    };
    draw();
    await painted();
    for (let i = 0; i < 10; i++) most = Math.max(most, await climb());
    return most;
  },
  firstPaint,
  /** Texts cleaned: of 50 that are shown first, drawn again, gone from and come back to, and after one was edited. */
  async cleaned(): Promise<number[]> {
    const counts: number[] = [];
    const since = (before: number) => counts.push(purify.calls - before);
    const home = chatId;
    chatId = asChatId('19:counted@thread.v2');
    const page = all.filter(({ deletedAt }) => !deletedAt).slice(0, SHOWN);
    let before = purify.calls;
    begin(page);
    await painted();
    since(before);
    before = purify.calls;
    for (let i = 0; i < 5; i++) draw();
    await painted();
    since(before);
    before = purify.calls;
    begin(page);
    await painted();
    since(before);
    before = purify.calls;
    messages = page.map((m, i) => (i === 7 ? { ...m, etag: `${m.etag}1`, html: '<p>Edited</p>' } : m));
    draw();
    await painted();
    since(before);
    chatId = home;
    return counts;
  },
};
window.view = view;
