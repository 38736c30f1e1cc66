import type { IconNode } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import { Spinner } from './spinner.tsx';

interface ButtonProps {
  onClick: () => void;
  children: ComponentChildren;
  look?: 'plain' | 'primary' | 'quiet';
  large?: boolean;
  icon?: IconNode;
  disabled?: boolean;
  /** Shows that the click is being worked on and takes no second one. */
  busy?: boolean;
  /** Id of the sentence that says why it is off, or what it will do. */
  describedBy?: string;
  /** Whether what it opens stands open. */
  expanded?: boolean;
  /** Its name where the words on it mean something only beside others. */
  label?: string;
}

/** A button as Frappe draws them. `busy` and `disabled` stay focusable, so that focus is not lost under the finger. */
export function Button(props: ButtonProps) {
  const off = props.disabled || props.busy;
  const look = props.look && props.look !== 'plain' ? `ui-button-${props.look}` : '';
  return (
    <button
      type="button"
      class={`ui-button ${look} ${props.large ? 'ui-button-large' : ''}`}
      aria-disabled={off ? 'true' : undefined}
      aria-describedby={props.describedBy}
      aria-expanded={props.expanded}
      aria-label={props.label}
      onClick={() => !off && props.onClick()}
    >
      {props.busy ? <Spinner size={14} /> : props.icon && <Icon icon={props.icon} />}
      {props.children}
    </button>
  );
}

interface IconButtonProps {
  label: string;
  icon: IconNode;
  onClick: () => void;
  flip?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  disabled?: boolean;
  size?: number;
}

/** A button with a picture only; its label is its name and its tooltip. */
export function IconButton(props: IconButtonProps) {
  return (
    <button
      type="button"
      class="ui-button ui-button-icon"
      title={props.label}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Icon icon={props.icon} flip={props.flip ?? false} size={props.size ?? 16} />
    </button>
  );
}
