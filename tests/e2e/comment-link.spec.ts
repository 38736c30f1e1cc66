import type { Frame } from '@playwright/test';
import { documentHash } from '../../lib/records/claim.ts';
import { assign } from './fixtures/any-record.ts';
import { clean } from './fixtures/clean.ts';
import {
  chatsOf,
  composer,
  confirmButton,
  create,
  lookAtPeople,
  openBeside,
  startButton,
} from './fixtures/creating.ts';
import { type DeskSite, expect, FLAVOURS, type Login, test, userRow } from './fixtures/desk.ts';
import { openOptions, saveRule, setPolicy } from './fixtures/options.ts';
import { ALICE, BOB } from './fixtures/talk.ts';

test.describe.configure({ timeout: 180_000 });

const CAROL = 'carol@contoso.test';
/** ERPNext lets participants read a private Event by the address in their row alone. */
const invited = (...emails: string[]) => ({
  event_type: 'Private',
  event_participants: emails.map((email) => ({ ...userRow(email), email })),
});
/** A private Event of Alice's: the others may read it and comment on it, and not write it. */
const PRIVATE = invited(BOB, CAROL);
/** Version 14 lets nobody but its owner read it. */
const WITH_READERS = FLAVOURS.filter((flavour) => flavour !== 'v14');

/**
 * What people see under the record. A name may have been another record's before, whose comments stay until a background
 * job of ERPNext's takes them away.
 */
const comments = async (site: DeskSite, who: Login, name: string, doctype = 'Event') => {
  const erp = await site.as(who);
  const { creation } = await erp.get(doctype, name);
  return (await erp.comments(doctype, name)).filter((comment) => comment.creation >= String(creation));
};

/** All look at the people first, so that whoever is slow to that does not find the chat made. */
async function createAtOnce(panels: Frame[]): Promise<void> {
  for (const panel of panels) await lookAtPeople(panel);
  await Promise.all(panels.map((panel) => confirmButton(panel).click()));
}

for (const flavour of WITH_READERS)
  test(`who may read and not write makes the chat, and its owner takes it into the record: ${flavour}`, {
    tag: '@desk',
  }, async ({ control, desk, person }) => {
    const site = await desk(flavour);
    const { email, password } = site.colleague;
    const { name } = await site.event({ subject: 'Kept aside', ...invited(email) });
    const readable = await (await site.as(site.colleague)).get('Event', name).catch(() => null);
    test.skip(readable === null, 'This ERPNext lets nobody but its owner read a private Event.');
    const reader = await person(email, { password, flavour });
    const panel = await openBeside(reader, 'Event', name);
    await expect(panel.getByText('The link will stand in a comment')).toBeVisible();
    await expect(panel.getByText(/You may read this Event, but not change it/)).toBeVisible();
    await create(panel);
    await expect(composer(panel)).toBeVisible();
    const [chat] = await chatsOf(control, name);
    expect(await site.chatField(name)).toBe('');

    await test.step('one comment under their own name: a sentence with a link', async () => {
      const [comment, ...more] = await comments(site, site.me, name);
      expect(more).toEqual([]);
      expect(comment?.owner).toBe(email);
      expect(comment?.content).toContain('The Teams chat of this record, linked by Deskside:');
      expect(comment?.content).toContain(`https://teams.microsoft.com/l/chat/${encodeURIComponent(chat!.id)}/`);
      await reader.page.reload();
      await expect(reader.page.locator(`a[href*="${encodeURIComponent(chat!.id)}"]`).first()).toBeVisible();
      await (await reader.panel()).getByText('The link stands in a comment').click();
      await expect((await reader.panel()).getByText('Your comment on this record leads to the chat.')).toBeVisible();
    });

    await test.step('its owner opens it: the link moves into the field', async () => {
      const owner = await person(site.me.email, { password: site.me.password, flavour });
      const theirs = await openBeside(owner, 'Event', name);
      await expect(composer(theirs)).toBeVisible();
      await expect.poll(() => site.chatField(name)).toBe(chat?.id);
      await expect(theirs.getByText('The link stands in a comment')).toHaveCount(0);
      await reader.page.reload();
      await expect(composer(await reader.panel())).toBeVisible();
      await expect((await reader.panel()).getByText('The link stands in a comment')).toHaveCount(0);
    });
    expect(await chatsOf(control, name)).toHaveLength(1);
  });

test('a colleague who may not write either finds the chat, and whose comment leads there', async ({
  control,
  desk,
  person,
}) => {
  const site = await desk();
  const { name } = await site.event({ subject: 'Found', ...PRIVATE });
  const bob = await person(BOB, { flavour: site.flavour });
  const panel = await openBeside(bob, 'Event', name);
  await create(panel);
  await expect(composer(panel)).toBeVisible();
  const carol = await person(CAROL, { flavour: site.flavour });
  const theirs = await openBeside(carol, 'Event', name);
  await expect(composer(theirs)).toBeVisible();
  await theirs.getByText('The link stands in a comment').click();
  await expect(theirs.getByText(new RegExp(`A comment of ${BOB} on this record leads to the chat`))).toBeVisible();
  await clean(theirs, 'kept in a comment');
  expect(await chatsOf(control, name)).toHaveLength(1);
});

test('two participants who press the button at once get one chat', async ({ control, desk, person }) => {
  const site = await desk();
  const people = await Promise.all([BOB, CAROL].map((email) => person(email, { flavour: site.flavour })));
  for (let round = 1; round <= 3; round++) {
    const { name } = await site.event({ subject: `Race ${round}`, ...PRIVATE });
    const panels: Frame[] = [];
    for (const one of people) panels.push(await openBeside(one, 'Event', name));
    await createAtOnce(panels);
    for (const panel of panels) await expect(composer(panel)).toBeVisible();
    const chats = await chatsOf(control, name);
    expect(chats, `chats in round ${round}`).toHaveLength(1);
    for (const panel of panels) {
      const link = panel.getByRole('link', { name: /Open in Teams/ }).first();
      expect(decodeURIComponent((await link.getAttribute('href')) ?? '')).toContain(chats[0]!.id);
    }
  }
});

test('an earlier claim that is slow to show goes before a quicker one', async ({ control, desk, person }) => {
  const site = await desk();
  const [slow, quick] = await Promise.all([BOB, CAROL].map((email) => person(email, { flavour: site.flavour })));
  const { name } = await site.event({ subject: 'Slow to show', ...PRIVATE });
  const panels = [await openBeside(slow!, 'Event', name), await openBeside(quick!, 'Event', name)] as const;
  for (const panel of panels) await lookAtPeople(panel);
  await control.faults({ match: 'POST /api/method/frappe.desk.form.utils.add_comment', times: 1, commitLate: 4_000 });
  await confirmButton(panels[0]).click();
  await expect.poll(async () => (await control.listFaults())[0]?.used, { intervals: [20] }).toBe(1);
  await confirmButton(panels[1]).click();
  for (const panel of panels) await expect(composer(panel)).toBeVisible();
  expect(await chatsOf(control, name)).toHaveLength(1);
  const told = (await comments(site, site.colleague, name)).map(({ owner, content }) => [owner, content] as const);
  expect(told.filter(([, content]) => content.includes('data-deskside-chat')).map(([owner]) => owner)).toEqual([BOB]);
  expect(told.find(([owner]) => owner === CAROL)?.[1]).toContain('A colleague was first');
});

test('who may write the record and who may not, at once: one chat, and the record names it', {
  tag: '@desk',
}, async ({ control, desk, person }) => {
  test.setTimeout(300_000);
  const site = await desk();
  const { name } = await site.event({ subject: 'Mixed race', ...invited(site.colleague.email) });
  const readable = await (await site.as(site.colleague)).get('Event', name).catch(() => null);
  test.skip(readable === null, 'This ERPNext lets nobody but its owner read a private Event.');
  const people = await Promise.all(
    [site.me, site.colleague].map(({ email }) => person(email, { flavour: site.flavour })),
  );
  const panels: Frame[] = [];
  for (const one of people) panels.push(await openBeside(one, 'Event', name));
  await createAtOnce(panels);
  for (const panel of panels) await expect(composer(panel)).toBeVisible();
  const chats = await chatsOf(control, name);
  expect(chats).toHaveLength(1);
  await expect.poll(() => site.chatField(name)).toBe(chats[0]?.id);
});

test('without the field two people at once still get one chat, in a comment until an administrator creates it', {
  tag: '@desk',
}, async ({ control, desk, person }) => {
  test.setTimeout(300_000);
  const site = await desk();
  test.skip(!site.admin, 'No administrator is named.');
  const fields = await site.keepFields();
  test.skip(fields.includes('Task-custom_teams_chat_id'), 'Its field is there already, and left alone.');
  const task = await site.tryMake('Task', { subject: 'Without a field' });
  test.skip(!task, `This ERPNext has no Task that ${site.me.email} may make.`);
  const { name } = task!;
  await assign(site, 'Task', { name }, site.colleague.email);
  const [me, colleague] = await Promise.all(
    [site.me, site.colleague].map(async ({ email }) => {
      const one = await person(email, { flavour: site.flavour });
      await saveRule(one, {
        ...{ doctype: 'Task', titleField: 'subject', dates: null },
        people: [{ from: 'assignees' }, { from: 'owner' }],
      });
      return one;
    }),
  );
  const panels: Frame[] = [];
  for (const one of [me!, colleague!]) panels.push(await openBeside(one, 'Task', name));
  await expect(panels[0]!.getByText('Task has no field for the chat yet')).toBeVisible();
  await expect(panels[0]!.getByRole('button', { name: 'Copy a request to your administrator' })).toBeVisible();
  await createAtOnce(panels);
  for (const panel of panels) await expect(composer(panel)).toBeVisible();
  const [chat, ...more] = await chatsOf(control, name);
  expect(more).toEqual([]);
  for (const panel of panels) {
    const link = panel.getByRole('link', { name: /Open in Teams/ }).first();
    expect(decodeURIComponent((await link.getAttribute('href')) ?? '')).toContain(chat!.id);
  }

  await test.step('created, the field takes the link over from the comment', async () => {
    await site.giveField('Task');
    for (const one of [me!, colleague!]) {
      await one.page.reload();
      await expect(composer(await one.panel())).toBeVisible();
    }
    await expect.poll(() => site.chatField(name, 'Task')).toBe(chat?.id);
    // What stays for people is read by no Deskside any more.
    const told = async () => (await comments(site, site.me, name, 'Task')).map(({ content }) => content).join('\n');
    await expect.poll(told).not.toContain('data-deskside-chat');
    expect(await told()).toContain('The Teams chat of this record');
  });
});

test('a cancelled document has its chat in a comment', { tag: '@desk' }, async ({ control, desk, person }) => {
  test.setTimeout(240_000);
  const site = await desk();
  test.skip(!site.admin, 'No administrator is named who could submit a document.');
  const admin = await site.as(site.admin!);
  const { name } = await site.event({ subject: 'Cancelled' });
  const submitted = await admin.update('Event', name, { docstatus: 1 }).catch((refused: Error) => refused);
  test.skip(submitted instanceof Error, `${site.admin!.email} may not submit an Event here: only Administrator may.`);
  await admin.update('Event', name, { docstatus: 2 });
  const alice = await person(site.me.email, { flavour: site.flavour });
  const panel = await openBeside(alice, 'Event', name);
  await expect(panel.getByText(/This document is cancelled/)).toBeVisible();
  await create(panel);
  await expect(composer(panel)).toBeVisible();
  expect(await chatsOf(control, name)).toHaveLength(1);
  expect(await site.chatField(name)).toBe('');
  expect(await comments(site, site.me, name)).toHaveLength(1);

  await test.step('it is unlinked as it was linked', async () => {
    await panel.getByRole('button', { name: /show the list/ }).click();
    await panel.getByRole('button', { name: 'People of the record and members' }).click();
    await panel.getByRole('button', { name: 'Unlink from this record…' }).click();
    await panel.getByRole('button', { name: 'Unlink', exact: true }).click();
    await expect(startButton(panel)).toBeEnabled();
    const [comment] = await comments(site, site.me, name);
    expect(comment?.content).toContain('has been unlinked from this record');
  });
});

test('a comment that somebody made up leads nobody into a foreign chat, and blocks none', async ({
  control,
  desk,
  person,
  sandbox,
}) => {
  const site = await desk();
  const { name, creation } = await site.event({ subject: 'Made up', ...PRIVATE });
  const foreign = await control.createChat({ from: CAROL, members: [BOB], topic: 'Come in' });
  const hash = await documentHash('Event', String(creation));
  const { password } = sandbox.users.find(({ email }) => email === CAROL)!;
  const carol = await site.as({ email: CAROL, password });
  const forge = (data: string) =>
    carol.call('frappe.desk.form.utils.add_comment', {
      reference_doctype: 'Event',
      reference_name: name,
      content: `<div data-deskside-chat="${data}">The Teams chat of this record</div>`,
      comment_email: ALICE,
      comment_by: 'Alice Anders',
    });
  await forge(`deskside:chat:${'e'.repeat(32)}:${hash}:${encodeURIComponent(foreign)}`);
  await forge(`deskside:1:${'e'.repeat(32)}:9999999999:00000000-0000-4000-8000-00000000000e:${hash}`);
  const bob = await person(BOB, { flavour: site.flavour });
  const panel = await openBeside(bob, 'Event', name);
  await expect(panel.getByText('Is this the right chat?')).toBeVisible();
  await expect(composer(panel)).toHaveCount(0);
  // Whose session wrote it is ERPNext's own word.
  await expect(panel.getByText(new RegExp(`A comment of ${CAROL} names this chat`))).toBeVisible();
  await panel.getByRole('button', { name: 'This is not its chat' }).click();
  await expect(startButton(panel)).toBeEnabled();
  await create(panel);
  await expect(composer(panel)).toBeVisible();
  const [chat] = await chatsOf(control, name);
  const alice = await person(ALICE, { flavour: site.flavour });
  await expect(composer(await openBeside(alice, 'Event', name))).toBeVisible();
  await expect.poll(() => site.chatField(name)).toBe(chat?.id);
});

test('forbidden by the setting or by policy, it is as without it: who can help is named', async ({
  desk,
  person,
  sandbox,
}) => {
  const site = await desk();
  const { name } = await site.event({ subject: 'Forbidden', ...PRIVATE });
  const bob = await person(BOB, { flavour: site.flavour });
  const panel = await openBeside(bob, 'Event', name);
  await expect(startButton(panel)).toBeEnabled();

  await test.step('by the person, in the options', async () => {
    const options = await openOptions(bob, sandbox.extensionId, 'fields');
    const on = options.getByRole('switch', { name: 'Without the field, keep the chat in a comment' });
    await expect(on).toBeChecked();
    await on.click();
    await expect(on).not.toBeChecked();
    await expect(panel.getByText('You may read this Event, but not change it')).toBeVisible();
    await expect(panel.getByText(/Ask Alice Anders, who owns it/)).toBeVisible();
    await expect(startButton(panel)).toBeDisabled();
    await on.click();
    await expect(startButton(panel)).toBeEnabled();
    await options.close();
  });

  await test.step('by the administrator', async () => {
    await setPolicy(bob, { commentLinks: false });
    await bob.page.reload();
    const again = await bob.panel();
    await expect(again.getByText('You may read this Event, but not change it')).toBeVisible();
    const options = await openOptions(bob, sandbox.extensionId, 'fields');
    await expect(options.getByRole('switch', { name: 'Without the field, keep the chat in a comment' })).toBeDisabled();
  });
  expect(await comments(site, site.colleague, name)).toEqual([]);
});
