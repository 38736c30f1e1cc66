/** A person's photo, or initials on a colour that is always the same for the same name. Decoration: the name is beside it. */
export function Avatar({ name, src, size = 28 }: { name: string; src?: string | null; size?: number }) {
  const box = { width: `${size}px`, height: `${size}px` };
  if (src?.startsWith('data:image/')) return <img class="ui-avatar" src={src} alt="" style={box} />;
  return (
    <span
      class="ui-avatar"
      aria-hidden="true"
      style={{ ...box, fontSize: `${Math.round(size * 0.4)}px`, '--avatar-hue': String(hueOf(name)) }}
    >
      {initials(name)}
    </span>
  );
}

/** First letters of the first and last word, as Frappe and Teams make them; `?` for a nameless one. */
export function initials(name: string): string {
  const words = name
    .replace(/\(.*?\)/g, ' ')
    .split(/[\s,@.]+/)
    .filter((w) => /[\p{L}\p{N}]/u.test(w));
  const first = words[0];
  if (!first) return '?';
  const last = words.length > 1 ? words[words.length - 1]! : '';
  return ([...first][0]! + ([...last][0] ?? '')).toLocaleUpperCase();
}

function hueOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + char.codePointAt(0)!) % 360;
  return hash;
}
