import { newTodo } from './assign.ts';
import { add } from './seed-add.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';

/** Files, public and private ones, on a project and on an Event that few may read; and who has a Task to do. */
export function addHangers(site: Site): void {
  const file = (doctype: string, name: string, file_name: string, size: number, is_private = 0) =>
    add(site, 'File', 'alice@contoso.test', {
      file_name,
      file_url: `${is_private ? '/private' : ''}/files/${file_name}`,
      file_type: file_name.split('.').at(-1)?.toUpperCase(),
      file_size: size,
      is_private,
      folder: 'Home/Attachments',
      attached_to_doctype: doctype,
      attached_to_name: name,
    });
  file('Project', 'PROJ-0001', 'brief.pdf', 48_211);
  file('Project', 'PROJ-0001', 'Preise & Rabatte.xlsx', 9_014, 1);
  file('Event', 'EV00001', 'agenda.txt', 812);
  file('Event', 'EV00002', 'plan.txt', 640, 1);
  const programme = site.store.all('Task').at(-1);
  if (programme) giveTo(site, programme, 'bob@contoso.test');
}

function giveTo(site: Site, doc: Doc, person: string): void {
  site.store.put(newTodo(site, 'alice@contoso.test', doc, person));
  doc._assign = JSON.stringify([person]);
}
