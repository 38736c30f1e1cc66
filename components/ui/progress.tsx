interface ProgressProps {
  label: string;
  done: number;
  total: number;
}

/** How far something has come. */
export function Progress({ label, done, total }: ProgressProps) {
  return <progress class="ui-progress" aria-label={label} value={done} max={total} />;
}
