import { useId } from 'preact/hooks';

interface SwitchProps {
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
  /** One line of help under it. */
  help?: string;
}

export function Switch({ label, on, onChange, disabled, help }: SwitchProps) {
  const id = useId();
  return (
    <div class="ui-field">
      <div class="ui-switch">
        <label for={id}>{label}</label>
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-checked={on}
          checked={on}
          disabled={disabled}
          aria-describedby={help ? `${id}-help` : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      </div>
      {help && (
        <p id={`${id}-help`} class="ui-muted">
          {help}
        </p>
      )}
    </div>
  );
}
