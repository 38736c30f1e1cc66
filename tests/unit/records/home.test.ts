import { describe, expect, it } from 'vitest';
import { asDoctype, asErpUser, asOrigin, asRecordName, foldEmail } from '../../../lib/model/ids.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import type { Erp } from '../../../lib/records/erp.ts';
import { type Home, homeOf } from '../../../lib/records/home.ts';
import type { Worker } from '../../../lib/records/worker.ts';

const record: SavedRecord = {
  ref: { origin: asOrigin('http://erp'), doctype: asDoctype('Project'), name: asRecordName('PROJ-1') },
  title: 'Website',
  modified: '1',
  creation: 'c1',
  owner: asErpUser('olga@contoso.test'),
  docstatus: 0,
  chatField: '',
  hasChatField: true,
  participants: [{ email: foldEmail('olga@contoso.test'), name: 'Olga Orlova', source: 'owner' }],
  erpUser: asErpUser('alice@contoso.test'),
  serverTime: 0,
  url: 'http://erp/app/project/PROJ-1',
};
const forbids = { settings: async () => ({ commentLinks: false }) } as unknown as Worker;
const allows = { settings: async () => ({ commentLinks: true }) } as unknown as Worker;
const reader = { mayWrite: async () => false } as unknown as Erp;

const refused = (home: Home) => (home.place === null ? home.refusal : null);

describe('why a record can have no chat', () => {
  it('names the owner who can help by their full name', async () => {
    const refusal = refused(await homeOf(forbids, record, reader));
    expect(refusal?.code).toBe('erp-forbidden');
    expect(refusal?.text).toContain('Ask Olga Orlova, who owns it,');
    expect(refusal?.text).not.toContain('olga@');
  });

  it('names them as ERPNext knows them where it told no name', async () => {
    const refusal = refused(await homeOf(forbids, { ...record, participants: [] }, reader));
    expect(refusal?.text).toContain('Ask olga@contoso.test, who owns it,');
  });

  it('keeps it in a comment where that is allowed, and says why', async () => {
    expect(await homeOf(allows, record, reader)).toEqual({
      place: 'comment',
      kept: { why: 'read-only', admin: false },
    });
    expect(await homeOf(allows, { ...record, docstatus: 2 }, reader)).toMatchObject({ kept: { why: 'cancelled' } });
    const admin = { isAdmin: async () => true } as unknown as Erp;
    const home = await homeOf(allows, { ...record, hasChatField: false }, admin);
    expect(home).toEqual({ place: 'comment', kept: { why: 'no-field', admin: true } });
  });

  it('keeps it in the field wherever the person may write it', async () => {
    const writer = { mayWrite: async (_: unknown, right: string) => right === 'write' } as unknown as Erp;
    expect(await homeOf(allows, record, writer)).toEqual({ place: 'field' });
    // Saving what is submitted takes the right to submit.
    expect((await homeOf(allows, { ...record, docstatus: 1 }, writer)).place).toBe('comment');
  });
});
