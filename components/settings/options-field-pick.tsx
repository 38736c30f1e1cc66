import { useId } from 'preact/hooks';
import type { MetaField } from '../../lib/model/doctype-meta.ts';

interface FieldPickProps {
  label: string;
  /** What it means to choose none. */
  none: string;
  fields: MetaField[];
  value: string | null;
  disabled?: boolean;
  onChange: (fieldname: string | null) => void;
}

/** One of a doctype's fields, or none. */
export function FieldPick({ label, none, fields, value, disabled = false, onChange }: FieldPickProps) {
  const id = useId();
  // One that this site does not have, from a file or another site, is shown all the same.
  const strange = value !== null && !fields.some(({ fieldname }) => fieldname === value);
  return (
    <div class="ui-field">
      <label class="ui-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="ui-input"
        value={value ?? ''}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value || null)}
      >
        <option value="">{none}</option>
        {strange && <option value={value}>{value}</option>}
        {fields.map(({ fieldname, label: words }) => (
          <option key={fieldname} value={fieldname}>
            {words ? `${words} (${fieldname})` : fieldname}
          </option>
        ))}
      </select>
    </div>
  );
}
