import type { DoctypeRule } from '../../model/doctype-rule.ts';
import type { FrappePage } from './frappe-page.ts';
import { hearBell, socketOf } from './hear-bell.ts';
import { meetingOf } from './meeting-of.ts';
import { patchForm } from './patch-form.ts';
import {
  BRIDGE_HELLO,
  BRIDGE_STARTED,
  FromContent,
  type FromPage,
  heard,
  tell,
  toContent,
  toPage,
} from './protocol.ts';
import { createFormReader } from './read-form.ts';

/**
 * The page's end of the bridge: hooks Desk's own events, says which form is on screen, hands over the CSRF token and
 * lets a form follow a write. It holds nothing but that; a page that forges it all can only show another record's
 * name to the panel, never its contents.
 * @returns the undo; a newer copy (after an update of the extension) calls it by its start event.
 */
export function startBridge(window: Window & FrappePage): () => void {
  const { document } = window;
  let rules: readonly DoctypeRule[] = [];
  const form = createFormReader(window, () => rules);
  const hooks = `.deskside${Math.random().toString(36).slice(2)}`;
  let channel: string | null = null;
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let deafen = () => {};

  const say = (message: FromPage) => {
    if (channel) tell(document, toContent(channel), message);
  };
  const look = (always: boolean) => {
    const state: FromPage = { form: form.read() };
    const text = JSON.stringify(state);
    if (!always && text === told) return;
    told = text;
    say(state);
  };
  // Desk fires its events in bursts and some before the form is the new one: look when it is done with the burst.
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(false), 0);
  };
  const settled = () => {
    look(false);
    soon();
  };

  const onMessage = (event: Event) => {
    const message = heard(event, FromContent);
    if (message?.ask === 'form') look(true);
    if (message?.ask === 'rules') {
      rules = message.rules;
      look(true);
    }
    if (message?.ask === 'csrf') say({ id: message.id, answer: window.frappe?.csrf_token ?? null });
    if (message?.ask === 'meeting') say({ id: message.id, answer: meetingOf(window) });
    if (message?.ask === 'bell') {
      deafen();
      deafen = hearBell(window, message.note, () => say({ rang: true }));
      say({ id: message.id, answer: socketOf(window)?.connected ? 'up' : 'down' });
    }
    if (message?.ask === 'patch') say({ id: message.id, answer: patchForm(window, message) });
  };
  const onHello = (event: Event) => {
    const detail: unknown = (event as CustomEvent).detail;
    if (typeof detail !== 'string' || !/^[a-z0-9-]{8,64}$/.test(detail)) return;
    if (channel) document.removeEventListener(toPage(channel), onMessage);
    channel = detail;
    document.addEventListener(toPage(channel), onMessage);
    look(true);
  };

  /** Desk's scripts come long after document_start; a page that is not Frappe's never has them, so look ever less. */
  const hook = (wait = 50) => {
    const { jQuery } = window;
    if (!jQuery || !window.frappe) {
      waiting = setTimeout(() => hook(Math.min(wait * 1.2, 2_000)), wait);
      return;
    }
    const on = (names: string[], handler: () => void) =>
      jQuery(document).on(names.map((name) => name + hooks).join(' '), handler);
    on(['form-load', 'form-refresh', 'form-rename', 'save', 'rename'], settled);
    on(['page-change', 'dirty'], soon);
    look(false);
  };

  const stop = () => {
    clearTimeout(timer);
    clearTimeout(waiting);
    deafen();
    window.jQuery?.(document).off(hooks);
    document.removeEventListener(BRIDGE_HELLO, onHello);
    document.removeEventListener(BRIDGE_STARTED, stop);
    if (channel) document.removeEventListener(toPage(channel), onMessage);
  };

  // In this order: the content script's answer to the start is heard, and the start does not stop the one that began.
  document.addEventListener(BRIDGE_HELLO, onHello);
  document.dispatchEvent(new CustomEvent(BRIDGE_STARTED));
  document.addEventListener(BRIDGE_STARTED, stop);
  hook();
  return stop;
}
