import type { ChatId } from '../model/ids.ts';
import { asChatId } from '../model/ids.ts';

/**
 * What may stand in a record's chat field while its chat is being created. It holds no e-mail and no name, because
 * ERPNext's Version keeps it for ever.
 *
 *     deskside:1:<nonce>:<lease ends, seconds on ERPNext's clock>:<Entra object id>:<hash of doctype and creation>
 *
 * A comment holds the same (`comment-link.ts`). In the field it may end in `:after:<time>`, see `clearedUpTo`.
 */
export interface Claim {
  /** 32 hex digits: this very creation. */
  nonce: string;
  /** Seconds since 1970 on ERPNext's own clock (its `Date` header). */
  leaseEnds: number;
  /** Object id of the account that claims. */
  account: string;
  /** Binds the claim to one document: void in a duplicate, still good after a rename. */
  document: string;
}

/** How long a claim holds. A creation takes a few seconds; a lid may close in the middle of one. */
export const LEASE_SECONDS = 120;

export type ChatField =
  | { kind: 'empty' }
  | { kind: 'claim'; claim: Claim; stale: boolean }
  /** A claim that was copied here with another document. */
  | { kind: 'void' }
  | { kind: 'chat'; chatId: ChatId };

/** @param after what `clearedUpTo` said of the field that it goes into. */
export function formatClaim(claim: Claim, after = ''): string {
  return `deskside:1:${claim.nonce}:${claim.leaseEnds}:${claim.account}:${claim.document}${suffix(after)}`;
}

/** What stands in the field of a record without a chat. */
export function formatNone(after: string): string {
  return after && `deskside:none${suffix(after)}`;
}

/**
 * Up to when links in comments count no more: whoever takes the chat out of the field cannot take back what colleagues
 * wrote in comments, so the field says that those are past. Digits of ERPNext's `creation`, '' where all count.
 */
export function clearedUpTo(field: string): string {
  return AFTER.exec(field.trim())?.[1] ?? '';
}

/** A comment's `creation` as it stands in the field: its digits, to the microsecond. */
export function arrival(creation: string): string {
  return creation.replace(/\D/g, '').slice(0, 20).padEnd(20, '0');
}

const AFTER = /^deskside:.*:after:(\d{20})$/;

function suffix(after: string): string {
  return after && `:after:${after}`;
}

/**
 * What the field says.
 * @param serverTime ERPNext's clock in ms when it gave the field: age is measured on it alone.
 * @param document `documentHash` of the record that holds the field.
 */
export function readChatField(text: string, serverTime: number, document: string): ChatField {
  const after = clearedUpTo(text);
  const value = text.trim().slice(0, -suffix(after).length || undefined);
  if (!value || value === 'deskside:none') return { kind: 'empty' };
  const match = /^deskside:1:([0-9a-f]{32}):(\d{1,12}):([0-9a-f-]{36}):([0-9a-f]{16})$/.exec(value);
  if (!match) return value.startsWith('deskside:') ? { kind: 'void' } : { kind: 'chat', chatId: asChatId(value) };
  const claim: Claim = { nonce: match[1]!, leaseEnds: Number(match[2]), account: match[3]!, document: match[4]! };
  if (claim.document !== document) return { kind: 'void' };
  return { kind: 'claim', claim, stale: isStale(claim, serverTime) };
}

/** A lease that ends further ahead than any lease lasts was forged or made under a broken clock: it binds nobody. */
function isStale(claim: Claim, serverTime: number): boolean {
  const now = serverTime / 1000;
  return claim.leaseEnds <= now || claim.leaseEnds > now + 2 * LEASE_SECONDS;
}

/** 16 hex digits of SHA-256 over doctype and `creation`, which a rename leaves alone and a duplicate does not share. */
export async function documentHash(doctype: string, creation: string): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([doctype, creation]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest.slice(0, 8)].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** Whether there is time to create a chat under this claim: at least half the lease is left. */
export function hasTimeLeft(claim: Claim, serverTime: number): boolean {
  return claim.leaseEnds - serverTime / 1000 >= LEASE_SECONDS / 2;
}
