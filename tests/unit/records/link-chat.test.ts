import { describe, expect, it } from 'vitest';
import { fail } from '../../../lib/model/errors.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import { trust } from '../../../lib/records/link-chat.ts';
import { account, chat2, chatId } from '../storage/fixtures.ts';
import { fakeWorker, shownKey, shownRef } from './fake-worker.ts';

/** A record linked to a chat whose name bears nothing out; the person had confirmed it. */
async function world() {
  const { worker } = await fakeWorker();
  const teams = { shown: true };
  const get = async () => {
    if (teams.shown) return { id: chatId, topic: 'Budget talk', chatType: 'group', members: [] };
    throw fail('not-a-member', 'out', 'out');
  };
  Object.assign(worker, { graph: { get } });
  const record = { ref: shownRef, creation: 'c1' } as SavedRecord;
  const ada = (await worker.auth.account())!;
  return { worker, teams, look: (id = chatId) => trust(worker, ada, record, id), links: worker.store.links };
}

describe('a chat that Microsoft does not show any more', () => {
  it('is closed, counts nowhere, and is trusted as before once it is seen again', async () => {
    const { look, teams, links } = await world();
    expect(await look()).toMatchObject({ kind: 'confirmed', link: { confirmedBy: 'person' } });
    teams.shown = false;
    await links.close(account, chatId);
    expect(await links.list(account)).toEqual([]);
    expect(await look()).toMatchObject({ kind: 'closed' });
    teams.shown = true;
    expect(await look()).toMatchObject({ kind: 'confirmed', link: { confirmedBy: 'person' } });
    expect(await links.get(account, shownKey)).not.toHaveProperty('closed');
  });

  it('says nothing for another chat, nor for another document of the same name', async () => {
    const { worker, look, links } = await world();
    await links.close(account, chatId);
    expect(await look(chat2)).toMatchObject({ kind: 'unconfirmed' });
    const other = { ref: shownRef, creation: 'c2' } as SavedRecord;
    expect(await trust(worker, (await worker.auth.account())!, other, chatId)).toMatchObject({ kind: 'unconfirmed' });
  });
});
