import { t } from '../../lib/i18n/translate.ts';
import type { DoctypeMeta, MetaField } from '../../lib/model/doctype-meta.ts';
import { type DoctypeRule, USUAL_OVER } from '../../lib/model/doctype-rule.ts';
import { FieldPick } from './options-field-pick.tsx';

interface RuleOverPickProps {
  meta: DoctypeMeta;
  rule: DoctypeRule;
  onRule: (rule: DoctypeRule) => void;
}

/** By which status a document is over, which the section on chats tells more of. */
export function RuleOverPick({ meta, rule, onRule }: RuleOverPickProps) {
  const fields = meta.fields.filter(({ fieldtype, permlevel }) => fieldtype === 'Select' && permlevel === 0);
  const valuesOf = (name: string) => optionsOf(fields.find(({ fieldname }) => fieldname === name));
  const usual = fields.some(({ fieldname }) => fieldname === USUAL_OVER.field) ? USUAL_OVER : null;
  const said = rule.over ?? usual;
  const over = said?.values.length ? said : null;
  const pick = (field: string | null, values: string[]) =>
    onRule({ ...rule, over: { field: field ?? USUAL_OVER.field, values } });
  const offered = over ? [...new Set([...valuesOf(over.field), ...(rule.over?.values ?? [])])] : [];
  return (
    <fieldset class="options-card">
      <legend>{t('rule.over')}</legend>
      <FieldPick
        label={t('rule.overField')}
        none={t('rule.overNever')}
        fields={fields}
        value={over?.field ?? null}
        onChange={(field) => {
          const all = field === null ? [] : valuesOf(field);
          const likely = all.filter((value) => USUAL_OVER.values.includes(value));
          pick(field, likely.length > 0 ? likely : all.slice(-1));
        }}
      />
      {offered.map((value) => (
        <label key={value} class="options-check">
          <input
            type="checkbox"
            class="ui-check"
            checked={over?.values.includes(value)}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              pick(
                over!.field,
                offered.filter((one) => (one === value ? on : over!.values.includes(one))),
              );
            }}
          />
          <span dir="auto">{value}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A Select's values stand a line each; an empty first line means none. */
function optionsOf(field: MetaField | undefined): string[] {
  return (field?.options ?? '').split('\n').filter(Boolean);
}
