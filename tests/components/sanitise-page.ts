import type { HostedPicture } from '../../components/chat/picture.tsx';
import { plainText } from '../../components/chat/plain-text.ts';
import { picturesIn, sanitise } from '../../components/chat/sanitise.ts';
import { asMessageId } from '../../lib/model/ids.ts';
import { CHAT_ID } from './samples.ts';

/** What the sanitiser's test calls inside the browser. */

interface Shown {
  html: string;
  nodes: { tag: string; attributes: [name: string, value: string][] }[];
  /** A script of the message ran: each one in the corpus calls `alert`. */
  ran: boolean;
  pictures: HostedPicture[];
}

declare global {
  interface Window {
    deskside: { show: (html: string) => Promise<Shown>; plainText: typeof plainText };
  }
}

let ran = false;
window.alert = () => {
  ran = true;
};

window.deskside = {
  plainText,
  async show(html) {
    const box = document.getElementById('box')!;
    const home = { chatId: CHAT_ID, messageId: asMessageId('1700000000000') };
    box.replaceChildren(sanitise(html, { home, mine: new Set(['1']) }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const nodes = [...box.querySelectorAll('*')].map((node) => ({
      tag: node.localName,
      attributes: [...node.attributes].map((a): [string, string] => [a.name, a.value]),
    }));
    return { html: box.innerHTML, nodes, ran, pictures: picturesIn(box).map(({ picture }) => picture) };
  },
};
