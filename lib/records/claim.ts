import type { ChatId } from '../model/ids.ts';
import { asChatId } from '../model/ids.ts';

/**
 * What may stand in a record's chat field while its chat is being created. It holds no e-mail and no name, because
 * ERPNext's Version keeps it for ever.
 *
 *     deskside:1:<nonce>:<lease ends, seconds on ERPNext's clock>:<Entra object id>:<hash of doctype and creation>
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

export function formatClaim(claim: Claim): string {
  return `deskside:1:${claim.nonce}:${claim.leaseEnds}:${claim.account}:${claim.document}`;
}

/**
 * What the field says.
 * @param serverTime ERPNext's clock in ms when it gave the field: age is measured on it alone.
 * @param document `documentHash` of the record that holds the field.
 */
export function readChatField(text: string, serverTime: number, document: string): ChatField {
  const value = text.trim();
  if (!value) return { kind: 'empty' };
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
