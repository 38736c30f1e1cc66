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
          onChange={(event) => {
            const wanted = event.currentTarget.checked;
            // It turns once what it stands for did: the caller says so by `on`.
            event.currentTarget.checked = on;
            onChange(wanted);
          }}
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
