import { useLayoutEffect, useRef } from 'preact/hooks';
import { sanitise } from './sanitise.ts';

interface MessageBodyProps {
  html: string;
  /** Names this version of this message; the same version is sanitised once. */
  version: string;
}

/** A message's text. Only sanitised nodes are put in, never a string: what was cleaned is not parsed a second time. */
export function MessageBody({ html, version }: MessageBodyProps) {
  const box = useRef<HTMLDivElement>(null);
  // A version stands for its html
  useLayoutEffect(() => {
    box.current?.replaceChildren(cleaned(version, html).cloneNode(true));
  }, [version]);
  return <div ref={box} class="chat-body" dir="auto" />;
}

/** Newest last; a Map keeps the order in which they came. */
const cache = new Map<string, DocumentFragment>();
const CACHE_SIZE = 1000;

function cleaned(version: string, html: string): DocumentFragment {
  let fragment = cache.get(version);
  if (fragment) return fragment;
  fragment = sanitise(html);
  cache.set(version, fragment);
  if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value!);
  return fragment;
}
