import { File, LockKeyhole } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Result } from '../../lib/model/errors.ts';
import type { RecordFile } from '../../lib/model/record-card.ts';
import { Notice, Problem } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { ToolLine } from './tool-menu.tsx';
import { useLoaded } from './use-loaded.ts';

interface RecordFilesProps {
  load: () => Promise<Result<RecordFile[]>>;
  outsiders: boolean;
  /** Puts this link into the text. */
  onLink: (text: string) => void;
}

/** Files that hang on the record in ERPNext, to be linked: nothing is copied, and who may open one is said. */
export function RecordFiles({ load, outsiders, onLink }: RecordFilesProps) {
  const answer = useLoaded(load);
  if (!answer) return <Spinner size={16} />;
  if (!answer.ok) return <Problem problem={answer.error} onAction={() => {}} />;
  if (answer.value.length === 0) return <p class="compose-nothing">{t('compose.noFiles')}</p>;
  return (
    <div class="compose-page">
      {outsiders && (
        <Notice tone="warn" role="status">
          <p>{t('compose.filesOutsiders')}</p>
        </Notice>
      )}
      <div class="compose-lines">
        {answer.value.map((file) => (
          <ToolLine
            key={file.url}
            icon={file.isPrivate ? LockKeyhole : File}
            label={file.name}
            text={t(file.isPrivate ? 'compose.filePrivate' : 'compose.filePublic')}
            onClick={() => onLink(linkTo(file))}
          />
        ))}
      </div>
    </div>
  );
}

/** `[name](address) `, in which neither may end early. */
function linkTo({ name, url }: RecordFile): string {
  const address = url.replace(/[()]/g, (sign) => (sign === '(' ? '%28' : '%29'));
  return `[${name.replace(/\[/g, '(').replace(/\]/g, ')')}](${address}) `;
}
