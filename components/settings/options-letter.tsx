import { Copy } from 'lucide';
import { useId } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { FieldLine } from '../../lib/model/custom-field.ts';
import { Button } from '../ui/button.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Notice } from '../ui/notice.tsx';
import { useCopied } from '../ui/use-copied.ts';

/** For everybody else: what an administrator has to do, as a text to send. */
export function AdminLetter({ host, fields }: { host: string; fields: FieldLine[] }) {
  const id = useId();
  const [copied, copy] = useCopied();
  const asked = fields.filter(({ state }) => state !== 'ok');
  if (asked.length === 0)
    return (
      <Notice tone="good">
        <p>{t('fields.complete')}</p>
      </Notice>
    );
  const lines = asked.map(({ doctype, fieldname, state, faults }) => {
    const what = state === 'missing' ? [t('fields.missing')] : faults.map((fault) => t(`fields.fault.${fault}`));
    return `– ${doctype}: ${fieldname} (${what.join(' ')})`;
  });
  const text = [t('fields.letterHello', { host }), ...lines, t('fields.letterHow')].join('\n');
  const mail = `mailto:?subject=${encodeURIComponent(t('fields.letterSubject', { host }))}&body=${encodeURIComponent(text)}`;
  return (
    <section class="options-card" aria-labelledby={id}>
      <h3 id={id}>{t('fields.letterTitle')}</h3>
      <p class="ui-muted">{t('fields.letterWhy')}</p>
      <textarea class="ui-input options-text" readOnly aria-labelledby={id} value={text} />
      <div class="panel-row">
        <Button icon={Copy} onClick={() => copy(text)}>
          {copied ? t('ui.copied') : t('ui.copy')}
        </Button>
        <ExternalLink look="button" href={mail}>
          {t('fields.letterMail')}
        </ExternalLink>
      </div>
    </section>
  );
}
