import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import '../../components/chat/chat.css';
import { render } from 'preact';
import { MessageList } from '../../components/chat/message-list.tsx';
import type { Message } from '../../lib/model/message.ts';
import { BEN, CHAT_ID, ME, MEMBERS, message, NOW } from './samples.ts';

/** A long talk in the list, for its test in the browser. Lines are of different heights. */
const line = (i: number) =>
  message(10_000 - i, i % 5 ? BEN : ME, `<p>No ${i}.${' Some more words.'.repeat(i % 7)}</p>`);
const seen: string[] = [];
let messages: Message[] = Array.from({ length: 100 }, (_, i) => line(500 + i));
let first = 500;
let next = 600;
let ownSends = 0;

function draw(): void {
  render(
    <div style={{ blockSize: '100%', display: 'flex' }}>
      <MessageList
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
        jumped={null}
        onNewer={() => {}}
        onNewest={() => {}}
        onSeen={(id) => void seen.push(id)}
        ownSends={ownSends}
      />
    </div>,
    document.getElementById('app')!,
  );
}

declare global {
  interface Window {
    list: typeof list;
  }
}

const list = {
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
    const edge = box.getBoundingClientRect().top;
    const lines = [...box.querySelectorAll('[data-line]')];
    const number = (el: Element | undefined) => Number(/No (\d+)\./.exec(el?.textContent ?? '')?.[1]);
    const top = lines.find((el) => el.getBoundingClientRect().bottom > edge);
    return {
      count: lines.length,
      top: number(top),
      y: Math.round(top?.getBoundingClientRect().top ?? 0),
      last: number(lines.at(-1)),
      toEnd: Math.round(box.scrollHeight - box.scrollTop - box.clientHeight),
      pill: document.querySelector('.chat-pill')?.textContent ?? null,
    };
  },
};
window.list = list;
draw();
