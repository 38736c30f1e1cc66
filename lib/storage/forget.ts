import type { AccountId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** Removes all rows of an account, in one transaction: signing out leaves everything or nothing. */
export function forgetAccount(db: Database, account: AccountId): Promise<void> {
  return db.write(
    [
      'chats',
      'messages',
      'words',
      'links',
      'outbox',
      'receipts',
      'jobs',
      'drafts',
      'pictures',
      'files',
      'fileParts',
      'people',
      'photos',
      'mappings',
      'answers',
      'accounts',
      'pushes',
      'syncs',
      'channels',
      'channelChoices',
    ],
    async ({ messages, ...ofAccount }) => {
      for (const { no } of await ofAccount.chats.list({ prefix: [account] })) {
        await messages.clear({ prefix: [no] });
      }
      for (const table of Object.values(ofAccount)) await table.clear({ prefix: [account] });
    },
    'strict',
  );
}
