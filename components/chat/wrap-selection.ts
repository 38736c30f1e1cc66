/** A textarea's text and what is selected in it. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

/** `**` or `*` around what is selected, or taken away where it is around it already. */
export function toggleMark(s: Selected, mark: string): Selected {
  const chosen = s.text.slice(s.start, s.end);
  const before = s.text.slice(0, s.start);
  const after = s.text.slice(s.end);
  if (markedWith(before, after, mark))
    return {
      text: before.slice(0, -mark.length) + chosen + after.slice(mark.length),
      start: s.start - mark.length,
      end: s.end - mark.length,
    };
  return { text: before + mark + chosen + mark + after, start: s.start + mark.length, end: s.end + mark.length };
}

/** `*` inside `**` is not an italic mark. */
function markedWith(before: string, after: string, mark: string): boolean {
  const behind = /\**$/.exec(before)![0].length;
  const ahead = /^\**/.exec(after)![0].length;
  const stars = Math.min(behind, ahead);
  return mark.length === 1 ? stars % 2 === 1 : stars >= 2;
}

/** `- ` before each line that is touched, or taken away where all have it. */
export function toggleList(s: Selected): Selected {
  const from = s.text.lastIndexOf('\n', s.start - 1) + 1;
  const nextBreak = s.text.indexOf('\n', s.end);
  const to = nextBreak < 0 ? s.text.length : nextBreak;
  const lines = s.text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith('- '));
  const block = lines.map((line) => (all ? line.slice(2) : line.startsWith('- ') ? line : `- ${line}`)).join('\n');
  return {
    text: s.text.slice(0, from) + block + s.text.slice(to),
    start: from + block.length,
    end: from + block.length,
  };
}

/** `[chosen](https://)` with the part selected that is still to be written. */
export function insertLink(s: Selected, placeholder: string): Selected {
  const chosen = s.text.slice(s.start, s.end);
  const isUrl = /^https?:\/\/\S+$/.test(chosen);
  const label = isUrl || !chosen ? placeholder : chosen;
  const url = isUrl ? chosen : 'https://';
  const text = `${s.text.slice(0, s.start)}[${label}](${url})${s.text.slice(s.end)}`;
  const labelAt = s.start + 1;
  const urlAt = labelAt + label.length + 2;
  return isUrl || !chosen
    ? { text, start: labelAt, end: labelAt + label.length }
    : { text, start: urlAt, end: urlAt + url.length };
}
