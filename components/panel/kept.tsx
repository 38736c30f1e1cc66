import { t } from '../../lib/i18n/translate.ts';
import type { Doctype } from '../../lib/model/ids.ts';
import type { Kept, KeptBy } from '../../lib/rpc/contract.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useCopied } from '../ui/use-copied.ts';
import type { PanelActions } from './actions.ts';

interface KeptProps<K> {
  kept: K;
  doctype: Doctype;
  actions: PanelActions;
}

/** Before there is a chat: its link would go into a comment, and why. */
export function WouldBeKept(props: KeptProps<Kept>) {
  return (
    <Notice title={t('kept.will')}>
      <p>{t(`kept.${props.kept.why}`, { doctype: props.doctype })}</p>
      <p>{t('kept.comment')}</p>
      <FieldButton {...props} />
    </Notice>
  );
}

/** Where the link of the chat on screen stands: a line that opens, since it matters seldom. */
export function KeptIn(props: KeptProps<KeptBy>) {
  const { kept, doctype } = props;
  return (
    <details class="panel-kept">
      <summary>{t('kept.is')}</summary>
      <p>
        {kept.mine ? t('kept.mine') : t('kept.theirs', { name: kept.by })} {t(`kept.${kept.why}`, { doctype })}
      </p>
      {kept.why !== 'cancelled' && <p>{t('kept.moves')}</p>}
      <FieldButton {...props} />
    </details>
  );
}

/** The chat that a comment names is not the record's: the person need not wait for whoever wrote it. */
export function Ignore({ onIgnore }: { onIgnore: () => void }) {
  return (
    <div class="panel-row">
      <Button onClick={onIgnore}>{t('kept.ignore')}</Button>
    </div>
  );
}

/** The field instead: created by an administrator at once, asked for by anybody else. */
function FieldButton({ kept, doctype, actions }: KeptProps<Kept>) {
  const [copied, copy] = useCopied();
  if (kept.why !== 'no-field') return null;
  if (kept.admin)
    return (
      <Button onClick={() => actions.act({ kind: 'create-field', label: t('kept.create') })}>{t('kept.create')}</Button>
    );
  return (
    <Button onClick={() => copy(t('kept.letter', { doctype }))}>{copied ? t('ui.copied') : t('kept.copy')}</Button>
  );
}
