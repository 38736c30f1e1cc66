import type { DoctypeRule } from '../../model/doctype-rule.ts';
import type { FormPatch } from '../write.ts';
import { BRIDGE_HELLO, BRIDGE_STARTED, type FormState, FromPage, heard, tell, toContent, toPage } from './protocol.ts';

/** The content script's end of the bridge. */
export interface Bridge {
  /** What the page said last; undefined as long as it has said nothing (bridge not there yet, or page without Desk). */
  form(): FormState | null | undefined;
  /** Ask the page to look again; `onForm` hears of it. */
  look(): void;
  /** Where people stand in forms, from now on. */
  follow(rules: readonly DoctypeRule[]): void;
  /** `frappe.csrf_token`, or null where the page does not say it in time. */
  csrf(): Promise<string | null>;
  /** `own`, the address in the open form or '' (see join-button.ts), or null without an answer. */
  meeting(): Promise<string | null>;
  /** Hear the site's bell from now on, through the page; whether its socket is up. */
  hearBell(note: string): Promise<boolean>;
  /** Lets the open form follow a write; resolves with what the page did, or null without an answer. */
  patch(patch: FormPatch): Promise<string | null>;
  stop(): void;
  /** As `stop`, and the page's end lets go of Desk too: nobody will talk to it again. */
  dismiss(): void;
}

export interface BridgeDeps {
  document: Document;
  /** Unguessed name of this content script's channel: 8 to 64 of a-z, 0-9, '-'. */
  channel: string;
  onForm: (form: FormState | null) => void;
  onRing: () => void;
  /** Milliseconds to wait for the page's answer. */
  patience?: number;
}

export function openBridge({ document, channel, onForm, onRing, patience = 500 }: BridgeDeps): Bridge {
  let form: FormState | null | undefined;
  let rules: readonly DoctypeRule[] = [];
  let lastId = 0;
  const waiting = new Map<number, (answer: string | null) => void>();

  const onMessage = (event: Event) => {
    const message = heard(event, FromPage);
    if (!message) return;
    if (typeof message.id === 'number') {
      waiting.get(message.id)?.(message.answer ?? null);
      return;
    }
    if (message.rang) return onRing();
    form = message.form ?? null;
    onForm(form);
  };
  const hello = () => {
    document.dispatchEvent(new CustomEvent(BRIDGE_HELLO, { detail: channel }));
    if (rules.length > 0) tellRules();
  };
  const tellRules = () => tell(document, toPage(channel), { ask: 'rules', rules: [...rules] });
  const ask = (question: (id: number) => void): Promise<string | null> => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      const done = (answer: string | null) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => done(null), patience);
      waiting.set(id, done);
      question(id);
    });
  };

  document.addEventListener(toContent(channel), onMessage);
  document.addEventListener(BRIDGE_STARTED, hello);
  hello();

  const stop = () => {
    document.removeEventListener(toContent(channel), onMessage);
    document.removeEventListener(BRIDGE_STARTED, hello);
    for (const done of [...waiting.values()]) done(null);
  };

  return {
    form: () => form,
    look: () => tell(document, toPage(channel), { ask: 'form' }),
    follow(next) {
      rules = next;
      tellRules();
    },
    csrf: () => ask((id) => tell(document, toPage(channel), { ask: 'csrf', id })),
    meeting: () => ask((id) => tell(document, toPage(channel), { ask: 'meeting', id })),
    hearBell: async (note) => (await ask((id) => tell(document, toPage(channel), { ask: 'bell', id, note }))) === 'up',
    patch: (patch) => ask((id) => tell(document, toPage(channel), { ask: 'patch', id, ...patch })),
    stop,
    dismiss() {
      stop();
      document.dispatchEvent(new CustomEvent(BRIDGE_STARTED));
    },
  };
}
