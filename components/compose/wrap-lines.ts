import type { Selected } from '../chat/wrap-selection.ts';

/** `> ` before each line that is touched, or taken away where all have it. */
export function toggleQuote(s: Selected): Selected {
  const { from, to } = linesOf(s);
  const lines = s.text.slice(from, to).split('\n');
  const all = lines.every((line) => /^>( |$)/.test(line));
  const block = lines.map((line) => (all ? line.replace(/^> ?/, '') : `> ${line}`)).join('\n');
  const end = from + block.length;
  return { text: s.text.slice(0, from) + block + s.text.slice(to), start: end, end };
}

/** Within a line `code`; what spans lines, or is a line not begun yet, stands between lines of three backticks. */
export function toggleCode(s: Selected): Selected {
  const chosen = s.text.slice(s.start, s.end);
  if (chosen && !chosen.includes('\n')) return around(s, '`', '`');
  const { from, to } = linesOf(s);
  if (!chosen && s.text.slice(from, to).trim()) return around(s, '`', '`');
  return around({ ...s, start: from, end: to }, '```\n', '\n```');
}

function around(s: Selected, before: string, after: string): Selected {
  const chosen = s.text.slice(s.start, s.end);
  return {
    text: s.text.slice(0, s.start) + before + chosen + after + s.text.slice(s.end),
    start: s.start + before.length,
    end: s.end + before.length,
  };
}

function linesOf(s: Selected): { from: number; to: number } {
  const next = s.text.indexOf('\n', s.end);
  return { from: s.text.lastIndexOf('\n', s.start - 1) + 1, to: next < 0 ? s.text.length : next };
}
