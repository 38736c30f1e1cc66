import { ArrowLeft } from 'lucide';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Member } from '../../lib/model/chat.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChannelView, ThreadView } from '../../lib/rpc/contract/channels.ts';
import type { RecordView } from '../../lib/rpc/contract.ts';
import { Loading } from '../panel/loading.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { IconButton } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import { ChannelContext, type ChannelPage } from './channel-side.ts';
import { Thread } from './thread.tsx';

interface ThreadAloneProps {
  page: Extract<ChannelPage, { kind: 'thread' }>;
  view: ChannelView;
  record: RecordView;
  people: readonly Member[];
  photoOf: PhotoOf;
  now: number;
}

/** One thread with all its answers, in the place of the others: what was searched for, or too long to stand among them. */
export function ThreadAlone({ page, view, record, people, photoOf, now }: ThreadAloneProps) {
  const side = useContext(ChannelContext)!;
  const [thread, setThread] = useState<ThreadView | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const box = useRef<HTMLElement>(null);
  const back = () => side.turn(page.from === null ? null : { kind: 'search', text: page.from });
  useEscape(back);
  useEffect(() => {
    let gone = false;
    void side.thread(page.id).then((answer) => {
      if (gone) return;
      setProblem(answer.ok ? null : answer.error);
      if (answer.ok) setThread(answer.value);
    });
    return () => {
      gone = true;
    };
    // Read again with the others
  }, [page.id, side.threads]);
  const shown = thread !== null;
  useEffect(() => {
    const line = box.current?.querySelector<HTMLElement>(`[data-line="${CSS.escape(page.id)}"]`);
    line?.scrollIntoView({ block: 'center' });
    line?.focus({ preventScroll: true });
  }, [shown, page.id]);
  return (
    <section ref={box} class="confirm" aria-labelledby="thread-title">
      <div class="confirm-head">
        <IconButton
          icon={ArrowLeft}
          flip
          label={t(page.from === null ? 'channel.backToThreads' : 'channel.backToSearch')}
          onClick={back}
        />
        <h2 id="thread-title">{t('channel.thread')}</h2>
      </div>
      <div class="channel-threads">
        {problem && <Problem problem={problem} role="alert" onAction={side.act} />}
        {!thread && !problem && <Loading />}
        {thread && <Thread {...{ thread, view, record, people, photoOf, now }} whole={{ found: page.id }} />}
      </div>
    </section>
  );
}
