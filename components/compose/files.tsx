import { Check, Link, X } from 'lucide';
import { formatBytes } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { WrittenFile } from '../../lib/model/upload.ts';
import { iconOf } from '../chat/file-link.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Notice } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import { useCopied } from '../ui/use-copied.ts';

export interface FilesProps {
  /** Being made ready; `kept` in bytes. */
  keeping: readonly (WrittenFile & { kept: number })[];
  onRemove: (id: string) => void;
  /** Whether files may be put into OneDrive, and the link that asks the administrator for it. */
  upload: { allowed: boolean; adminConsentUrl: string };
  onAllow: () => void;
}

interface FileStripProps extends FilesProps {
  files: readonly WrittenFile[];
  outsiders: boolean;
}

/** The files that go along, what becomes of them, and what is missing for that. */
export function FileStrip({ files, keeping, onRemove, upload, onAllow, outsiders }: FileStripProps) {
  if (files.length + keeping.length === 0) return null;
  const lines = [...files.map((file) => ({ ...file, kept: file.size })), ...keeping];
  return (
    <div class="compose-files">
      <ul aria-label={t('upload.files')}>
        {lines.map(({ id, name, size, kept }) => (
          <li key={id}>
            <Icon icon={iconOf(name)} />
            <bdi class="compose-file-name">{name}</bdi>
            <span class="ui-muted">{formatBytes(size)}</span>
            {kept < size && <Progress label={t('upload.keeping', { name })} done={kept} total={size} />}
            <IconButton icon={X} size={14} label={t('compose.removeOne', { name })} onClick={() => onRemove(id)} />
          </li>
        ))}
      </ul>
      {upload.allowed ? (
        <p class="ui-muted">{t('upload.where')}</p>
      ) : (
        <NotAllowed adminConsentUrl={upload.adminConsentUrl} onAllow={onAllow} />
      )}
      {outsiders && (
        <Notice tone="warn" role="status">
          <p>{t('upload.outsiders')}</p>
        </Notice>
      )}
    </div>
  );
}

/** Asked for at the first file, and not before. */
function NotAllowed({ adminConsentUrl, onAllow }: { adminConsentUrl: string; onAllow: () => void }) {
  const [copied, copy] = useCopied();
  return (
    <Notice title={t('upload.allowTitle')} role="status">
      <p>{t('upload.allowText')}</p>
      <div class="panel-row">
        <Button look="primary" onClick={onAllow}>
          {t('upload.allow')}
        </Button>
        <Button icon={copied ? Check : Link} onClick={() => copy(adminConsentUrl)}>
          {copied ? t('ui.copied') : t('history.copy')}
        </Button>
      </div>
    </Notice>
  );
}
