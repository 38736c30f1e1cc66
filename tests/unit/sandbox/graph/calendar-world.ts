import type { World } from './world.ts';

export const ALICE = 'alice@contoso.test';
export const BOB = 'bob@contoso.test';
export const CAROL = 'carol@contoso.test';
export const OUTSIDE = 'otto@partner.example';

/** Nine to ten on a winter's morning in Berlin, which is eight to nine UTC. */
export const NINE = {
  start: { dateTime: '2027-01-11T09:00:00', timeZone: 'W. Europe Standard Time' },
  end: { dateTime: '2027-01-11T10:00:00', timeZone: 'W. Europe Standard Time' },
};

export const attendee = (address: string, type = 'required') => ({ emailAddress: { address, name: address }, type });

/** An event made over the wire by Alice; the answer's JSON. */
export async function makeEvent(world: World, more: Record<string, unknown> = {}) {
  const answer = await world.call(ALICE, 'POST', '/me/events', { subject: 'Budget', ...NINE, ...more });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.json));
  return answer.json;
}

/** The mails of a kind that went out, as `recipient: subject`. */
export const mailsOf = (world: World, kind: string) =>
  world.tenant.calendars.mails.filter((mail) => mail.kind === kind).map((mail) => `${mail.to}: ${mail.subject}`);

/** The one event of this person with the same iCalUId. */
export async function copyOf(world: World, email: string, iCalUId: string) {
  const filter = encodeURIComponent(`iCalUId eq '${iCalUId}'`);
  const { json } = await world.call(email, 'GET', `/me/events?$filter=${filter}`);
  return json.value[0];
}

/**
 * What Graph's model finds wrong. The copy at hand is cut: it knows no extended properties and no bounds of a delta, which
 * the documentation has.
 */
export const modelProblems = async (world: World) =>
  (await world.problems()).filter(
    (problem) => !/'(singleValueExtendedProperties|ep)'$|\/delta\?.*'(start|end)DateTime'$/.test(problem),
  );
