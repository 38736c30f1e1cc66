import { browser } from 'wxt/browser';
import { createListMarks, type ListMarks } from '../../lib/erpnext/page/list-marks.ts';
import { createPresenceDots, type PresenceDots } from '../../lib/erpnext/page/presence-dots.ts';
import { watchPage } from '../../lib/erpnext/page/watch-page.ts';
import { markWords, presenceWords } from '../../lib/i18n/desk-words.ts';
import { askPatiently, sendToWorker } from '../../lib/rpc/client.ts';

interface FacesDeps {
  document: Document;
  lang: () => string;
  hasPanel: (doctype: string) => boolean;
  openRow: (link: HTMLElement) => void;
}

/** Notices may have been missed while the worker slept: an act looks again after this long. */
const EVERY_MS = 60_000;

/** What a person may have switched on in ERPNext's own pages: marks in lists, dots beside users. */
export function showFaces({ document, lang, hasPanel, openRow }: FacesDeps) {
  let marks: ListMarks | null = null;
  let dots: PresenceDots | null = null;
  let stopWatching: (() => void) | null = null;
  let gone = false;
  let refreshedAt = Date.now();

  const look = () => {
    marks?.look();
    dots?.look();
  };
  const refresh = () => {
    refreshedAt = Date.now();
    marks?.refresh();
  };
  const hide = () => {
    stopWatching?.();
    marks?.remove();
    dots?.remove();
    stopWatching = marks = dots = null;
  };
  const learn = async () => {
    const answer = await askPatiently('desk.faces');
    if (gone || !answer?.ok) return;
    hide();
    if (answer.value.listMarks)
      marks = createListMarks({
        document,
        hasPanel,
        ask: async (doctype, names) => answered(await sendToWorker('desk.marks', { doctype, names })),
        words: (unread) => markWords(unread, lang()),
        open: openRow,
      });
    if (answer.value.presenceInErpnext)
      dots = createPresenceDots({
        document,
        now: Date.now,
        ask: async (users) => answered(await sendToWorker('desk.presence', { users })),
        words: (presence) => presenceWords(presence, lang()),
      });
    if (marks || dots) stopWatching = watchPage(document, look);
  };
  const hear = (changed: Record<string, unknown>) => {
    if ('faces' in changed || 'policy' in changed) void learn();
  };
  browser.storage.local.onChanged.addListener(hear);
  void learn();

  return {
    /** Other records may have a chat now, or another number of unread messages. */
    refresh,
    /** Which doctypes have a panel is known now, or has changed. */
    look,
    /** The person did something here. */
    act() {
      dots?.act();
      if (Date.now() - refreshedAt >= EVERY_MS) refresh();
    },
    stop() {
      gone = true;
      hide();
      browser.storage.local.onChanged.removeListener(hear);
    },
  };
}

function answered<T>(answer: { ok: true; value: T } | { ok: false } | undefined): T | null {
  return answer?.ok ? answer.value : null;
}
