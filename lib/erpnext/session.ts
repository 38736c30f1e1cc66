import { fail } from '../model/errors.ts';
import { asErpUser, type ErpUser } from '../model/ids.ts';

/**
 * Who is logged in at this site in this tab's cookie store: Frappe's `user_id` cookie is readable (only `sid` is not)
 * and is renewed with every answer (frappe/auth.py set_user_info).
 * @param cookies `document.cookie`. @returns null for a guest or without the cookie.
 */
export function erpUserOf(cookies: string): ErpUser | null {
  const raw = /(?:^|;\s*)user_id=([^;]*)/.exec(cookies)?.[1];
  if (!raw) return null;
  const user = decode(raw.replace(/^"|"$/g, ''));
  return user && user !== 'Guest' ? asErpUser(user) : null;
}

/**
 * Last look before a write: the order names who it is for, and until when it holds (a frozen tab wakes up late).
 * Throws `erp-signed-out`, `erp-other-user` or, when too late, `no-tab`: the job waits for the next tab.
 */
export function checkOrder(order: { erpUser: ErpUser; deadline: number }, user: ErpUser | null, now: number): void {
  if (now > order.deadline)
    throw fail(
      'no-tab',
      'The ERPNext tab answered too late',
      'It was asleep while Deskside waited. Nothing was written; the work goes on by itself in an open tab.',
    );
  if (!user)
    throw fail(
      'erp-signed-out',
      'ERPNext asks you to sign in again',
      'Sign in to ERPNext in this tab; the work then goes on by itself.',
    );
  if (user !== order.erpUser)
    throw fail(
      'erp-other-user',
      'Somebody else is signed in to ERPNext now',
      `This was begun as ${order.erpUser}, and ${user} is signed in. Nothing was written. Sign in as ${order.erpUser} to go on.`,
    );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
