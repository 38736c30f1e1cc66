import type { Account } from '../auth/account.ts';
import type { ChatId } from '../model/ids.ts';
import { foldEmail } from '../model/ids.ts';
import type { SavedRecord } from '../model/record.ts';
import type { Asker } from '../rpc/contract.ts';
import type { Worker } from './worker.ts';

const MOST = 8;

/**
 * Who may be able to add this person to the record's chat: whoever was in it when this account last saw it, then the
 * record's owner, then its other people. Microsoft is not asked, since it says nothing of a chat one is not in.
 */
export async function askersFor(
  worker: Worker,
  account: Account,
  record: SavedRecord,
  chatId: ChatId,
): Promise<Asker[]> {
  const { chats, people } = worker.store;
  const me = await worker.me.get(account);
  const emails = record.participants.flatMap(({ email }) => email ?? []);
  const [row, known] = await Promise.all([chats.get(account.id, chatId), people.get(account.id, emails, 0)]);
  const members = (row?.members ?? []).flatMap(({ userId, displayName, email }) =>
    email && userId !== account.userId ? [{ name: displayName || email, address: email, wasMember: true }] : [],
  );
  const owners = record.participants.filter(({ source }) => source === 'owner');
  const named = [...owners, ...record.participants.filter(({ source }) => source === 'row')].flatMap(
    ({ email, name }) => {
      const found = email ? known.get(email)?.people : undefined;
      const person = found?.length === 1 ? found[0] : undefined;
      if (!email) return [];
      return [{ name: person?.displayName || name, address: person?.userPrincipalName || email, wasMember: false }];
    },
  );
  const seen = new Set([me.mail, foldEmail(me.userPrincipalName)]);
  const askers: Asker[] = [];
  for (const asker of [...members, ...named]) {
    const address = foldEmail(asker.address);
    if (!address || seen.has(address)) continue;
    seen.add(address);
    askers.push(asker);
  }
  return askers.slice(0, MOST);
}
