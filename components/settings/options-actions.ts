import type { DoctypeMeta, Found } from '../../lib/model/doctype-meta.ts';
import type { DoctypeRule, RulePreview, RuleProposal } from '../../lib/model/doctype-rule.ts';
import type { Result } from '../../lib/model/errors.ts';
import type { Doctype, Origin } from '../../lib/model/ids.ts';

/** What a person can do with doctypes in the options. */
export interface DoctypeActions {
  save(rules: DoctypeRule[]): Promise<Result<void>>;
  remove(doctype: Doctype): Promise<Result<void>>;
  switch(doctype: Doctype, on: boolean): Promise<Result<void>>;
  findDoctypes(origin: Origin, text: string): Promise<Result<Found[]>>;
  propose(origin: Origin, doctype: string): Promise<Result<RuleProposal & { meta: DoctypeMeta }>>;
  findRecords(origin: Origin, doctype: string, text: string): Promise<Result<Found[]>>;
  preview(origin: Origin, rule: DoctypeRule, name: string): Promise<Result<RulePreview>>;
  /** Put a text into a file that the browser saves. */
  download(name: string, text: string): void;
}
