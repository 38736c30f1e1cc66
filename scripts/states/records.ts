import type { Person } from '../walk/person.ts';
import { ALICE, BOB, CAROL, type Studio } from './studio.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface TalkOptions {
  /** With the record's name at its end it is believed; otherwise the panel asks. */
  topic?: string;
  doctype?: string;
}

/** A chat of this record's people with two days of talk in it, written into the record. Answers its id. */
export async function prepareTalk(
  studio: Studio,
  person: Person,
  name: string,
  { topic = `Quarterly review · ${name}`, doctype }: TalkOptions = {},
): Promise<string> {
  const { control } = studio;
  const now = (await control.state()).now;
  const at = (ago: number) => control.clock({ now: now - ago });
  await at(DAY + 50 * MINUTE);
  const chatId = await control.createChat({
    from: ALICE,
    members: [BOB, CAROL, 'erin@partner.example'],
    topic,
  });
  const say = (from: string, html: string) => control.write({ chatId, from, html });
  await at(DAY + 45 * MINUTE);
  await say(BOB, '<p>Morning! I have the numbers of the third quarter. Do we go through them <b>before</b> lunch?</p>');
  await at(DAY + 44 * MINUTE);
  await say(BOB, '<p>Three points:</p><ul><li>revenue</li><li>the late deliveries</li><li>next year</li></ul>');
  await at(DAY + 41 * MINUTE);
  const mine = await say(ALICE, '<p>Yes. The room is free until twelve.</p>');
  await control.react({ chatId, id: mine, from: BOB, type: '❤' });
  await control.react({ chatId, id: mine, from: CAROL, type: '❤' });
  await at(25 * MINUTE);
  const edited = await say(CAROL, '<p>I join a little later.</p>');
  await at(24 * MINUTE);
  await control.editMessage({ chatId, id: edited, html: '<p>I join ten minutes later.</p>' });
  const gone = await say(BOB, '<p>oops</p>');
  await at(23 * MINUTE);
  await control.deleteMessage({ chatId, id: gone });
  await at(12 * MINUTE);
  await say(
    ALICE,
    '<p>No problem. The agenda is at <a href="https://contoso.test/agenda">contoso.test/agenda</a>.</p>',
  );
  await control.clock({ now });
  await linkTo(person, name, chatId, doctype);
  return chatId;
}

/** Writes an id into the record's chat field, as anybody with write permission may. */
export async function linkTo(person: Person, name: string, value: string, doctype = 'Event'): Promise<void> {
  await person.erp.update(doctype, name, { custom_teams_chat_id: value });
}
