import type { DoctypeRule } from './doctype-rule.ts';
import type { Doctype } from './ids.ts';

/** A doctype with its rule, as the options list it. */
export interface ListedDoctype {
  rule: DoctypeRule;
  /** Whose rule it is: the administrator's outranks the person's, and that outranks the shipped one. */
  source: 'policy' | 'own' | 'shipped';
  /** Off: its forms get no panel, and its chats stay where they are. */
  on: boolean;
}

/** What a person set: rules of their own, and which doctypes are off. */
export interface OwnDoctypes {
  rules: DoctypeRule[];
  off: Doctype[];
}

/** One entry a doctype, the shipped ones first. What policy sets cannot be switched off. */
export function listDoctypes(
  shipped: readonly DoctypeRule[],
  own: OwnDoctypes,
  policy: readonly DoctypeRule[],
): ListedDoctype[] {
  const listed = new Map<Doctype, ListedDoctype>();
  const put = (rules: readonly DoctypeRule[], source: ListedDoctype['source']) => {
    for (const rule of rules)
      listed.set(rule.doctype, { rule, source, on: source === 'policy' || !own.off.includes(rule.doctype) });
  };
  put(shipped, 'shipped');
  put(own.rules, 'own');
  put(policy, 'policy');
  return [...listed.values()];
}

export function rulesOn(listed: readonly ListedDoctype[]): DoctypeRule[] {
  return listed.filter(({ on }) => on).map(({ rule }) => rule);
}
