import { ArrowLeft, MessageSquareText } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatRecordDate } from '../../lib/i18n/record-date.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { PersonComment } from '../../lib/model/note.ts';
import { plainText } from '../chat/plain-text.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import type { PanelActions } from './actions.ts';
import { Loading } from './loading.tsx';

interface CommentsPageProps {
  actions: PanelActions;
  /** The words go into the composer, where the person reads, changes and sends them. */
  onTake: (text: string) => void;
  onBack: () => void;
}

/** What people wrote on the record in ERPNext, each ready to be brought up in the chat. Nothing is sent from here. */
export function CommentsPage({ actions, onTake, onBack }: CommentsPageProps) {
  const [comments, setComments] = useState<PersonComment[] | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEscape(onBack);
  useEffect(() => {
    heading.current?.focus();
    void actions.notes.comments().then((answer) => {
      if (answer.ok) setComments(answer.value);
      else setProblem(answer.error);
    });
  }, []);
  return (
    <section class="confirm" aria-labelledby="comments-title">
      <div class="confirm-head">
        <IconButton icon={ArrowLeft} flip label={t('confirm.back')} onClick={onBack} />
        <h2 id="comments-title" ref={heading} tabIndex={-1}>
          {t('notes.commentsTitle')}
        </h2>
      </div>
      <div class="confirm-body">
        {problem && <Problem problem={problem} onAction={actions.act} role="alert" />}
        {!comments && !problem && <Loading />}
        {comments?.length === 0 && (
          <EmptyState icon={MessageSquareText} title={t('notes.noComments')}>
            <p>{t('notes.noCommentsText')}</p>
          </EmptyState>
        )}
        <ul class="note-comments">
          {comments?.map((comment) => (
            <li key={comment.name}>
              <One comment={comment} onTake={onTake} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function One({ comment, onTake }: { comment: PersonComment; onTake: (text: string) => void }) {
  const text = plainText(comment.html);
  const time = formatRecordDate(comment.creation, false);
  return (
    <article class="note-comment">
      <p class="note-comment-head">
        <bdi class="chat-name">{comment.by}</bdi> <span class="ui-muted">{time}</span>
      </p>
      <p class="note-comment-text" dir="auto">
        {text}
      </p>
      <Button
        onClick={() => onTake(`${t('notes.commentBy', { name: comment.by, time })}\n${quoted(text)}\n`)}
        disabled={!text}
      >
        {t('notes.take')}
        <span class="ui-visually-hidden">
          {' '}
          {comment.by} {time}
        </span>
      </Button>
    </article>
  );
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}
