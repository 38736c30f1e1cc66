import { ArrowLeft } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatDuration } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { Chat } from '../../lib/model/chat.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { Email, UserId } from '../../lib/model/ids.ts';
import type { ResolvedParticipant } from '../../lib/model/participant.ts';
import type { Person } from '../../lib/model/person.ts';
import type { KeptBy, MembersView, RecordView } from '../../lib/rpc/contract.ts';
import { chatLink } from '../chat/deep-links.ts';
import { type Choices, chosenMembers, keyOf } from '../people/choose.ts';
import { ExtraMembers } from '../people/extra-members.tsx';
import { ParticipantRow } from '../people/participant-row.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { useChoices } from '../people/use-choices.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Problem } from '../ui/notice.tsx';
import { Switch } from '../ui/switch.tsx';
import { useEscape } from '../ui/use-escape.ts';
import type { PanelActions } from './actions.ts';
import { AskPermission } from './ask-permission.tsx';
import { Unlink } from './unlink.tsx';

interface MembersPageProps {
  view: RecordView;
  chat: Chat;
  /** Its link stands in a comment. */
  kept?: KeptBy | undefined;
  compared: MembersView;
  actions: PanelActions;
  photoOf: PhotoOf;
  onBack: () => void;
}

/** The record's people beside the chat's members: whom to add, whom nobody can add and why, who is there besides. */
export function MembersPage({ view, chat, kept, compared, actions, photoOf, onBack }: MembersPageProps) {
  const { missing, unresolved, extra } = compared;
  const { choices, leaveOut, pick } = useChoices(() => firstChoices(compared));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEscape(onBack);
  useEffect(() => heading.current?.focus(), []);

  const ids = chosenMembers([...missing, ...unresolved], choices).map((member) => member.userId);
  const tooMany = ids.length > compared.room;
  const add = async () => {
    setBusy(true);
    setProblem(null);
    const result = await actions.addMembers(chat.id, ids);
    setBusy(false);
    if (result.ok) onBack();
    else setProblem(result.error);
  };
  const takeOut = async (membershipId: string) => {
    const result = await actions.takeOut(chat.id, membershipId);
    setProblem(result.ok ? null : result.error);
  };
  const confirm = async (email: Email, person: Person) => {
    const result = await actions.confirmPerson(email, person.id);
    setProblem(result.ok ? null : result.error);
  };
  const row = (line: ResolvedParticipant) => (
    <ParticipantRow
      key={keyOf(line.participant)}
      line={line}
      choices={choices}
      photoOf={photoOf}
      onLeaveOut={leaveOut}
      onPick={pick}
      onConfirm={(email, person) => void confirm(email, person)}
    />
  );

  return (
    <section class="confirm" aria-labelledby="members-title">
      <div class="confirm-head">
        <IconButton icon={ArrowLeft} flip label={t('confirm.back')} onClick={onBack} />
        <h2 id="members-title" ref={heading} tabIndex={-1}>
          {t('members.title')}
        </h2>
      </div>
      <div class="confirm-body">
        {missing.length + unresolved.length === 0 && <p>{t('members.inStep')}</p>}
        {missing.length > 0 && (
          <>
            <h3 class="ui-label">{t('members.missing', { count: missing.length })}</h3>
            <ul class="people-list">{missing.map(row)}</ul>
            <p class="ui-muted">{t('members.noHistory')}</p>
          </>
        )}
        {unresolved.length > 0 && (
          <>
            <h3 class="ui-label">{t('members.unresolved')}</h3>
            <ul class="people-list">{unresolved.map(row)}</ul>
          </>
        )}
        <ExtraMembers
          extra={extra}
          photoOf={photoOf}
          mayRemove={compared.mayRemove}
          otherwise={
            view.chat.kind === 'linked' && (
              <AskPermission
                text={t('members.mayNotRemove')}
                consentUrl={view.chat.care.removeConsentUrl}
                chatUrl={chatLink(chat.id, chat.webUrl)}
                onAsk={actions.askMembers}
              />
            )
          }
          onTakeOut={takeOut}
        />
        {compared.mayAdd && (
          <>
            <h3 class="ui-label">{t('members.autoTitle')}</h3>
            <Switch
              label={t('members.autoDoctype', { doctype: view.ref.doctype })}
              on={view.auto.doctype}
              disabled={view.auto.managed}
              onChange={(on) => actions.setAuto('doctype', on)}
            />
            <Switch
              label={t('members.autoSite', { site: new URL(view.ref.origin).host })}
              on={view.auto.site}
              disabled={view.auto.managed}
              help={view.auto.managed ? t('settings.managed') : t('members.autoHelp')}
              onChange={(on) => actions.setAuto('site', on)}
            />
          </>
        )}
        <h3 class="ui-label">{t('unlink.heading')}</h3>
        {kept && !kept.mine ? (
          <p class="ui-muted">{t('kept.notYours', { name: kept.by })}</p>
        ) : (
          <Unlink onUnlink={() => actions.takeChat(chat.id)} />
        )}
        {problem && <Problem problem={problem} onAction={actions.act} role="alert" />}
      </div>
      <footer class="confirm-foot">
        {!compared.mayAdd && (
          <p id="members-off" class="ui-muted">
            {t('members.mayNotAdd')}
          </p>
        )}
        {compared.mayAdd && tooMany && (
          <p id="members-off" class="ui-muted" role="status">
            {t('members.tooMany', { room: Math.max(0, compared.room) })}
          </p>
        )}
        {compared.mayAdd && !tooMany && ids.length > 0 && (
          <p id="members-off" class="ui-muted">
            {t('members.takes', { time: formatDuration(secondsFor(ids, compared)) })}
          </p>
        )}
        <Button
          look="primary"
          large
          busy={busy}
          disabled={!compared.mayAdd || tooMany || ids.length === 0}
          describedBy="members-off"
          onClick={() => void add()}
        >
          {ids.length === 0 ? t('members.addNobody') : t('members.add', { count: ids.length })}
        </Button>
      </footer>
    </section>
  );
}

/** Whom the person had set aside stays so; guests and outsiders are added by a deliberate tick. */
function firstChoices({ missing, dismissed }: MembersView): Choices {
  const aside = new Set(dismissed);
  const out = missing.filter(
    ({ resolution }) => resolution.state === 'guest' || ('person' in resolution && aside.has(resolution.person.id)),
  );
  return { leftOut: new Set(out.map((line) => keyOf(line.participant))), picked: new Map() };
}

/** The price of some is the price of all, cut in proportion to the minutes it takes. */
function secondsFor(ids: readonly UserId[], { missing, seconds }: MembersView): number {
  return missing.length === 0 ? seconds : Math.ceil((seconds * ids.length) / missing.length);
}
