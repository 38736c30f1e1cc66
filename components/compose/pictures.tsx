import { X } from 'lucide';
import { useId, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { WrittenImage } from '../../lib/model/writing.ts';
import { IconButton } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';

export interface PicturesProps {
  images: readonly WrittenImage[];
  /** More are being made ready. */
  busy: boolean;
  /** In base64, once it is here. */
  bytesOf: (image: WrittenImage) => string | null;
  onRemove: (id: string) => void;
  onDescribe: (id: string, alt: string) => void;
}

/** The pictures that go along, each with what it shows in words. */
export function PictureStrip({ images, busy, bytesOf, onRemove, onDescribe }: PicturesProps) {
  const id = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const described = images.find((image) => image.id === chosen);
  if (images.length === 0 && !busy) return null;
  return (
    <div class="compose-pictures">
      <ul class="compose-strip" aria-label={t('compose.pictures')}>
        {images.map((image, i) => {
          const bytes = bytesOf(image);
          const name = image.alt || image.name || t('compose.picture', { count: i + 1 });
          return (
            <li key={image.id} class="compose-picture">
              <button
                type="button"
                class="compose-picture-button"
                title={t('compose.describe')}
                aria-label={t('compose.describeOne', { name })}
                aria-expanded={image.id === chosen}
                onClick={() => setChosen(image.id === chosen ? null : image.id)}
              >
                {bytes ? <img src={`data:${image.contentType};base64,${bytes}`} alt="" /> : <Spinner size={16} />}
                {!image.alt && <span class="compose-picture-alt">{t('compose.altMissing')}</span>}
              </button>
              <IconButton
                icon={X}
                size={12}
                label={t('compose.removeOne', { name })}
                onClick={() => onRemove(image.id)}
              />
            </li>
          );
        })}
        {busy && (
          <li class="compose-picture compose-picture-busy" role="status">
            <Spinner size={16} />
            <span class="ui-visually-hidden">{t('compose.pictureBusy')}</span>
          </li>
        )}
      </ul>
      {described && (
        <label class="ui-field" for={`${id}-alt`}>
          <span class="ui-label">{t('compose.altLabel')}</span>
          <input
            id={`${id}-alt`}
            class="ui-input"
            maxLength={300}
            value={described.alt}
            placeholder={t('compose.altPlaceholder')}
            onInput={(event) => onDescribe(described.id, event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.isComposing) return;
              event.preventDefault();
              setChosen(null);
            }}
          />
        </label>
      )}
    </div>
  );
}
