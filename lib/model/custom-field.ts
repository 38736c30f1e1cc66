import type { Doctype } from './ids.ts';

/** A custom field as it is sent to ERPNext (doctype Custom Field). */
export type FieldValues = Record<string, string | number> & { dt: string; fieldname: string };

/** What about a field that is there would lose a chat, share it, or keep it from being written. */
export type FieldFault = 'type' | 'length' | 'no_copy' | 'allow_on_submit' | 'permlevel' | 'reqd' | 'unique';

export interface FieldCheck {
  doctype: Doctype;
  fieldname: string;
  label: string;
  state: 'ok' | 'missing' | 'wrong';
  faults: FieldFault[];
  /** As it should be. */
  wanted: FieldValues;
  /** What to change of one that is wrong; null where the field is the doctype's own, which a custom field cannot mend. */
  fix: Record<string, string | number> | null;
}

/** A field of the list in the options. */
export interface FieldLine extends Pick<FieldCheck, 'doctype' | 'fieldname' | 'label' | 'state' | 'faults'> {
  correctable: boolean;
  /** Deskside made it in this browser, so that it may be undone here. */
  made: boolean;
}
