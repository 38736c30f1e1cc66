import type { Account } from '../auth/account.ts';
import { createGroupChat, getChat, listChats } from '../graph/chats.ts';
import { AppFailure } from '../model/errors.ts';
import type { ChatId } from '../model/ids.ts';
import { plainContent } from '../model/message.ts';
import { parseRecordKey, recordKey, type SavedRecord } from '../model/record.ts';
import { chatUrl } from '../model/teams-links.ts';
import type { JobRow } from '../storage/schema.ts';
import { escapeText } from '../util/html.ts';
import type { Creation, CreationWorld } from './creation.ts';
import { listedDoctypes } from './doctypes.ts';
import { createErp, type Erp } from './erp.ts';
import { link, trust } from './link-chat.ts';
import { ourComments } from './places.ts';
import type { Worker } from './worker.ts';

/** Everything a creation touches, bound to the job's record, ERPNext user and Microsoft account. */
export function creationWorld(worker: Worker, job: JobRow, account: Account, onRetired: () => void): CreationWorld {
  let ref = parseRecordKey(job.recordKey);
  const erp = createErp(worker, ref, job.erpUser);
  const { recordCreation, topic } = job.data as Creation;
  /** A record that was renamed meanwhile is the same document: the job follows it, and is found by its new name. */
  const following = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (caught) {
      const gone = caught instanceof AppFailure && caught.error.code === 'erp-not-found';
      const renamed = gone ? await erp.renamed(ref, recordCreation) : null;
      if (!renamed) throw caught;
      ref = renamed;
      await worker.store.jobs.update(job.account, job.id, { recordKey: recordKey(ref) });
      worker.changes.tell({ kind: 'view' });
      return ask();
    }
  };
  const read = () => following(() => erp.read(ref));
  const urlOf = async (chatId: ChatId) => chatUrl((await worker.settings()).registration?.cloud ?? 'global', chatId);
  return {
    clock: worker.clock,
    read,
    write: (value, modified) => erp.writeChatField(ref, value, modified),
    comments: () => following(() => ourComments(worker, account, ref, erp)),
    addComment: (text) => erp.addComment(ref, text),
    editComment: (name, text) => erp.editComment(ref, name, text),
    erpUser: job.erpUser,
    linkText: async (chatId) => ({ url: await urlOf(chatId), topic }),
    async believes({ comment, says }) {
      const { kind } = await trust(worker, account, await read(), says.chatId, comment);
      return ({ confirmed: 'yes', unconfirmed: 'no', closed: 'unseen' } as const)[kind];
    },
    chats: () => listChats(worker.graph, { previews: false }),
    linkedElsewhere: (chatIds) => linkedElsewhere(worker, erp, job, chatIds),
    create: (topic, members) => createGroupChat(worker.graph, { topic, members }),
    async greet(chatId, record) {
      await link(worker, account, record, await getChat(worker.graph, chatId), 'created');
      await post(worker, job, account, chatId, `greet-${job.id}`, greeting(record));
    },
    async retire(own, real, record) {
      await post(worker, job, account, own, `retire-${job.id}`, farewell(record, await urlOf(real)));
      onRetired();
    },
  };
}

/**
 * Fields can be searched, comments cannot: Frappe lists them to nobody but administrators, record by record. So of
 * links in comments only those are known that this account has met itself. What follows is bounded: a chat that is
 * looked for bears this record's name, and a link that two records share is shown in both.
 */
async function linkedElsewhere(worker: Worker, erp: Erp, job: JobRow, chatIds: ChatId[]): Promise<Set<ChatId>> {
  // A doctype that is off now may hold chats from before.
  const doctypes = (await listedDoctypes()).map(({ rule }) => rule.doctype);
  const found = await erp.linkedTo(doctypes, chatIds);
  const { recordCreation } = job.data as Creation;
  const met = (await worker.store.links.list(job.account)).filter(
    (row) => row.recordCreation !== recordCreation && row.goneAt === undefined,
  );
  const others = [...found.map((f) => ({ ...f, recordKey: recordKey(f.ref) })), ...met];
  return new Set(others.filter((other) => other.recordKey !== job.recordKey).map(({ chatId }) => chatId));
}

/** Through the outbox, as a row of its own: its failure never undoes the link, and the same id is never sent twice. */
async function post(worker: Worker, job: JobRow, account: Account, chatId: ChatId, localId: string, html: string) {
  await worker.outbox.enqueue({
    localId,
    account: account.id,
    recordKey: job.recordKey,
    chatId,
    erpUser: job.erpUser,
    content: plainContent(html),
    replyTo: null,
    writtenAt: worker.clock.now(),
  });
}

function greeting(record: SavedRecord): string {
  return `<p>This chat belongs to the ${escapeText(record.ref.doctype)} <a href="${escapeText(record.url)}">${escapeText(record.title)}</a> in ERPNext.</p>`;
}

function farewell(record: SavedRecord, url: string): string {
  return `<p>This chat was created twice by accident. The conversation about <a href="${escapeText(record.url)}">${escapeText(record.title)}</a> goes on <a href="${escapeText(url)}">in this chat</a>.</p>`;
}
