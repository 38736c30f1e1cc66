import { request } from '@playwright/test';
import { erpClient } from '../walk/erp.ts';
import { launcher } from '../walk/panel.ts';
import { prepareTalk } from './records.ts';
import { ADMIN, ALICE, expect, openSignedIn, type Studio } from './studio.ts';

/** A Project's form on each version: as it is, and with its talk beside it. */
export async function projects(studio: Studio): Promise<void> {
  for (const flavour of ['v14', 'v15', 'v16']) {
    const alice = await studio.person(ALICE, { flavour });
    const { page } = alice;
    if (flavour === 'v14') await createField(studio, alice.site);
    await prepareTalk(studio, alice, 'PROJ-0001', { topic: 'Website relaunch · PROJ-0001', doctype: 'Project' });
    await alice.openRecord('Project', 'PROJ-0001');
    await expect(launcher(page)).toBeVisible();
    const form = await page.screenshot();
    const panel = await openSignedIn(alice, 'Project', 'PROJ-0001');
    await expect(panel.getByRole('log').getByText('contoso.test/agenda')).toBeVisible();
    await studio.sheet(`project-${flavour}`, [form, await studio.lookAtAll(page)], 0.5);
  }
}

/** The sandbox's v14 has none on Project, so that its absence is seen elsewhere. */
async function createField(studio: Studio, site: string): Promise<void> {
  const context = await request.newContext();
  const erp = erpClient(context, site);
  await erp.login(ADMIN, studio.sandbox.users.find((user) => user.email === ADMIN)!.password);
  await erp.create('Custom Field', {
    dt: 'Project',
    fieldname: 'custom_teams_chat_id',
    label: 'Teams Chat ID',
    fieldtype: 'Data',
    hidden: 1,
    read_only: 1,
    no_copy: 1,
  });
  await context.dispose();
}
