// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createListMarks } from '../../../../lib/erpnext/page/list-marks.ts';

// Rows as Frappe draws them: v14 and a seen row of v15 and v16, whose span has no class.
const row = (name: string, seen = false) => `
  <div class="list-row-container" tabindex="1"><div class="level list-row"><div class="level-left ellipsis">
    <div class="list-row-col ellipsis list-subject level">
      <span class="level-item select-like"><input class="list-row-checkbox" type="checkbox"></span>
      <span ${seen ? '' : 'class="level-item bold ellipsis"'}><a class="ellipsis" data-doctype="Event" href="/app/event/${name}"></a></span>
    </div></div></div></div>`;
const show = (names: string[]) => {
  document.body.innerHTML = `<div class="frappe-list"><div class="result">${names.map((_, i) => row(String(i), i % 2 === 1)).join('')}</div></div>`;
  document.querySelectorAll<HTMLElement>('.list-subject a').forEach((link, i) => {
    link.dataset.name = names[i]!;
    link.getClientRects = () => [{}] as unknown as DOMRectList;
  });
};
const marked = () =>
  [...document.querySelectorAll<HTMLElement>('[data-deskside="list-mark"]')].map(
    (mark) => mark.parentElement?.querySelector('a')?.dataset.name,
  );
const settle = () => new Promise((resolve) => setTimeout(resolve));

const chats = new Map<string, number>();
const ask = vi.fn(async (_doctype: string, names: string[]) =>
  names.flatMap((name) => (chats.has(name) ? [{ name, unread: chats.get(name)! }] : [])),
);
const open = vi.fn();
let marks: ReturnType<typeof createListMarks>;

beforeEach(() => {
  vi.clearAllMocks();
  chats.clear();
  marks = createListMarks({
    document,
    hasPanel: (doctype) => doctype === 'Event',
    ask,
    words: (unread) => `${unread} unread`,
    open,
  });
});
afterEach(() => marks.remove());

it('stand at the rows with a chat, before their subject; one question for all rows', async () => {
  chats.set('EV-1', 0).set('A/B & Ü 100%', 3);
  show(['EV-1', 'EV-2', 'A/B & Ü 100%']);
  marks.look();
  await settle();
  expect(ask.mock.calls).toEqual([['Event', ['EV-1', 'EV-2', 'A/B & Ü 100%']]]);
  expect(marked()).toEqual(['EV-1', 'A/B & Ü 100%']);
  for (const mark of document.querySelectorAll('[data-deskside="list-mark"]')) {
    expect(mark.parentElement?.className).toContain('list-subject');
    expect(mark.nextElementSibling?.querySelector('a')).not.toBeNull();
  }
});

it('come back when Desk draws the rows anew, without asking again', async () => {
  chats.set('EV-1', 1);
  show(['EV-1', 'EV-2']);
  marks.look();
  await settle();
  show(['EV-2', 'EV-1']);
  marks.look();
  await settle();
  expect(marked()).toEqual(['EV-1']);
  expect(ask).toHaveBeenCalledTimes(1);
  marks.look();
  expect(marked()).toHaveLength(1);
});

it('follow what changes, and go where there is no chat any more', async () => {
  chats.set('EV-1', 1);
  show(['EV-1', 'EV-2']);
  marks.look();
  await settle();
  chats.delete('EV-1');
  chats.set('EV-2', 0);
  marks.refresh();
  await settle();
  expect(marked()).toEqual(['EV-2']);
  marks.remove();
  expect(marked()).toEqual([]);
});

it('ask once more, not in a race, when something changed while an answer was on its way', async () => {
  show(['EV-1']);
  marks.look();
  chats.set('EV-1', 2);
  marks.refresh();
  marks.refresh();
  await settle();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(marked()).toEqual(['EV-1']);
});

it('leave lists alone that are hidden, or of doctypes without a panel', async () => {
  show(['EV-1', 'EV-2']);
  const [first, second] = document.querySelectorAll<HTMLElement>('.list-subject a');
  first!.getClientRects = () => [] as unknown as DOMRectList;
  second!.dataset.doctype = 'ToDo';
  marks.look();
  await settle();
  expect(ask).not.toHaveBeenCalled();
});

it('tell the page nothing of what they say, and obey no script’s click', async () => {
  chats.set('EV-1', 7);
  show(['EV-1']);
  marks.look();
  await settle();
  const mark = document.querySelector<HTMLElement>('[data-deskside="list-mark"]')!;
  expect(mark.shadowRoot).toBeNull();
  expect(document.body.outerHTML).not.toContain('7');
  mark.click();
  expect(open).not.toHaveBeenCalled();
});
