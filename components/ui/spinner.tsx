import { LoaderCircle } from 'lucide';
import { Icon } from './icon.tsx';

/** Something is being done; whoever shows it says in words what. */
export function Spinner({ size = 16 }: { size?: number }) {
  return <Icon icon={LoaderCircle} size={size} class="ui-spin" />;
}
