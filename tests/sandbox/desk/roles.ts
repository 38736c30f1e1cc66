import type { Flavour } from './flavour.ts';
import { CREW, USERS } from './users.ts';

export type Right =
  | 'select'
  | 'read'
  | 'write'
  | 'create'
  | 'delete'
  | 'submit'
  | 'cancel'
  | 'print'
  | 'email'
  | 'report'
  | 'export'
  | 'share';

/** `docinfo.permissions`: the roles' rights alone, which for a private Event's participant is more than is true. */
export function roleRights(flavour: Flavour, user: string, doctype: string): Set<Right> {
  if (user === 'Administrator') return new Set(SUBMIT.split(' ') as Right[]);
  const rights = new Set<Right>();
  const roles = rolesOf(user);
  for (const [role, types] of Object.entries(rules(flavour))) {
    if (roles.includes(role))
      for (const right of (types[doctype] ?? '').split(' ')) if (right) rights.add(right as Right);
  }
  return rights;
}

export const isDeskUser = (user: string): boolean => rolesOf(user).includes('Desk User');

/** Roles as frappe.boot.user.roles lists them. */
export function rolesOf(user: string): string[] {
  const found = byEmail.get(user);
  if (!found) return user === 'Guest' ? ['Guest'] : [];
  return [...found.roles, 'All', 'Guest', ...(found.roles.length ? ['Desk User'] : [])];
}

const byEmail = new Map([...USERS, ...CREW].map((user) => [user.email, user]));

const EDIT = 'read write create print email report share';
const ALL = `${EDIT} delete export`;
const SUBMIT = `${ALL} submit cancel`;

function rules(flavour: Flavour): Record<string, Record<string, string>> {
  const old = flavour === 'v14';
  const projectTables = { 'Project Type': 'select read', Department: 'select read', Company: 'select read' };
  const crm = { Lead: ALL, Opportunity: ALL, Issue: ALL };
  const sales = { 'Sales Order': SUBMIT, Customer: ALL, Contact: ALL, ...crm, ...projectTables };
  // Website users too; in v14 everybody in Desk has no other role of their own.
  const everybody = {
    ToDo: `${EDIT} delete`,
    File: 'read write create delete',
    ...(old ? { Note: `${EDIT} delete`, Event: EDIT, Contact: 'read print' } : {}),
  };
  const desk = { Event: `${EDIT} export`, Note: ALL };
  return {
    All: everybody,
    ...(old ? {} : { 'Desk User': desk }),
    'Projects User': { Project: `${EDIT} delete`, Task: ALL, 'Site Visit': ALL, ...projectTables },
    'Projects Manager': { Project: ALL, Task: ALL, ...projectTables },
    'Project Reader': { Project: 'read export' },
    Employee: old ? {} : { Project: 'select' },
    'HR Manager': { Employee: ALL },
    'Sales User': sales,
    'Sales Manager': sales,
    'System Manager': {
      Event: ALL,
      User: ALL,
      Contact: ALL,
      Comment: ALL,
      'Custom Field': ALL,
      DocType: ALL,
      ToDo: `${EDIT} export`,
      File: ALL,
      ...(old ? {} : { Note: ALL }),
      ...projectTables,
    },
    'Script Manager': { 'Server Script': ALL },
  };
}
