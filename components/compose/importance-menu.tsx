import { CircleAlert, MessageSquare, Siren } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { Message } from '../../lib/model/message.ts';
import { ToolLine, ToolMenu } from './tool-menu.tsx';

type Importance = Message['importance'];
const ALL: readonly Importance[] = ['normal', 'high', 'urgent'];
export const IMPORTANCE_ICONS = { normal: MessageSquare, high: CircleAlert, urgent: Siren };

interface ImportanceMenuProps {
  importance: Importance;
  onImportance: (importance: Importance) => void;
}

/** How urgent the message is; what Teams makes of it is said beside each. */
export function ImportanceMenu({ importance, onImportance }: ImportanceMenuProps) {
  return (
    <ToolMenu
      icon={importance === 'urgent' ? Siren : CircleAlert}
      label={t('compose.importance')}
      pressed={importance !== 'normal'}
    >
      {(close) =>
        ALL.map((one) => (
          <ToolLine
            key={one}
            icon={IMPORTANCE_ICONS[one]}
            label={t(`compose.importance.${one}`)}
            text={t(`compose.importanceText.${one}`)}
            pressed={one === importance}
            onClick={() => {
              onImportance(one);
              close();
            }}
          />
        ))
      }
    </ToolMenu>
  );
}
