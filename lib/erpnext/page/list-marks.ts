import { LIST_SELECTORS } from '../selectors.ts';
import { createListMark, type ListMarkElement } from './list-mark.ts';

/** Marks at the rows of Desk's lists, drawn again whenever Desk draws its rows. */
export interface ListMarks {
  /** The page changed: mark what is new. Asks only for rows that were not asked for. */
  look(): void;
  /** Other records may have a chat, or another number of unread messages. */
  refresh(): void;
  remove(): void;
}

export interface ListMarksDeps {
  document: Document;
  /** Whether a doctype has a panel. */
  hasPanel: (doctype: string) => boolean;
  /** Of these records those with a chat; null where nobody answered. */
  ask: (doctype: string, names: string[]) => Promise<{ name: string; unread: number }[] | null>;
  words: (unread: number) => string;
  /** Lead to the record of this link, and to its panel. */
  open: (link: HTMLElement) => void;
}

export function createListMarks(deps: ListMarksDeps): ListMarks {
  const { document } = deps;
  /** Unread messages by record; null where it has no chat. */
  const known = new Map<string, number | null>();
  const marks = new Map<HTMLElement, ListMarkElement>();
  let stale = false;
  let asking = false;
  let removed = false;

  const rows = () =>
    [...document.querySelectorAll<HTMLElement>(LIST_SELECTORS.rowLink)].filter(
      // Lists that were left stay in the page, hidden.
      (link) => deps.hasPanel(link.dataset.doctype ?? '') && link.getClientRects().length > 0,
    );

  const draw = () => {
    for (const [link, mark] of marks) {
      if (link.isConnected) continue;
      mark.element.remove();
      marks.delete(link);
    }
    for (const link of rows()) {
      const unread = known.get(keyOf(link)) ?? null;
      const mark = marks.get(link);
      if (unread === null) {
        mark?.element.remove();
        marks.delete(link);
        continue;
      }
      const shown = mark ?? createListMark(document, () => deps.open(link));
      marks.set(link, shown);
      shown.set(unread, deps.words(unread));
      const place = placeOf(link);
      if (place && shown.element.nextElementSibling !== place) place.before(shown.element);
    }
  };

  /** One question at a time; what is wanted meanwhile is one more afterwards. */
  const askAll = async () => {
    if (asking) return;
    asking = true;
    while (!removed && (stale || rows().some((link) => !known.has(keyOf(link))))) {
      stale = false;
      const links = rows();
      for (const doctype of new Set(links.map((link) => link.dataset.doctype ?? ''))) {
        const some = links.filter((link) => link.dataset.doctype === doctype);
        const names = [...new Set(some.map((link) => link.dataset.name ?? ''))];
        const answer = await deps.ask(doctype, names);
        if (!answer) {
          asking = false;
          return;
        }
        for (const name of names) known.set(JSON.stringify([doctype, name]), null);
        for (const { name, unread } of answer) known.set(JSON.stringify([doctype, name]), unread);
      }
    }
    asking = false;
    if (!removed) draw();
  };

  return {
    look() {
      draw();
      void askAll();
    },
    refresh() {
      stale = true;
      void askAll();
    },
    remove() {
      removed = true;
      for (const { element } of marks.values()) element.remove();
      marks.clear();
    },
  };
}

function keyOf({ dataset }: HTMLElement): string {
  return JSON.stringify([dataset.doctype, dataset.name]);
}

/** Before the subject: at its end a long one would push the mark out of sight. */
function placeOf(link: HTMLElement): Element | null {
  const cell = link.closest(LIST_SELECTORS.subject);
  let place: Element = link;
  while (place.parentElement && place.parentElement !== cell) place = place.parentElement;
  return place.parentElement === cell ? place : null;
}
