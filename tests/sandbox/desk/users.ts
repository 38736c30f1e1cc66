/** People of the sandbox's ERPNext; the same on all three flavours. Passwords are `sandbox-<local part>`. */
export interface DeskUser {
  name: string;
  email: string;
  password: string;
  roles: string[];
  timeZone?: string;
  /** Why this person is there, for whoever reads the list. */
  note?: string;
}

const user = (
  email: string,
  name: string,
  roles: string[],
  more: { timeZone?: string; note?: string } = {},
): DeskUser => ({
  name,
  email,
  password: `sandbox-${email.split('@')[0]}`,
  roles,
  ...more,
});

const projects = ['Projects User'];

export const USERS: DeskUser[] = [
  // Every site has this one: no e-mail address for a name, and every right.
  { ...user('Administrator', 'Administrator', ['System Manager']), password: 'sandbox-administrator' },
  user('admin@contoso.test', 'Ada Admin', [
    'System Manager',
    'Script Manager',
    'Projects Manager',
    'HR Manager',
    'Sales Manager',
  ]),
  user('sysop@contoso.test', 'Sol Sysop', ['System Manager'], { note: 'manages the site, but no Server Scripts' }),
  user('alice@contoso.test', 'Alice Anders', ['Projects User', 'Sales User']),
  user('bob@contoso.test', 'Bob Bhatt', projects, { timeZone: 'Asia/Kolkata' }),
  user('carol@contoso.test', 'Carol Chen', projects),
  user('limited@contoso.test', 'Liam Limited', ['Project Reader'], { note: 'may only read Projects' }),
  user('nodesk@contoso.test', 'Nora Norole', [], { note: 'no role, no Desk' }),
  user('dana.diaz@contoso.test', 'Dana Diaz', projects, { note: 'has another address in Microsoft 365' }),
  user('frank@contoso.test', 'Frank Fischer', projects, { note: 'disabled in Microsoft 365' }),
  user('shopfloor@contoso.test', 'Shop Floor', projects, { note: 'no mailbox' }),
  user('chris.miller@contoso.test', 'Chris Miller', projects, { note: 'one of two of this name' }),
  user('cmiller2@contoso.test', 'Chris Miller', projects, { note: 'one of two of this name' }),
];

/** Members of PROJ-BIG beyond USERS: more people than a group chat takes. */
export const CREW: DeskUser[] = Array.from({ length: 257 }, (_, index) => {
  const number = String(index + 1).padStart(3, '0');
  return user(`crew${number}@contoso.test`, `Crew ${number}`, ['Project Reader']);
});
