import { IdCard, X } from 'lucide';
import { t } from '../../lib/i18n/translate.ts';
import type { WrittenCard } from '../../lib/model/writing.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

/** The cards that go along. */
export function Cards({ cards, onRemove }: { cards: readonly WrittenCard[]; onRemove: (id: string) => void }) {
  if (cards.length === 0) return null;
  return (
    <ul class="compose-cards" aria-label={t('compose.cards')}>
      {cards.map(({ id, title }) => (
        <li key={id}>
          <Icon icon={IdCard} />
          <span dir="auto">{title}</span>
          <IconButton icon={X} size={14} label={t('compose.removeOne', { name: title })} onClick={() => onRemove(id)} />
        </li>
      ))}
    </ul>
  );
}
