import { stableGuid, TENANT_DOMAIN, TENANT_ID } from './people.ts';
import type { Teams } from './teams.ts';

const who = (...aliases: string[]) => aliases.map((alias) => stableGuid(`${alias}@${TENANT_DOMAIN}`));

/** The teams of contoso.test as the day begins: one with every kind of channel, one plain, one that most are not in. */
export function seedTeams(teams: Teams): void {
  const common = { tenantId: TENANT_ID, createdAt: Date.UTC(2026, 0, 12, 8) };
  const sales = teams.create({
    ...common,
    displayName: 'Sales Europe',
    description: 'Offers, tenders and everybody who writes them',
    memberIds: who('alice', 'bob', 'carol', 'admin', 'chris.miller'),
  });
  teams.addChannel(sales, { displayName: 'Tenders', description: 'One thread a tender' });
  teams.addChannel(sales, { displayName: 'Preise und Rabatte', membershipType: 'private', memberIds: who('alice') });
  teams.addChannel(sales, {
    displayName: 'Suppliers',
    description: 'With people from outside',
    membershipType: 'shared',
    memberIds: who('alice', 'bob', 'nodesk'),
  });
  teams.addChannel(sales, { displayName: 'Fair 2025', isArchived: true });

  const projects = teams.create({
    ...common,
    displayName: 'Projects',
    description: null,
    memberIds: who('alice', 'bob', 'admin'),
  });
  teams.addChannel(projects, { displayName: 'Website relaunch' });
  teams.addChannel(projects, { displayName: 'مشروع الواحة', description: 'مشروع الواحة في دبي' });

  teams.create({ ...common, displayName: 'Board', description: 'Not for everybody', memberIds: who('admin') });
}
