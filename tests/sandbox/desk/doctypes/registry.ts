import type { Flavour } from '../flavour.ts';
import { BUSINESS } from './business.ts';
import { eventParticipants, eventType } from './event.ts';
import type { DocTypeDef } from './fields.ts';
import { FILE, officeTypes } from './office.ts';
import { OTHERS } from './others.ts';
import { PEOPLE } from './people.ts';
import { projectType, projectUser } from './project.ts';
import { serverScriptType } from './server-script.ts';

/** Every document type the stand-in knows, without custom fields. Any other is "No module named …". */
export function standardTypes(flavour: Flavour): Map<string, DocTypeDef> {
  const all = [
    eventType(flavour),
    eventParticipants(flavour),
    projectType(flavour),
    projectUser,
    ...PEOPLE,
    ...BUSINESS,
    ...OTHERS,
    ...officeTypes(flavour),
    FILE,
    serverScriptType(flavour),
  ];
  return new Map(all.map((type) => [type.name, type]));
}
