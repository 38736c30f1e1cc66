import type { Email, UserId } from './ids.ts';

/** Somebody Microsoft 365 knows. */
export interface Person {
  id: UserId;
  displayName: string;
  mail: Email | null;
  userPrincipalName: string;
  /** In this tenant as a guest (`#EXT#` in the UPN: `userType` is not readable with User.ReadBasic.All). */
  guest: boolean;
}
