import { type Frame, expect as playwrightExpect } from '@playwright/test';
import { type Control, controlClient } from './control.ts';
import type { Person, PersonOptions } from './person.ts';
import type { WalkRecord } from './record.ts';
import type { Story } from './story.ts';

/** Which permissions the tenant gives: those a person can grant, or history too, by an administrator. */
export type Tier = 'base' | 'reading';

export interface WalkOptions {
  tier: Tier;
  /** The control server's URL. */
  control: string;
  story: Story;
  record: WalkRecord;
  launch(email: string, options?: PersonOptions): Promise<Person>;
}

/**
 * The main job from end to end, as two people do it: open a record, sign in, create its Teams chat, talk, and find the
 * same chat as a colleague. Selectors are roles and names that a person (or a screen reader) meets too.
 */
export async function walk({ tier, control: url, story, record, launch }: WalkOptions): Promise<void> {
  const control = controlClient(url);
  if (tier === 'reading') await control.tenant({ adminConsented: ['Chat.ReadWrite'] });
  const { doctype, name, me, colleague } = record;
  let alice!: Person;
  let bob!: Person;
  let panel!: Frame;
  const alicePage = () => alice.page;
  const bobPage = () => bob.page;
  alice = await launch(me.email, { password: me.password });

  await story.step(`${me.name} opens ${doctype} ${name}`, alicePage, () => alice.openRecord(doctype, name));
  await story.step('Teams opens beside the form', alicePage, async () => {
    panel = await alice.openPanel();
    await expect(panel.getByRole('button', { name: 'Sign in with Microsoft' })).toBeVisible();
  });
  await story.step('Signing in with Microsoft', alicePage, async () => {
    await alice.signIn();
    await expect(panel.getByRole('button', { name: 'Create chat' })).toBeEnabled();
  });
  await story.step('Who will be in the chat is shown before it is made', alicePage, async () => {
    await panel.getByRole('button', { name: 'Create chat' }).click();
    // By address: on a real ERPNext the colleague's name need not be the one that Microsoft has.
    await expect(panel.getByText(colleague.email).first()).toBeVisible();
    await expect(createButton(panel)).toBeEnabled();
  });
  await story.step('The chat is created with the participants', alicePage, async () => {
    await createButton(panel).click();
    await expect(composer(panel)).toBeVisible();
  });
  await story.step('The record holds the chat’s id', alicePage, async () => {
    const { chats } = await control.state();
    expect(chats, 'one chat and no other').toHaveLength(1);
    await expect.poll(async () => (await alice.erp.get(doctype, name)).custom_teams_chat_id).toBe(chats[0]?.id);
  });
  await story.step('A message is written and sent', alicePage, async () => {
    await say(panel, FIRST);
    await expect.poll(() => timesSaid(control, FIRST)).toBe(1);
    // Without history, what is sent leaves the panel as soon as Microsoft has it.
    if (tier === 'reading') await expect(panel.getByRole('log').getByText(FIRST)).toBeVisible();
  });
  await story.step(`${colleague.name} answers in Teams`, alicePage, async () => {
    await control.write({ chatId: await chatId(control), from: colleague.email, html: `<p>${ANSWER}</p>` });
    if (tier === 'reading') await arrives(alice, panel, ANSWER);
    else await expect(panel.getByText(/administrator/i).first()).toBeVisible();
    await expect(panel.getByRole('link', { name: /Open in Teams/ }).first()).toBeVisible();
  });

  bob = await launch(colleague.email, { password: colleague.password });
  await story.step(`${colleague.name} opens the same record and finds the same chat`, bobPage, async () => {
    await bob.openRecord(doctype, name);
    panel = await bob.openPanel();
    await bob.signIn();
    await expect(composer(panel)).toBeVisible();
    if (tier === 'reading') await arrives(bob, panel, FIRST);
    const link = await panel
      .getByRole('link', { name: /Open in Teams/ })
      .first()
      .getAttribute('href');
    expect(decodeURIComponent(link ?? '')).toContain(await chatId(control));
  });
  await story.step(`${colleague.name} writes from the record`, bobPage, async () => {
    await say(panel, SECOND);
    await expect.poll(() => timesSaid(control, SECOND)).toBe(1);
  });
  await story.step(`${me.name} sees where the talk stands`, alicePage, async () => {
    panel = await alice.panel();
    if (tier === 'reading') await arrives(alice, panel, SECOND);
    else await expect(composer(panel)).toBeEnabled();
    expect((await control.state()).chats, 'still one chat').toHaveLength(1);
  });
}

/** A busy machine is slow, and Chromium answers storage.managed only seconds after its start. */
const expect = playwrightExpect.configure({ timeout: 20_000 });

const FIRST = 'Shall we meet at ten?';
const ANSWER = 'Ten is fine, I bring the drawings.';
const SECOND = 'I have put the agenda into the record.';

const createButton = (panel: Frame) => panel.getByRole('button', { name: /^Create chat with/ });
const composer = (panel: Frame) => panel.getByRole('textbox', { name: 'Message' });

async function say(panel: Frame, text: string): Promise<void> {
  await composer(panel).fill(text);
  await panel.getByRole('button', { name: /^Send/ }).click();
}

/** Reads follow acts of people, at most one a chat in 15 seconds: so the person acts until the message is there. */
async function arrives(person: Person, panel: Frame, text: string): Promise<void> {
  const message = panel.getByRole('log').getByText(text);
  await expect(async () => {
    await person.page.mouse.move(700 + Math.random() * 40, 500);
    await panel.getByRole('log').hover();
    await expect(message).toBeVisible({ timeout: 1500 });
  }).toPass({ timeout: 40_000 });
}

async function chatId(control: Control): Promise<string> {
  const [chat] = (await control.state()).chats;
  if (!chat) throw new Error('There is no chat in the sandbox.');
  return chat.id;
}

async function timesSaid(control: Control, text: string): Promise<number> {
  const { chats } = await control.state();
  return chats.flatMap((chat) => chat.messages).filter((message) => message.content.includes(text)).length;
}
