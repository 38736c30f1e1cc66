import {
  FileArchive,
  FileAudio,
  FileCode,
  FileImage,
  FileSpreadsheet,
  FileText,
  FileVideo,
  type IconNode,
  File as PlainFile,
  Presentation,
} from 'lucide';
import { ExternalLink } from '../ui/external-link.tsx';
import { Icon } from '../ui/icon.tsx';

/** A file at a message. Its address asks for the person's own sign-in; nothing of it is fetched here. */
export function FileLink({ name, url }: { name: string; url: string }) {
  return (
    <p class="chat-file">
      <Icon icon={iconOf(name)} size={16} />
      <ExternalLink href={url} title={url}>
        <bdi>{name}</bdi>
      </ExternalLink>
    </p>
  );
}

/** By what a file's name ends in. */
export function iconOf(name: string): IconNode {
  const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
  return ICONS.find(([endings]) => endings.includes(ending))?.[1] ?? PlainFile;
}

const ICONS: readonly (readonly [endings: readonly string[], icon: IconNode])[] = [
  [['pdf', 'doc', 'docx', 'odt', 'rtf', 'txt', 'md', 'loop'], FileText],
  [['xls', 'xlsx', 'xlsm', 'csv', 'ods'], FileSpreadsheet],
  [['ppt', 'pptx', 'odp'], Presentation],
  [['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'heic', 'tif', 'tiff', 'svg'], FileImage],
  [['zip', '7z', 'rar', 'gz', 'tar'], FileArchive],
  [['mp3', 'wav', 'm4a', 'ogg', 'flac'], FileAudio],
  [['mp4', 'mov', 'webm', 'avi', 'mkv'], FileVideo],
  [['js', 'ts', 'py', 'json', 'xml', 'html', 'css', 'sql', 'sh', 'java', 'cs', 'yml', 'yaml'], FileCode],
];
