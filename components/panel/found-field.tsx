import { useEffect, useId, useState } from 'preact/hooks';
import type { Found } from '../../lib/model/doctype-meta.ts';
import type { Result } from '../../lib/model/errors.ts';

interface FoundFieldProps {
  label: string;
  /** A document's name; '' for none. */
  value: string;
  find: (text: string) => Promise<Result<Found[]>>;
  onValue: (value: string) => void;
}

const PAUSE_MS = 250;

/** The name of a document, with what ERPNext offers for it while it is typed: the browser's own list, so its own keys. */
export function FoundField({ label, value, find, onValue }: FoundFieldProps) {
  const id = useId();
  const [found, setFound] = useState<Found[]>([]);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(async () => {
      const answer = await find(value);
      if (!gone && answer.ok) setFound(answer.value);
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [value]);
  return (
    <label class="ui-field">
      <span class="ui-label">{label}</span>
      <input
        class="ui-input"
        dir="auto"
        list={id}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <datalist id={id}>
        {found.map((one) => (
          <option key={one.value} value={one.value}>
            {one.description}
          </option>
        ))}
      </datalist>
    </label>
  );
}
