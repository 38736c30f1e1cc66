import { beforeEach, describe, expect, test } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { FieldValues } from '../../../lib/model/custom-field.ts';
import type { DoctypeMeta } from '../../../lib/model/doctype-meta.ts';
import { type AppFailure, fail } from '../../../lib/model/errors.ts';
import { asDoctype, asOrigin } from '../../../lib/model/ids.ts';
import { createAllMissing } from '../../../lib/records/custom-fields.ts';
import type { Erp } from '../../../lib/records/erp.ts';
import { madeFields } from '../../../lib/settings/made-fields.ts';

const SITE = asOrigin('https://erp.example');

/** A site where no doctype has a field of ours, and making one may be refused. */
function site(refuses: (values: FieldValues) => AppFailure | null) {
  const made: string[] = [];
  const meta = async (doctype: string): Promise<DoctypeMeta> => ({
    ...{ doctype: asDoctype(doctype), titleField: null, submittable: false, kind: 'documents', fields: [], tables: {} },
  });
  const makeField = async (values: FieldValues) => {
    const refused = refuses(values);
    if (refused) throw refused;
    made.push(`${values.dt} ${values.fieldname}`);
    return true;
  };
  return { made, erp: { meta, makeField } as unknown as Erp };
}

const broken = fail('erp-refused', 'ERPNext did not accept the change', 'Document Links Row #1: Invalid doctype.');

beforeEach(() => fakeBrowser.reset());

describe('all missing fields', () => {
  test('a doctype that ERPNext refuses keeps no other from getting its own, and is told', async () => {
    const { made, erp } = site(({ dt }) => (dt === 'Event' ? broken : null));
    await expect(createAllMissing(erp, SITE)).rejects.toBe(broken);
    expect(made).toEqual([
      'Project custom_teams_chat_id',
      'Project custom_teams_meeting_url',
      'Project custom_join_teams_meeting',
      'User azure_object_id',
    ]);
    expect(await madeFields(SITE)).toHaveLength(4);
  });

  test('what holds for all of the site ends it at once', async () => {
    const gone = fail('erp-signed-out', 'Signed out', 'Log in again.');
    let asked = 0;
    const { erp } = site(() => {
      asked += 1;
      return gone;
    });
    await expect(createAllMissing(erp, SITE)).rejects.toBe(gone);
    expect(asked).toBe(1);
  });
});
