import { Hash, MessageSquare } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Conversation } from '../../lib/rpc/contract/archive.ts';
import { Icon } from '../ui/icon.tsx';

/** Which conversation it is: its record's title, or its own name, and under that what else tells it apart. */
export function ConversationName({ of, account }: { of: Conversation; account: string | null }) {
  const [record, ...others] = of.records;
  const title = (!of.channel && record?.title) || of.name || record?.name || t('archive.noName');
  const about = [
    ...(record ? [`${record.doctype} ${record.name}`] : []),
    ...(others.length ? [t('archive.moreRecords', { count: others.length })] : []),
    ...(account ? [account] : []),
  ];
  return (
    <span class="archive-name">
      <Icon icon={of.channel ? Hash : MessageSquare} size={14} />
      <bdi class="archive-name-title">{title}</bdi>
      {about.length > 0 && <bdi class="ui-muted">{about.join(' · ')}</bdi>}
    </span>
  );
}
