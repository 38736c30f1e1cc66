import { beforeEach, describe, expect, it } from 'vitest';
import { stableGuid } from '../../../sandbox/tenant/people.ts';
import { createWorld } from './world.ts';

const ALICE = 'alice@contoso.test';
const PATH = '/communications/getPresencesByUserId';
const world = createWorld();
beforeEach(() => {
  world.reset();
  world.consent('User.Read', 'Presence.Read.All');
});

const ask = (ids: unknown) => world.call(ALICE, 'POST', PATH, { ids });

describe('presence', () => {
  it('is told of up to 650 people at once, in an order of its own', async () => {
    const ids = Array.from({ length: 650 }, (_, i) => stableGuid(`nobody ${i}`));
    const { status, json } = await ask(ids);
    expect([status, json.value.length]).toEqual([200, 650]);
    expect(json.value.map((one: { id: string }) => one.id)).not.toEqual(ids);
    expect((await ask([...ids, stableGuid('one more')])).status).toBe(400);
  });

  it('is as Teams shows it, and unknown where nothing can be told', async () => {
    world.tenant.directory.leave('carol@contoso.test');
    world.tenant.presences.set(world.idOf('bob@contoso.test'), { availability: 'Busy', activity: 'InAMeeting' });
    const named = { alice: ALICE, bob: 'bob@contoso.test', gina: 'gina@fabrikam.test', carol: 'carol@contoso.test' };
    const { json } = await ask(Object.values(named).map(world.idOf));
    const of = (email: string) => json.value.find((one: { id: string }) => one.id === world.idOf(email));
    expect(of(named.alice)).toMatchObject({ availability: 'Available', activity: 'Available' });
    expect(of(named.bob)).toMatchObject({ availability: 'Busy', activity: 'InAMeeting' });
    for (const stranger of [named.gina, named.carol]) expect(of(stranger).availability).toBe('PresenceUnknown');
    const away = (await ask([world.idOf('dana.diaz@contoso.test')])).json.value[0];
    expect(away.outOfOfficeSettings).toEqual({ message: 'Back on Monday', isOutOfOffice: true });
    expect(await world.problems()).toEqual([]);
  });

  it.each([
    ['no ids', []],
    ['a mail address', ['bob@contoso.test']],
    ['no list', 'bob'],
    ['numbers', [1]],
  ])('refuses %s', async (_, ids) => {
    expect((await ask(ids)).status).toBe(400);
  });

  it('needs Presence.Read.All', async () => {
    world.reset();
    world.consent('User.Read');
    const { status, json } = await ask([world.idOf(ALICE)]);
    expect([status, json.error.code]).toEqual([403, 'Forbidden']);
  });
});
