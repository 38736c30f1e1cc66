// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPresenceDots } from '../../../../lib/erpnext/page/presence-dots.ts';
import { usersOnPage } from '../../../../lib/erpnext/page/users-on-page.ts';
import { presenceOf } from '../../../../lib/model/presence.ts';

// As Frappe draws them: a link in a form's table, an assignee and a cell of a list, an assignee of a form, a link field.
const PAGE = `
  <div class="static-area ellipsis"><a href="/app/user/bob%40x.test" data-doctype="User" data-name="bob@x.test">Bob</a></div>
  <a href="/app/customer/c" data-doctype="Customer" data-name="carol@x.test">C</a>
  <div class="list-row">
    <span class="avatar avatar-small filterable" data-filter="_assign,like,%ada@x.test%" title="Ada"><div class="avatar-frame">A</div></span>
    <div class="list-row-col"><a class="filterable ellipsis" data-filter="owner,=,bob@x.test">bob@x.test</a></div>
    <div class="list-row-col"><a class="filterable ellipsis" data-filter="status,=,Open">Open</a></div>
  </div>
  <div class="dialog-assignment-row" data-user="bob@x.test"><div class="assignee"><span class="avatar avatar-smaller"></span><span>Bob</span></div></div>
  <div class="frappe-control" data-fieldtype="Link" data-fieldname="manager">
    <label class="control-label">Manager</label><div class="link-field"><input data-target="User" value="ada@x.test"></div>
  </div>
  <div class="frappe-control"><label class="control-label">By</label><input data-target="User" value="Administrator"></div>`;

const show = () => {
  document.body.innerHTML = PAGE;
  for (const element of document.body.querySelectorAll<HTMLElement>('*'))
    element.getClientRects = () => [{}] as unknown as DOMRectList;
};
const dotsOnPage = () => document.querySelectorAll<HTMLElement>('[data-deskside="presence"]');
const settle = () => new Promise((resolve) => setTimeout(resolve));

let time = 0;
let reachable: string[] = [];
const ask = vi.fn(async (users: string[]) =>
  users
    .filter((user) => reachable.includes(user))
    .map((user) => ({ user, presence: presenceOf('Available', 'Available', false)! })),
);
let dots: ReturnType<typeof createPresenceDots>;

beforeEach(() => {
  vi.clearAllMocks();
  time = 0;
  reachable = ['ada@x.test', 'bob@x.test'];
  show();
  dots = createPresenceDots({ document, now: () => time, ask, words: ({ word }) => word });
});
afterEach(() => dots.remove());

it('finds users by their logins, in links, avatars, cells and fields', () => {
  expect(usersOnPage(document).map(({ user, how }) => [user, how])).toEqual([
    ['bob@x.test', 'before'],
    ['ada@x.test', 'corner'],
    ['bob@x.test', 'corner'],
    ['bob@x.test', 'before'],
    ['ada@x.test', 'label'],
  ]);
});

it('asks once for all, and puts each dot where it breaks no layout', async () => {
  dots.look();
  await settle();
  expect(ask.mock.calls).toEqual([[['bob@x.test', 'ada@x.test']]]);
  expect(dotsOnPage()).toHaveLength(5);
  expect(document.querySelector('.avatar')?.lastElementChild).toBe(dotsOnPage()[1]);
  expect(document.querySelector('.control-label')?.lastElementChild).toBe(dotsOnPage()[4]);
  dots.look();
  await settle();
  expect(dotsOnPage()).toHaveLength(5);
  expect(ask).toHaveBeenCalledOnce();
});

it('comes back after Desk drew anew, follows an edited field, and leaves nothing behind', async () => {
  dots.look();
  await settle();
  show();
  dots.look();
  expect(dotsOnPage()).toHaveLength(5);
  document.querySelector('input')!.value = 'stranger@x.test';
  dots.look();
  await settle();
  expect(dotsOnPage()).toHaveLength(4);
  const before = PAGE.replace('value="ada@x.test"', '');
  dots.remove();
  expect(dotsOnPage()).toHaveLength(0);
  expect(document.querySelector<HTMLElement>('.avatar')?.style.position).toBe('');
  expect(document.body.children).toHaveLength(
    new DOMParser().parseFromString(before, 'text/html').body.children.length,
  );
});

it('is asked for again as the person acts, after a minute', async () => {
  dots.look();
  await settle();
  time += 59_000;
  dots.act();
  expect(ask).toHaveBeenCalledTimes(1);
  time += 1_000;
  reachable = ['ada@x.test'];
  dots.act();
  await settle();
  expect(ask).toHaveBeenCalledTimes(2);
  expect(dotsOnPage()).toHaveLength(2);
});

it('tells the page nothing of what it says', async () => {
  dots.look();
  await settle();
  const [dot] = dotsOnPage();
  expect(dot?.shadowRoot).toBeNull();
  expect(document.body.outerHTML).not.toMatch(/available/i);
});

it('asks no oftener than every two seconds, however many names the page brings up', async () => {
  dots.look();
  await settle();
  for (let i = 0; i < 50; i++) {
    document.body.insertAdjacentHTML('beforeend', `<a data-doctype="User" data-name="guess${i}@x.test">?</a>`);
    (document.body.lastElementChild as HTMLElement).getClientRects = () => [{}] as unknown as DOMRectList;
    dots.look();
    await settle();
  }
  expect(ask).toHaveBeenCalledTimes(1);
  time += 2_000;
  dots.look();
  await settle();
  expect(ask).toHaveBeenCalledTimes(2);
});
