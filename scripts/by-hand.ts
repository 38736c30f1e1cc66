import { createInterface } from 'node:readline/promises';
import { type Sandbox, startSandbox } from '../tests/sandbox/start.ts';
import { controlClient } from './walk/control.ts';
import { launchPerson, type Person } from './walk/person.ts';
import { walkRecord } from './walk/record.ts';

/** Opens a browser on a record for somebody to try Deskside, says how to go on, and stays until the browser is closed. */
export async function startByHand(erpnextUrl: string | undefined): Promise<void> {
  const sandbox = await startSandbox({ erpnextUrl });
  const record = await walkRecord(sandbox);
  const shown = { headless: false, viewport: { width: 1440, height: 860 } };
  const people: Person[] = [];
  const open = async (person: { email: string; password: string }) => {
    const opened = await launchPerson(sandbox, person.email, { ...shown, password: person.password });
    people.push(opened);
    await opened.openRecord(record.doctype, record.name);
    return opened;
  };
  const me = await open(record.me);
  console.log(`
Deskside is open on ${record.doctype} ${record.name}, as ${record.me.name} (${record.me.email}).

  1. Click "Teams" at the top of the form.
  2. Sign in: the sandbox's Microsoft wants the email ${record.me.email} and any password.
  3. Create the chat and write a message.
  4. Answer as a colleague: type a line here and press Enter. ${record.colleague.name} says it in the chat.
     History is shown where an administrator allowed reading: type /reading and Enter to allow it.
  5. See it as the colleague: type /colleague and Enter for a second browser.

Close the browser or press Ctrl+C to end. To look inside: ${sandbox.control}/state and ${sandbox.control}/requests
`);

  const input = createInterface({ input: process.stdin });
  const end = new Promise<void>((done) => {
    me.context.once('close', () => done());
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
  });
  input.on('line', (line) => {
    const order = line.trim();
    const done =
      order === '/colleague'
        ? open(record.colleague).then(() => undefined)
        : speak(sandbox, record.colleague.email, order);
    done.catch((error: Error) => console.log(error.message));
  });
  await end;
  input.close();
  await Promise.all(people.map((person) => person.close()));
  await record.remove();
  await sandbox.close();
}

async function speak(sandbox: Sandbox, from: string, text: string): Promise<void> {
  const control = controlClient(sandbox.control);
  if (text === '') return;
  if (text === '/reading') {
    await control.tenant({ adminConsented: ['Chat.ReadWrite'] });
    console.log(
      'Reading is allowed for everybody. Sign out and in again, or press the button in the panel that asks for it.',
    );
    return;
  }
  const chat = (await control.state()).chats.at(-1);
  if (!chat) throw new Error('There is no chat yet: create it in the panel first.');
  await control.write({ chatId: chat.id, from, html: `<p>${escapeHtml(text)}</p>` });
  console.log(`Said in "${chat.topic ?? chat.id}". It shows as soon as you do something in the panel.`);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
