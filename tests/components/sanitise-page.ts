import { plainText } from '../../components/chat/plain-text.ts';
import { sanitise } from '../../components/chat/sanitise.ts';

/** What the sanitiser's test calls inside the browser. */

interface Shown {
  html: string;
  nodes: { tag: string; attributes: [name: string, value: string][] }[];
  /** A script of the message ran: each one in the corpus calls `alert`. */
  ran: boolean;
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
    box.replaceChildren(sanitise(html));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const nodes = [...box.querySelectorAll('*')].map((node) => ({
      tag: node.localName,
      attributes: [...node.attributes].map((a): [string, string] => [a.name, a.value]),
    }));
    return { html: box.innerHTML, nodes, ran };
  },
};
