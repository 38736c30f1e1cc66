import { type Control, controlClient } from '../../scripts/walk/control.ts';
import { launchPerson, type Person } from '../../scripts/walk/person.ts';
import { startSandbox } from '../sandbox/start.ts';

/** A person who may read, at a browser with the production build; ends with everything it started. */
export async function withPerson<T>(
  email: string,
  use: (person: Person, control: Control, another: (storage: Record<string, unknown>) => Promise<Person>) => Promise<T>,
): Promise<T> {
  const sandbox = await startSandbox({ throttle: 'off' });
  const people: Person[] = [];
  try {
    const control = controlClient(sandbox.control);
    await control.reset();
    await control.tenant({ adminConsented: ['Chat.ReadWrite'] });
    const launch = async (storage?: Record<string, unknown>) => {
      const person = await launchPerson(sandbox, email, storage ? { storage } : {});
      people.push(person);
      return person;
    };
    return await use(await launch(), control, launch);
  } finally {
    for (const person of people) await person.close();
    await sandbox.close();
  }
}
