import type { AccountInfo } from '@azure/msal-browser';
import { type AccountId, asAccountId, asUserId, type UserId } from '../model/ids.ts';

/** Who is signed in, in our words. */
export interface Account {
  id: AccountId;
  userId: UserId;
  name: string;
  username: string;
  tenantId: string;
}

export function toAccount(info: AccountInfo): Account {
  return {
    id: asAccountId(info.homeAccountId),
    userId: asUserId(info.localAccountId),
    name: info.name ?? info.username,
    username: info.username,
    tenantId: info.tenantId,
  };
}
