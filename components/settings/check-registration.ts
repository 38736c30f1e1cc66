import type { Registration } from '../../lib/rpc/contract.ts';

export type Wrong = Partial<Record<'clientId' | 'tenant', true>>;

const GUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const DOMAIN = /^(?=.{3,253}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** What is typed, trimmed, and which parts cannot be right. An empty tenant means any organisation. */
export function checkRegistration(typed: Registration): { registration: Registration; wrong: Wrong } {
  const clientId = typed.clientId.trim().toLowerCase();
  const tenant = typed.tenant.trim().toLowerCase() || 'organizations';
  const wrong: Wrong = {};
  if (!GUID.test(clientId)) wrong.clientId = true;
  if (tenant !== 'organizations' && !GUID.test(tenant) && !DOMAIN.test(tenant)) wrong.tenant = true;
  return { registration: { ...typed, clientId, tenant }, wrong };
}
