/** The parts of Python that a Server Script may be made of here; README of the subset: ../server-script.ts. */
export type Expr = { line: number } & (
  | { kind: 'const'; value: string | number | boolean | null }
  | { kind: 'name'; id: string }
  | { kind: 'list'; items: Expr[] }
  | { kind: 'dict'; entries: [Expr, Expr][] }
  | { kind: 'attribute'; of: Expr; name: string }
  | { kind: 'item'; of: Expr; key: Expr }
  | { kind: 'slice'; of: Expr; from: Expr | undefined; to: Expr | undefined }
  | { kind: 'call'; of: Expr; args: Expr[]; named: [string, Expr][] }
  | { kind: 'not' | 'minus'; of: Expr }
  | { kind: 'and' | 'or'; parts: Expr[] }
  | { kind: 'binary'; operator: string; left: Expr; right: Expr }
  | { kind: 'compare'; left: Expr; rest: [string, Expr][] }
  | { kind: 'choice'; test: Expr; yes: Expr; no: Expr }
);

export type Statement = { line: number } & (
  | { kind: 'expression'; value: Expr }
  | { kind: 'assign'; target: Expr; value: Expr }
  | { kind: 'change'; target: Expr; operator: string; value: Expr }
  | { kind: 'if'; branches: { test: Expr; body: Statement[] }[]; otherwise: Statement[] }
  | { kind: 'for'; name: string; over: Expr; body: Statement[] }
  | { kind: 'pass' | 'break' | 'continue' }
  /** Whatever RestrictedPython lets pass and only fails when it is run. */
  | { kind: 'import'; names: string[] }
);

/** What Python itself raises; becomes a 500 with its class and words. */
export class PythonError extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** What the real one would understand and this one does not: told as itself, so that nobody takes it for Frappe's word. */
export const beyond = (what: string, line: number) =>
  new PythonError('NotImplementedError', `The sandbox's Python does not know ${what} (line ${line}).`);
