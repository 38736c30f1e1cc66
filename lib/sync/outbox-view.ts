import type { AccountId, ChatId } from '../model/ids.ts';
import type { OutgoingMessage } from '../model/message.ts';
import type { PendingAct } from '../model/message-act.ts';
import type { SendFile } from '../model/upload.ts';
import type { Store } from '../storage/open.ts';

/** A chat's messages on their way, in the order of writing. */
export async function outgoingOf(store: Store, account: AccountId, chatId: ChatId): Promise<OutgoingMessage[]> {
  const rows = await store.outbox.list(account, chatId);
  const found = rows.map(async (row): Promise<OutgoingMessage[]> => {
    if (row.act) return [];
    const { localId, channel, content, files, replyTo, state, writtenAt, problem, emptyLooks, mayResend } = row;
    const place = { chatId, ...(channel ? { channel } : {}) };
    const beside = files?.length ? { files: files.map(progressOf) } : {};
    const quoted = replyTo ? await store.messages.get(account, chatId, replyTo) : undefined;
    if (quoted) Object.assign(beside, { answers: { author: quoted.from?.name ?? '', html: quoted.html } });
    if (row.startedAt === null && (state === 'queued' || state === 'failed')) Object.assign(beside, { editable: true });
    return [{ localId, ...place, content, ...beside, replyTo, state, writtenAt, problem, emptyLooks, mayResend }];
  });
  return (await Promise.all(found)).flat();
}

/** What is done to a chat's messages and not confirmed, in the order of doing. */
export async function actsOn(store: Store, account: AccountId, chatId: ChatId): Promise<PendingAct[]> {
  const rows = await store.outbox.list(account, chatId);
  return rows.flatMap(({ localId, act, state, problem }) => (act ? { localId, act, state, problem } : []));
}

function progressOf({ id, name, size, sent, attachment }: SendFile) {
  return { id, name, size, sent, there: attachment !== undefined };
}
