import { ImageOff, RotateCw } from 'lucide';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { HostedContent } from '../../lib/model/hosted-content.ts';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ExternalLink } from '../ui/external-link.tsx';
import { Icon } from '../ui/icon.tsx';
import { messageLink, postLink } from './deep-links.ts';
import { ReadingContext } from './reading.ts';

/** A picture as a message holds it. Sizes in CSS pixels, null where the message does not say. */
export interface HostedPicture {
  content: HostedContent;
  alt: string;
  width: number | null;
  height: number | null;
}

/**
 * A picture that lies at Microsoft, in a box that has its size before it is there, so that nothing moves when it comes.
 * It is fetched once it is nearly on screen.
 */
export function Picture({ content, alt, width, height }: HostedPicture) {
  const { pictures } = useContext(ReadingContext);
  const box = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const state = pictures.stateOf(content);
  const name = alt || t('picture.nameless');

  useEffect(() => whileNear(box.current!, () => pictures.want(content)), [pictures, key(content)]);

  const [w, h] = fitted(width, height);
  return (
    <span
      ref={box}
      class="chat-picture-box"
      data-name={alt}
      style={{ inlineSize: `${w}px`, aspectRatio: `${w} / ${h}` }}
    >
      {state.kind === 'there' && (
        <button
          type="button"
          class="chat-picture-open"
          aria-label={t('picture.open', { name })}
          onClick={() => setOpen(true)}
        >
          <img src={state.url} alt="" draggable={false} />
        </button>
      )}
      {state.kind === 'waiting' && (
        <span class="chat-picture-wait" role="img" aria-label={t('picture.loading', { name })} />
      )}
      {state.kind === 'failed' && (
        <span class="chat-picture-failed" title={state.problem.text}>
          <span class="ui-visually-hidden">{t('picture.failed', { name })}</span>
          <Icon icon={ImageOff} size={14} />
          <span class="chat-picture-why">{state.problem.title}</span>
          <IconButton icon={RotateCw} size={14} label={t('picture.again')} onClick={() => pictures.again(content)} />
        </span>
      )}
      {open && state.kind === 'there' && (
        <Dialog
          title={name}
          large
          onClose={() => setOpen(false)}
          tools={<ExternalLink look="icon" href={linkOf(content)} label={t('chat.openMessage')} />}
        >
          <div class="chat-picture-large">
            <img src={state.url} alt={name} />
          </div>
        </Dialog>
      )}
    </span>
  );
}

/** What fits into a bubble, in the same proportions; some box where no size is known. */
function fitted(width: number | null, height: number | null): [number, number] {
  const [w, h] = [width ?? UNKNOWN[0], height ?? UNKNOWN[1]];
  const shrink = Math.min(1, MOST[0] / w, MOST[1] / h);
  return [Math.max(LEAST, Math.round(w * shrink)), Math.max(LEAST, Math.round(h * shrink))];
}

const UNKNOWN = [240, 160] as const;
const MOST = [420, 320] as const;
const LEAST = 28;

/** How far from the screen a picture is asked for. */
const NEAR = '400px';

function whileNear(el: Element, begin: () => () => void): () => void {
  let end: (() => void) | null = null;
  const look = (near: boolean) => {
    if (near) end ??= begin();
    else {
      end?.();
      end = null;
    }
  };
  const root = el.closest('.chat-scroll');
  const observer = new IntersectionObserver((entries) => look(entries.some((entry) => entry.isIntersecting)), {
    root,
    rootMargin: NEAR,
  });
  observer.observe(el);
  return () => {
    observer.disconnect();
    look(false);
  };
}

function linkOf({ chatId, teamId, messageId, replyId }: HostedContent): string {
  if (teamId) return postLink({ teamId, id: chatId }, { id: replyId ?? messageId, thread: messageId });
  return messageLink(chatId, messageId);
}

function key(content: HostedContent): string {
  return JSON.stringify(content);
}
