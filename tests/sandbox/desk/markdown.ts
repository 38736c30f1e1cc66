/**
 * Comments go through `frappe.utils.markdown` on their way to a form: what holds any tag stays as it is; a text without
 * one becomes paragraphs in which `_` and `*` emphasise, chat ids and addresses included. The part of markdown2 that a
 * sentence meets. source: frappe/desk/form/load.py (add_comments), frappe/utils/__init__.py (markdown)
 */
export function markdown(text: string): string {
  if (/<[^>]+>/.test(text)) return text.replaceAll('<!-- markdown -->', '');
  const parts = text.split(/\n\s*\n/).filter((part) => part.trim());
  return `${parts.map((part) => `<p>${emphasised(part)}</p>`).join('\n\n') || '<p></p>'}\n`;
}

function emphasised(part: string): string {
  return part.replaceAll(/(`[^`\n]+`)|([^`]+)/g, (_, code?: string, plain?: string) => {
    if (code) return `<code>${code.slice(1, -1)}</code>`;
    return (plain ?? '')
      .replaceAll(/(\*\*|__)(?=\S)(.+?[*_]*)(?<=\S)\1/g, '<strong>$2</strong>')
      .replaceAll(/(\*|_)(?=\S)(.+?)(?<=\S)\1/g, '<em>$2</em>');
  });
}
