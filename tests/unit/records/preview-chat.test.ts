import { describe, expect, it } from 'vitest';
import { asDoctype, asErpUser, asOrigin, asRecordName, foldEmail } from '../../../lib/model/ids.ts';
import type { SavedRecord } from '../../../lib/model/record.ts';
import type { Erp } from '../../../lib/records/erp.ts';
import { recordRefusal } from '../../../lib/records/preview-chat.ts';

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
const reader = { mayWrite: async () => false } as unknown as Erp;

describe('why a record can have no chat', () => {
  it('names the owner who can help by their full name', async () => {
    const refusal = await recordRefusal(record, reader);
    expect(refusal?.code).toBe('erp-forbidden');
    expect(refusal?.text).toContain('Ask Olga Orlova, who owns it,');
    expect(refusal?.text).not.toContain('olga@');
  });

  it('names them as ERPNext knows them where it told no name', async () => {
    const refusal = await recordRefusal({ ...record, participants: [] }, reader);
    expect(refusal?.text).toContain('Ask olga@contoso.test, who owns it,');
  });
});
