import type { AccountId } from '../model/ids.ts';
import type { Database } from './database.ts';

export type Answers = ReturnType<typeof createAnswers>;

/** What a person agreed to once and is not asked again, as this account. */
export function createAnswers(db: Database) {
  return {
    async has(account: AccountId, question: string): Promise<boolean> {
      return (await db.read(['answers'], ({ answers }) => answers.get([account, question]))) !== undefined;
    },

    /** @param at milliseconds since 1970 */
    agree(account: AccountId, question: string, at: number): Promise<void> {
      return db.write(['answers'], ({ answers }) => answers.put({ account, question, at }), 'strict');
    },
  };
}
