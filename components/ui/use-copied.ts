import { useEffect, useState } from 'preact/hooks';
import { copyText } from './copy.ts';

/** A copy button's memory: `copied` holds for two seconds after a copy that worked. */
export function useCopied(): [copied: boolean, copy: (text: string) => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, (text) => void copyText(text).then(setCopied)];
}
