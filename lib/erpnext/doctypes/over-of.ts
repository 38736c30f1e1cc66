import { type DoctypeRule, USUAL_OVER } from '../../model/doctype-rule.ts';
import { type Row, textOf } from './people-of.ts';

/** The status that says that a document is over; null while it is not. A cancelled document is, whatever its fields say. */
export function overOf(rule: DoctypeRule | undefined, document: Row): string | null {
  if (document.docstatus === 2) return 'Cancelled';
  const { field, values } = rule?.over ?? USUAL_OVER;
  const status = textOf(document, field);
  return values.includes(status) ? status : null;
}
