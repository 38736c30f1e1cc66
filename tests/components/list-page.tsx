import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import '../../components/chat/chat.css';
import '../../components/chat/reading.css';
import { render } from 'preact';
import { MessageList } from '../../components/chat/message-list.tsx';
import type { Unread } from '../../components/chat/use-new-line.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { BEN, CHAT_ID, ME, MEMBERS, message, NOW } from './samples.ts';

/** A long talk in the list, for its test in the browser. Lines are of different heights. */
const line = (i: number) =>
  message(30_000 - i, i % 5 ? BEN : ME, `<p>No ${i}.${' Some more words.'.repeat(i % 7)}</p>`);
const seen: string[] = [];
const told: string[] = [];
let messages: Message[] = Array.from({ length: 100 }, (_, i) => line(500 + i));
let first = 500;
let next = 600;
let ownSends = 0;
let talk = 'a talk';
let unread: Unread = { since: null, count: 0 };
let jumped: { id: MessageId } | null = null;

function draw(): void {
  render(
    <div style={{ blockSize: '100%', display: 'flex' }}>
      <MessageList
        key={talk}
        chatId={CHAT_ID}
        me={ME.id}
        members={MEMBERS}
        messages={messages}
        more={first > 0}
        loadingOlder={false}
        now={NOW}
        photoOf={() => null}
        onOlder={() => {
          const page = Array.from({ length: Math.min(100, first) }, (_, i) => line(first - Math.min(100, first) + i));
          first -= page.length;
          messages = [...page, ...messages];
          setTimeout(draw, 5);
        }}
        newer={false}
        jumped={jumped}
        unread={unread}
        onDay={(day) => void told.push(`day ${day}`)}
        onGoTo={(time) => void told.push(`go to ${time}`)}
        onNewer={() => {}}
        onNewest={() => {}}
        onSeen={(id) => void seen.push(id)}
        ownSends={ownSends}
      />
    </div>,
    document.getElementById('app')!,
  );
}

function firstLine(box: Element): Element {
  const edge = box.getBoundingClientRect().top;
  return [...box.querySelectorAll('[data-line]')].find((el) => el.getBoundingClientRect().bottom > edge)!;
}

declare global {
  interface Window {
    list: typeof list;
  }
}

const list = {
  told,
  /** Another talk, of so many messages, of which the newest hundred are loaded, or all; so many of them are not read. */
  begin(count: number, unreadCount = 0, whole = false) {
    talk = `${count} ${unreadCount}`;
    const loaded = whole ? count : 100;
    messages = Array.from({ length: loaded }, (_, i) => line(count - loaded + i));
    first = count - loaded;
    next = count;
    jumped = null;
    unread = { since: unreadCount ? line(count - unreadCount - 1).createdAt : null, count: unreadCount };
    draw();
  },
  jump(i: number) {
    jumped = { id: line(i).id };
    draw();
  },
  /** To the very top, where older messages come; how far what was first on screen has moved by then. */
  async climb() {
    const box = document.querySelector('.chat-scroll')!;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    box.scrollTop = 0;
    const held = firstLine(box);
    const before = held.getBoundingClientRect().top;
    const shown = box.querySelector('[data-line]');
    const begun = performance.now();
    for (let i = 0; i < 60 && box.querySelector('[data-line]') === shown; i++) await frame();
    const took = performance.now() - begun;
    await frame();
    const drift = held.isConnected ? Math.abs(held.getBoundingClientRect().top - before) : Number.POSITIVE_INFINITY;
    return { drift, took };
  },
  /** A colleague writes. */
  arrive() {
    messages = [...messages, line(next++)];
    draw();
  },
  /** The person sends. */
  send() {
    ownSends++;
    draw();
  },
  seen: () => seen.length,
  /** Numbers in the page, where the first line on screen is, and how far the end is. */
  look() {
    const box = document.querySelector('.chat-scroll')!;
    const lines = [...box.querySelectorAll('[data-line]')];
    const number = (el: Element | undefined) => Number(/No (\d+)\./.exec(el?.textContent ?? '')?.[1]);
    const top = firstLine(box);
    return {
      count: lines.length,
      top: number(top),
      y: Math.round(top?.getBoundingClientRect().top ?? 0),
      last: number(lines.at(-1)),
      toEnd: Math.round(box.scrollHeight - box.scrollTop - box.clientHeight),
      pill: document.querySelector('.chat-pill:not(.chat-pill-new)')?.textContent ?? null,
      above: document.querySelector('.chat-pill-new')?.textContent ?? null,
      nodes: document.querySelectorAll('*').length,
    };
  },
};
window.list = list;
draw();
