import '../../components/ui/tokens.css';
import '../../components/ui/base.css';
import '../../components/ui/dialog.css';
import '../../components/chat/chat.css';
import '../../components/chat/reading.css';
import '../../components/chat/acts.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { MessageList } from '../../components/chat/message-list.tsx';
import { type PictureState, type Reading, ReadingContext } from '../../components/chat/reading.ts';
import { hearEscape } from '../../components/ui/use-escape.ts';
import type { MessageId } from '../../lib/model/ids.ts';
import type { Message } from '../../lib/model/message.ts';
import { CHAT_ID, ME, MEMBERS, NOW } from './samples.ts';

/** Messages with all that can hang on them, for their test in the browser. */

const states = signal<Record<string, PictureState>>({});
const log: string[] = [];
let jumps = true;

const reading: Reading = {
  me: ME.id,
  async onJump(id) {
    log.push(`jump ${id}`);
    return jumps;
  },
  pictures: {
    stateOf: ({ contentId }) => states.value[contentId] ?? { kind: 'waiting' },
    want: ({ contentId }) => {
      log.push(`want ${contentId}`);
      return () => void log.push(`leave ${contentId}`);
    },
    again: ({ contentId }) => void log.push(`again ${contentId}`),
  },
};

declare global {
  interface Window {
    contents: typeof contents;
    ran: boolean;
  }
}

const contents = {
  /** Selects from a text in the page to another, copies, and gives what is on the clipboard then. */
  copy(from: string, to: string) {
    const find = (text: string) => {
      const walker = document.createTreeWalker(document.getElementById('app')!, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent!.indexOf(text);
        if (at >= 0) return { node, at };
      }
      throw new Error(`no ${text} in ${document.getElementById('app')!.textContent}`);
    };
    const [start, end] = [find(from), find(to)];
    document.getSelection()!.setBaseAndExtent(start.node, start.at, end.node, end.at + to.length);
    let copied = { text: '', html: '' };
    const hear = (event: ClipboardEvent) => {
      const { clipboardData: data } = event;
      copied = { text: data!.getData('text/plain'), html: data!.getData('text/html') };
    };
    window.addEventListener('copy', hear, { once: true });
    document.execCommand('copy');
    return copied;
  },
  log,
  show(messages: Message[]) {
    render(
      <ReadingContext.Provider value={reading}>
        <div style={{ blockSize: '100%', display: 'flex' }}>
          <MessageList
            chatId={CHAT_ID}
            me={ME.id}
            members={MEMBERS}
            messages={messages}
            more={false}
            loadingOlder={false}
            now={NOW}
            photoOf={() => null}
            onOlder={() => {}}
            newer={false}
            jumped={null}
            onNewer={() => {}}
            onNewest={() => {}}
            onSeen={() => {}}
            ownSends={0}
          />
        </div>
      </ReadingContext.Provider>,
      document.getElementById('app')!,
    );
  },
  picture(contentId: string, state: PictureState) {
    states.value = { ...states.value, [contentId]: state };
  },
  /** From now on no message can be gone to. */
  lose() {
    jumps = false;
  },
  line: (id: MessageId) => document.querySelector(`[data-line="${id}"]`)!.getBoundingClientRect().top,
};
window.contents = contents;
window.alert = () => {
  window.ran = true;
};
hearEscape(() => log.push('panel closed'));
