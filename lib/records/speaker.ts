import type { Account } from '../auth/account.ts';
import { type AppError, AppFailure } from '../model/errors.ts';
import { type ErpUser, foldEmail, type Origin } from '../model/ids.ts';
import type { Worker } from './worker.ts';

/** Two people: who is logged in to ERPNext, and as whom Deskside writes in Teams. */
export interface Speaker {
  erpUser: ErpUser;
  /** Name and address of the Microsoft account. */
  microsoft: string;
}

/**
 * Whether the person should first say that they mean to write in Teams as somebody else than they are in ERPNext: on a
 * shared machine that is mostly a mistake. Asked once a site, ERPNext user and account.
 * @returns null where both are one person, or the person has said so.
 */
export async function speakerDoubt(
  worker: Worker,
  account: Account,
  origin: Origin,
  erpUser: ErpUser,
): Promise<Speaker | null> {
  const me = await worker.me.get(account);
  const address = foldEmail(erpUser);
  if (address && (address === me.mail || address === foldEmail(me.userPrincipalName))) return null;
  if (await worker.store.answers.has(account.id, questionOf(origin, erpUser))) return null;
  return { erpUser, microsoft: `${me.displayName} (${me.mail ?? me.userPrincipalName})` };
}

/** The person means it so. */
export function agreeToSpeak(worker: Worker, account: Account, origin: Origin, erpUser: ErpUser): Promise<void> {
  return worker.store.answers.agree(account.id, questionOf(origin, erpUser), worker.clock.now());
}

/** @throws AppFailure `not-permitted` before anything is written as another person than ERPNext knows. */
export async function checkSpeaker(
  worker: Worker,
  { account, ref, erpUser }: { account: Account; ref: { origin: Origin }; erpUser: ErpUser },
): Promise<void> {
  const doubt = await speakerDoubt(worker, account, ref.origin, erpUser);
  if (doubt) throw new AppFailure(sayFirst(doubt));
}

export function sayFirst({ erpUser, microsoft }: Speaker): AppError {
  return {
    code: 'not-permitted',
    title: 'First say as whom you write',
    text: `In ERPNext you are ${erpUser}, in Teams you would write as ${microsoft}. Choose above.`,
  };
}

function questionOf(origin: Origin, erpUser: ErpUser): string {
  return JSON.stringify(['speaks', origin, erpUser]);
}
