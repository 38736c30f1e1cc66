import { Download, Pencil, Plus, Trash2, Upload } from 'lucide';
import { useId, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { ListedDoctype } from '../../lib/model/doctype-list.ts';
import type { AppError, Result } from '../../lib/model/errors.ts';
import type { Doctype, Origin } from '../../lib/model/ids.ts';
import { readRuleFile, writeParticipantFile, writeRuleFile } from '../../lib/model/rule-file.ts';
import type { OptionsView } from '../../lib/rpc/contract.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { Switch } from '../ui/switch.tsx';
import type { DoctypeActions } from './options-actions.ts';
import { RuleEditor } from './options-rule-editor.tsx';
import { SiteGate } from './options-site.tsx';
import { ruleWords } from './source-words.ts';

export interface DoctypesProps {
  view: OptionsView;
  origin: Origin | null;
  onSite: (origin: Origin) => void;
  onOpen: (origin: Origin) => void;
  actions: DoctypeActions;
}

/** Which doctypes have a panel; one of them, or a new one, in the editor. */
export function Doctypes({ view, origin, onSite, onOpen, actions }: DoctypesProps) {
  const [edited, setEdited] = useState<{ doctype: Doctype | null } | null>(null);
  if (!edited) return <List listed={view.doctypes} actions={actions} onEdit={(doctype) => setEdited({ doctype })} />;
  return (
    <SiteGate sites={view.sites} origin={origin} onSite={onSite} onOpen={onOpen}>
      <RuleEditor
        key={`${origin} ${edited.doctype}`}
        origin={origin!}
        doctype={edited.doctype}
        listed={view.doctypes}
        actions={actions}
        onDone={() => setEdited(null)}
      />
    </SiteGate>
  );
}

interface ListProps {
  listed: ListedDoctype[];
  actions: DoctypeActions;
  /** Null: a new one. */
  onEdit: (doctype: Doctype | null) => void;
}

function List({ listed, actions, onEdit }: ListProps) {
  const [problem, setProblem] = useState<AppError | null>(null);
  const told = (result: Result<void>) => setProblem(result.ok ? null : result.error);
  return (
    <>
      <p class="ui-muted">{t('doctypes.intro')}</p>
      {problem && <Problem problem={problem} tone="bad" role="alert" onAction={() => setProblem(null)} />}
      <ul class="options-list" aria-label={t('doctypes.title')}>
        {listed.map((one) => (
          <Line
            key={one.rule.doctype}
            one={one}
            onSwitch={(on) => void actions.switch(one.rule.doctype, on).then(told)}
            onEdit={() => onEdit(one.rule.doctype)}
            onRemove={() => void actions.remove(one.rule.doctype).then(told)}
          />
        ))}
      </ul>
      <div class="panel-row">
        <Button look="primary" large icon={Plus} onClick={() => onEdit(null)}>
          {t('doctypes.add')}
        </Button>
      </div>
      <Files listed={listed} actions={actions} onProblem={setProblem} />
    </>
  );
}

interface LineProps {
  one: ListedDoctype;
  onSwitch: (on: boolean) => void;
  onEdit: () => void;
  onRemove: () => void;
}

function Line({ one, onSwitch, onEdit, onRemove }: LineProps) {
  const { rule, source, on } = one;
  return (
    <li class="options-line">
      <div class="options-line-text">
        <Switch
          label={rule.doctype}
          on={on}
          disabled={source === 'policy'}
          help={source === 'policy' ? `${ruleWords(rule)}. ${t('settings.managed')}` : ruleWords(rule)}
          onChange={onSwitch}
        />
      </div>
      {source !== 'policy' && (
        <IconButton icon={Pencil} label={t('doctypes.edit', { doctype: rule.doctype })} onClick={onEdit} />
      )}
      {source === 'own' && (
        <IconButton icon={Trash2} label={t('doctypes.remove', { doctype: rule.doctype })} onClick={onRemove} />
      )}
    </li>
  );
}

interface FilesProps {
  listed: ListedDoctype[];
  actions: DoctypeActions;
  onProblem: (problem: AppError | null) => void;
}

/** Carrying the rules to another browser, or to and from an integration that has only participants, e-mail and subject. */
function Files({ listed, actions, onProblem }: FilesProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<string | null>(null);
  const rules = listed.map(({ rule }) => rule);
  const read = async (file: File) => {
    const carried = readRuleFile(await file.text(), rules);
    if (!carried) return onProblem(NOT_A_FILE());
    const result = carried.rules.length ? await actions.save(carried.rules) : { ok: true as const, value: undefined };
    onProblem(result.ok ? null : result.error);
    if (!result.ok) return;
    const refused = carried.refused.length ? ` ${t('doctypes.refused', { names: carried.refused.join(', ') })}` : '';
    setSaid(t('doctypes.imported', { count: carried.rules.length }) + refused);
  };
  return (
    <section class="options-card" aria-labelledby={id}>
      <h3 id={id}>{t('doctypes.files')}</h3>
      <p class="ui-muted">{t('doctypes.filesHelp')}</p>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        class="ui-visually-hidden"
        tabIndex={-1}
        aria-label={t('doctypes.import')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) void read(file);
        }}
      />
      <div class="panel-row">
        <Button icon={Upload} onClick={() => input.current?.click()}>
          {t('doctypes.import')}
        </Button>
        <Button icon={Download} onClick={() => actions.download('deskside-doctypes.json', writeRuleFile(rules))}>
          {t('doctypes.export')}
        </Button>
        <Button
          icon={Download}
          onClick={() => actions.download('teams-participants.json', writeParticipantFile(rules))}
        >
          {t('doctypes.exportOld')}
        </Button>
      </div>
      {said && (
        <Notice tone="good" role="status">
          <p>{said}</p>
        </Notice>
      )}
    </section>
  );
}

const NOT_A_FILE = (): AppError => ({
  code: 'not-permitted',
  title: t('doctypes.notAFile'),
  text: t('doctypes.notAFileHow'),
});
