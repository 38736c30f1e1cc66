import { USER_SELECTORS } from '../selectors.ts';

/** A place where the page names a user by their login, and how a dot stands there. */
export interface UserPlace {
  user: string;
  element: HTMLElement;
  how: 'before' | 'corner' | 'label';
}

/** Users whom the page names on screen. Up to v15 the sidebar's assignees are not among them: Desk gives only their names. */
export function usersOnPage(document: Document): UserPlace[] {
  const places: UserPlace[] = [];
  const add = (user: string | null | undefined, element: HTMLElement | null, how: UserPlace['how']) => {
    if (element && user && ADDRESS.test(user) && isDrawn(element)) places.push({ user, element, how });
  };
  const all = (selector: string) => document.querySelectorAll<HTMLElement>(selector);
  for (const link of all(USER_SELECTORS.link)) add(link.dataset.name, link, 'before');
  for (const avatar of all(USER_SELECTORS.avatar))
    add(/%(.*)%$/.exec(avatar.dataset.filter ?? '')?.[1], avatar, 'corner');
  for (const row of all(USER_SELECTORS.assignee))
    add(row.dataset.user, row.querySelector<HTMLElement>(USER_SELECTORS.face), 'corner');
  for (const cell of all(USER_SELECTORS.cell)) add(/,=,(.*)$/.exec(cell.dataset.filter ?? '')?.[1], cell, 'before');
  for (const input of all(USER_SELECTORS.input)) {
    const label = input.closest(USER_SELECTORS.field)?.querySelector<HTMLElement>(USER_SELECTORS.fieldLabel) ?? null;
    add((input as HTMLInputElement).value.trim(), label, 'label');
  }
  return places;
}

/** Logins that are no addresses (Administrator, Guest) are nobody at Microsoft. */
const ADDRESS = /^[^\s@]+@[^\s@]+$/;

function isDrawn(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
