import { PythonError } from './syntax.ts';

export interface Token {
  type: 'name' | 'number' | 'text' | 'operator' | 'newline' | 'indent' | 'dedent' | 'end';
  text: string;
  line: number;
}

const PIECE =
  /(?<space>[ \t]+|\\\n)|(?<comment>#[^\n]*)|(?<newline>\n)|(?<triple>[rRbBfFuU]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''))|(?<text>[rRbBfFuU]{0,2}(?:"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'))|(?<number>\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<operator>\*\*=|\/\/=|>>=|<<=|:=|->|==|!=|<=|>=|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|\*\*|\/\/|<<|>>|[-+*/%=<>()[\]{},:.;@&|^~])/gy;

/** Tokens of a script, lines and indentation as Python has them. */
export function tokenise(source: string): Token[] {
  const tokens: Token[] = [];
  const indents = [0];
  let line = 1;
  let depth = 0;
  let at = 0;
  let fresh = true;
  const add = (type: Token['type'], text: string) => tokens.push({ type, text, line });
  const text = `${source.replaceAll('\r\n', '\n')}\n`;
  while (at < text.length) {
    if (fresh && depth === 0) {
      const [lead = ''] = /^[ \t]*/.exec(text.slice(at)) ?? [];
      const rest = text.slice(at + lead.length);
      if (!/^(\n|#)/.test(rest)) indent(lead.replaceAll('\t', '        ').length);
      at += lead.length;
      fresh = false;
      if (at >= text.length) break;
    }
    PIECE.lastIndex = at;
    const found = PIECE.exec(text);
    if (!found?.groups) throw syntaxError('invalid syntax', line, source);
    at = PIECE.lastIndex;
    const { newline, triple, text: quoted, number, name, operator } = found.groups;
    if (newline) {
      if (depth === 0 && tokens.length > 0 && tokens.at(-1)?.type !== 'newline') add('newline', '');
      line += 1;
      fresh = true;
    } else if (triple ?? quoted) {
      add('text', triple ?? quoted ?? '');
      line += found[0].split('\n').length - 1;
    } else if (number) add('number', number);
    else if (name) add('name', name);
    else if (operator) {
      if ('([{'.includes(operator)) depth += 1;
      if (')]}'.includes(operator)) depth -= 1;
      add('operator', operator);
    } else line += found[0].split('\n').length - 1;
  }
  if (depth > 0) throw syntaxError('unexpected EOF while parsing', line, source);
  indent(0);
  add('end', '');
  return tokens;

  function indent(width: number): void {
    if (width > (indents.at(-1) ?? 0)) {
      indents.push(width);
      add('indent', '');
    }
    while (width < (indents.at(-1) ?? 0)) {
      indents.pop();
      add('dedent', '');
    }
    if (width !== indents.at(-1))
      throw syntaxError('unindent does not match any outer indentation level', line, source);
  }
}

/** As RestrictedPython tells Python's own. */
export function syntaxError(message: string, line: number, source: string): PythonError {
  const statement = (source.split('\n')[line - 1] ?? '').trim();
  return new PythonError(
    'SyntaxError',
    tuple([`Line ${line}: SyntaxError: ${message} at statement: ${quote(statement)}`]),
  );
}

/** A tuple of strings as Python prints it. */
export const tuple = (texts: string[]): string => `(${texts.map(quote).join(', ')}${texts.length === 1 ? ',' : ''})`;

/** A string as Python's repr prints it. */
export function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return mark + (mark === "'" ? escaped.replaceAll("'", "\\'") : escaped) + mark;
}
