import { render } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { Picture } from './picture.tsx';
import { ReadingContext } from './reading.ts';
import { type About, picturesIn, sanitise } from './sanitise.ts';

interface MessageBodyProps {
  html: string;
  /** Names this version of this message, as this person reads it; the same version is sanitised once. */
  version: string;
  about?: About;
}

/** A message's text. Only sanitised nodes are put in, never a string: what was cleaned is not parsed a second time. */
export function MessageBody({ html, version, about }: MessageBodyProps) {
  const box = useRef<HTMLDivElement>(null);
  const reading = useContext(ReadingContext);
  // A version stands for its html, and for what it is about
  useLayoutEffect(() => {
    box.current!.replaceChildren(cleaned(version, html, about).cloneNode(true));
    const places = picturesIn(box.current!);
    for (const { place, picture } of places)
      render(
        <ReadingContext.Provider value={reading}>
          <Picture {...picture} />
        </ReadingContext.Provider>,
        place,
      );
    return () => {
      for (const { place } of places) render(null, place);
    };
  }, [version, reading]);
  return <div ref={box} class="chat-body" dir="auto" />;
}

/** What was cleaned, the last used last (a Map keeps the order in which things came): a talk of 20,000 fits in. */
const cache = new Map<string, { fragment: DocumentFragment; size: number }>();
const MOST_CHARACTERS = 6_000_000;
let cached = 0;

function cleaned(version: string, html: string, about: About | undefined): DocumentFragment {
  const known = cache.get(version);
  const { fragment, size } = known ?? { fragment: sanitise(html, about), size: html.length };
  if (known) cache.delete(version);
  else cached += size;
  cache.set(version, { fragment, size });
  for (const [oldest, { size }] of cache) {
    if (cached <= MOST_CHARACTERS || oldest === version) break;
    cache.delete(oldest);
    cached -= size;
  }
  return fragment;
}
