import { expect, it } from 'vitest';
import { Directory } from '../../sandbox/tenant/directory.ts';

it('takes on the people of a real site by their addresses, once, and keeps them over a reset', () => {
  const directory = new Directory();
  const before = directory.inTenant(directory.tenantIdOf('contoso.test')!).length;
  directory.hire(['Zoe@Example.org', 'zoe@example.org', 'alice@contoso.test']);
  const zoe = directory.bySignInName('zoe@example.org');
  expect(zoe).toMatchObject({ mail: 'zoe@example.org', userType: 'Member', accountEnabled: true });
  expect(directory.inTenant(zoe!.tenantId)).toHaveLength(before + 1);
  directory.reset();
  expect(directory.require('zoe@example.org').id).toBe(zoe!.id);
  expect(directory.require('alice@contoso.test').displayName).toBe('Alice Anders');
});
