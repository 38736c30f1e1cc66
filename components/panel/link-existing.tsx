import { ArrowLeft } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatList } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { ChatId, RecordKey, UserId } from '../../lib/model/ids.ts';
import type { FoundChat, LinkedRecord } from '../../lib/rpc/contract.ts';
import { MemberStack } from '../people/member-list.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import { useEscape } from '../ui/use-escape.ts';
import type { PanelActions } from './actions.ts';
import { Loading } from './loading.tsx';

interface LinkExistingProps {
  me: UserId;
  actions: PanelActions;
  photoOf: PhotoOf;
  onBack: () => void;
}

const PAUSE_MS = 350;

/** One of the person's own chats instead of a new one: found by its name or its people. */
export function LinkExisting({ me, actions, photoOf, onBack }: LinkExistingProps) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<FoundChat[] | null>(null);
  const [sharedWith, setSharedWith] = useState<{ chat: FoundChat; records: LinkedRecord[] } | null>(null);
  const [busy, setBusy] = useState<ChatId | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEscape(onBack);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(
      async () => {
        const result = await actions.findChats(text);
        if (gone) return;
        if (result.ok) setFound(result.value);
        setProblem(result.ok ? null : result.error);
      },
      text === '' ? 0 : PAUSE_MS,
    );
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text, actions]);

  const put = async (chat: FoundChat, shared = false) => {
    setBusy(chat.id);
    const result = await actions.putChat(chat.id, shared);
    setBusy(null);
    setProblem(result.ok ? null : result.error);
    setSharedWith(result.ok && result.value.length > 0 ? { chat, records: result.value } : null);
  };

  return (
    <section class="confirm" aria-labelledby="link-title">
      <div class="confirm-head">
        <IconButton icon={ArrowLeft} flip label={t('confirm.back')} onClick={onBack} />
        <h2 id="link-title">{t('link.title')}</h2>
      </div>
      <div class="confirm-body">
        <input
          ref={field}
          type="search"
          class="ui-input"
          aria-label={t('link.search')}
          placeholder={t('link.search')}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        {problem && <Problem problem={problem} onAction={actions.act} role="alert" />}
        {sharedWith && (
          <Notice tone="warn" role="alert" title={t('link.sharedTitle')}>
            <p dir="auto">
              {t('link.shared', {
                topic: sharedWith.chat.topic || t('unconfirmed.noTopic'),
                records: formatList(sharedWith.records.map(({ doctype, name }) => `${doctype} ${name}`)),
              })}
            </p>
            <div class="panel-row">
              <Button look="primary" busy={busy !== null} onClick={() => void put(sharedWith.chat, true)}>
                {t('link.sharedYes')}
              </Button>
              <Button onClick={() => setSharedWith(null)}>{t('link.sharedNo')}</Button>
            </div>
          </Notice>
        )}
        {!found && !problem && <Loading />}
        <p class="ui-muted" role="status">
          {found?.length === 0 ? t(text ? 'link.nothing' : 'link.none') : ''}
        </p>
        <ul class="people-list">
          {found?.map((chat) => (
            <li key={chat.id} class="people-row">
              <div class="people-text">
                <span class="people-name" dir="auto">
                  {chat.topic || t('unconfirmed.noTopic')}
                </span>
                <MemberStack members={chat.members} me={me} photoOf={photoOf} />
                {chat.of.map((record) => (
                  <Owner key={record.key} record={record} onOpen={actions.openRecord} />
                ))}
              </div>
              <Button busy={busy === chat.id} disabled={busy !== null} onClick={() => void put(chat)}>
                {t('link.put')}
                <span class="ui-visually-hidden"> {chat.topic}</span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
      <footer class="confirm-foot">
        <p class="ui-muted">{t('link.help')}</p>
      </footer>
    </section>
  );
}

/** Whose chat it is already, or was. */
function Owner({ record, onOpen }: { record: FoundChat['of'][number]; onOpen: (key: RecordKey) => void }) {
  const words = `${record.doctype} ${record.name}`;
  return (
    <span class="people-mail" dir="auto">
      {record.gone ? (
        t('link.gone', { record: words })
      ) : (
        <>
          {t('link.of')}{' '}
          <button type="button" class="ui-link-button" onClick={() => onOpen(record.key)}>
            {words}
          </button>
        </>
      )}
    </span>
  );
}
