import { describe, expect, it } from 'vitest';
import { lookUp } from '../../../lib/graph/people.ts';
import { asErpUser, foldEmail } from '../../../lib/model/ids.ts';
import { decideMapping } from '../../../lib/records/decide-mapping.ts';
import { staffOf } from '../../sandbox/staff.ts';
import { fakeGraph } from '../graph/fake-graph.ts';
import { createWorld } from './graph/world.ts';

/** Through the stand-in Graph, as far as a fetch goes: our client on one side, the directory on the other. */
async function mapAll(count: number, ...scopes: string[]) {
  const world = createWorld();
  world.tenant.directory.hireStaff(count);
  if (scopes.length > 0) world.consent(...scopes);
  const token = await world.tokenOf('alice@contoso.test');
  let calls = 0;
  const { graph } = fakeGraph([], {
    token: async () => token,
    fetch: async (input, init) => {
      calls += 1;
      return world.graph.app.fetch(new Request(String(input), init));
    },
  });
  const states: Record<string, number> = {};
  const users = staffOf(count).map(({ name, email }) => ({
    user: asErpUser(email),
    email: foldEmail(email),
    name,
    azureId: '',
  }));
  for (let from = 0; from < count; from += 300) {
    const page = users.slice(from, from + 300);
    const found = await lookUp(graph, { emails: page.flatMap((u) => u.email ?? []), ids: [], all: scopes.length > 0 });
    for (const user of page) {
      const { state, by } = decideMapping(user, found, undefined, 0);
      const key = by === 'alias' ? 'alias' : state;
      states[key] = (states[key] ?? 0) + 1;
    }
  }
  return { calls, states };
}

describe('a company of 2,000', () => {
  it('is mapped in at most 14 requests with what everybody may ask for', async () => {
    const { calls, states } = await mapAll(2000);
    expect(calls).toBeLessThanOrEqual(2 * Math.ceil(2000 / 300));
    expect(states).toEqual({ mapped: 1940, ambiguous: 20, 'not-found': 40 });
  });

  it('with User.Read.All shows whose account is disabled and who answers to an alias, for no request more', async () => {
    const { calls, states } = await mapAll(2000, 'User.Read.All');
    expect(calls).toBeLessThanOrEqual(2 * Math.ceil(2000 / 300));
    expect(states).toEqual({ mapped: 1920, ambiguous: 20, 'not-found': 20, disabled: 20, alias: 20 });
  });
});
