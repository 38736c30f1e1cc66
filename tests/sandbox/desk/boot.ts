import { TRAITS } from './flavour.ts';
import { userInfo } from './form.ts';
import { type Right, roleRights, rolesOf } from './roles.ts';
import type { Site } from './site.ts';
import { SITE_TIME_ZONE } from './time.ts';

const LISTED = [
  'Event',
  'Project',
  'Task',
  'ToDo',
  'Contact',
  'Customer',
  'Lead',
  'Opportunity',
  'Issue',
  'Site Visit',
  'User',
  'Sales Order',
  'Custom Field',
];

/** `frappe.boot` of a person: the part of it that a page or an extension reads. @param lang as asked by `_lang` or set by the person */
export function bootOf(site: Site, user: string, lang: string): Record<string, unknown> {
  const record = site.store.find('User', user);
  const traits = TRAITS[site.flavour];
  const can = (right: Right) => LISTED.filter((doctype) => roleRights(site.flavour, user, doctype).has(right));
  const people = site.store.all('User').slice(0, 12);
  return {
    versions: traits.versions,
    sitename: `sandbox-${site.flavour}.test`,
    lang,
    time_zone: { system: SITE_TIME_ZONE, user: record?.time_zone ?? SITE_TIME_ZONE },
    desk_theme: record?.desk_theme ?? 'Light',
    socketio_port: 0,
    developer_mode: 0,
    sysdefaults: {
      app_name: 'Sandbox',
      company: 'Contoso GmbH',
      date_format: 'dd.mm.yyyy',
      time_format: 'HH:mm',
      language: 'en',
      time_zone: SITE_TIME_ZONE,
      first_day_of_the_week: 'Sunday',
    },
    user: {
      name: user,
      email: user,
      first_name: record?.first_name,
      last_name: record?.last_name,
      user_type: record?.user_type,
      language: lang,
      desk_theme: record?.desk_theme ?? 'Light',
      roles: rolesOf(user),
      can_read: can('read'),
      can_write: can('write'),
      can_create: can('create'),
      can_delete: can('delete'),
    },
    user_info: Object.fromEntries(people.flatMap((one) => userInfo(site, one.name))),
    frappe_session: { user, logged_in_user: user, user_email: user, user_fullname: record?.full_name },
    home_page: 'Workspaces',
    read_only: false,
    setup_complete: 1,
  };
}
