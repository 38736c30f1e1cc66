const BLOCK =
  /^<(p|div|h[1-6]|blockquote|pre|table|dl|ol|ul|form|fieldset|figure|section|article|aside|nav|header|footer)\b[\s\S]*?<\/\1>[ \t]*(?=\n|$)/i;

/**
 * Comments go through `frappe.utils.markdown` on their way to a form: a block of HTML stays, everything else becomes a
 * paragraph in which `_` and `*` emphasise, chat ids and addresses included. The part of markdown2 that a sentence meets.
 * source: frappe/desk/form/load.py (add_comments), frappe/utils/data.py (md_to_html)
 */
export function markdown(text: string): string {
  const parts: string[] = [];
  for (let rest = text.trim(); rest; rest = rest.trimStart()) {
    const part = BLOCK.exec(rest)?.[0] ?? paragraph(rest);
    parts.push(BLOCK.test(part) ? part : `<p>${spans(part)}</p>`);
    rest = rest.slice(part.length);
  }
  return `${parts.join('\n\n') || '<p></p>'}\n`;
}

/** Up to a blank line, or to a block that begins a line. */
function paragraph(text: string): string {
  const end = /\n\s*\n|\n(?=<(?:p|div|ul|ol|table|h[1-6]|blockquote|pre)\b)/.exec(text);
  return end ? text.slice(0, end.index) : text;
}

/** Emphasis in the text between tags. */
function spans(part: string): string {
  return part.replaceAll(/(<[^>]*>)|(`[^`\n]+`)|([^<`]+)/g, (_, tag?: string, code?: string, plain?: string) => {
    if (tag) return tag;
    if (code) return `<code>${code.slice(1, -1)}</code>`;
    return (plain ?? '')
      .replaceAll(/(\*\*|__)(?=\S)(.+?[*_]*)(?<=\S)\1/g, '<strong>$2</strong>')
      .replaceAll(/(\*|_)(?=\S)(.+?)(?<=\S)\1/g, '<em>$2</em>');
  });
}
