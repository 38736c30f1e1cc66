import { useState } from 'preact/hooks';
import { formatList } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import type { AppError } from '../../lib/model/errors.ts';
import type { Email } from '../../lib/model/ids.ts';
import type { Person } from '../../lib/model/person.ts';
import type { ChatPreview } from '../../lib/rpc/contract.ts';
import { chosenMembers, firstChoices, keyOf, personOf } from '../people/choose.ts';
import { ParticipantRow } from '../people/participant-row.tsx';
import type { PhotoOf } from '../people/photo-of.ts';
import { useChoices } from '../people/use-choices.ts';
import { Button } from '../ui/button.tsx';
import { Notice, Problem } from '../ui/notice.tsx';
import type { PanelActions } from './actions.ts';

interface ConfirmFormProps {
  preview: ChatPreview;
  actions: PanelActions;
  photoOf: PhotoOf;
  onBack: () => void;
  /** What is shown does not hold any more: ask again. */
  onAgain: () => void;
}

/** Who will be in the chat, to be agreed to once; nobody is left out silently. */
export function ConfirmForm({ preview, actions, photoOf, onBack, onAgain }: ConfirmFormProps) {
  const { choices, leaveOut, pick } = useChoices(() => firstChoices(preview.people, preview.limit));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const members = chosenMembers(preview.people, choices);
  // Each photo is a request to Microsoft: a crowd is shown by its initials.
  const crowd = preview.people.length > MOST_PHOTOS;
  const me = preview.people.find((line) => line.isMe);
  const myId = me && personOf(me, choices)?.id;
  const others = members.filter((m) => m.userId !== myId).length;
  const undecided = preview.people.some(
    (line) =>
      line.resolution.state === 'ambiguous' &&
      !choices.leftOut.has(keyOf(line.participant)) &&
      !personOf(line, choices),
  );
  const off = offReason({ preview, count: members.length, others, undecided });

  const confirm = async (email: Email, person: Person) => {
    const result = await actions.confirmPerson(email, person.id);
    if (result.ok) onAgain();
    else setProblem(result.error);
  };
  const create = async () => {
    setBusy(true);
    setProblem(null);
    const result = await actions.create(members);
    setBusy(false);
    if (result.ok) onBack();
    else setProblem(result.error);
  };

  return (
    <>
      <div class="confirm-body">
        <dl class="confirm-topic">
          <dt class="ui-label">{t('confirm.topic')}</dt>
          <dd dir="auto">{preview.topic}</dd>
        </dl>
        <h3 class="ui-label">{t('confirm.people', { count: preview.people.length })}</h3>
        <ul class="people-list">
          {preview.people.map((line) => (
            <ParticipantRow
              key={keyOf(line.participant)}
              line={line}
              choices={choices}
              photoOf={crowd ? noPhoto : photoOf}
              onLeaveOut={leaveOut}
              onPick={pick}
              onConfirm={(email, person) => void confirm(email, person)}
            />
          ))}
        </ul>
        {preview.unsavedPeople.length > 0 && (
          <Notice tone="info" title={t('confirm.unsavedTitle')}>
            <p>{t('confirm.unsaved', { names: formatList(preview.unsavedPeople) })}</p>
          </Notice>
        )}
        {preview.refusal && <Problem problem={preview.refusal} onAction={actions.act} />}
        {problem && <Problem problem={problem} onAction={actions.act} role="alert" />}
      </div>
      <footer class="confirm-foot">
        {off?.text && (
          <p id="confirm-off" class="ui-muted" role="status">
            {off.text}
          </p>
        )}
        <Button
          look="primary"
          large
          busy={busy}
          disabled={off !== null}
          {...(off?.text ? { describedBy: 'confirm-off' } : {})}
          onClick={() => void create()}
        >
          {busy ? t('confirm.busy') : off ? off.title : t('confirm.button', { count: others })}
        </Button>
      </footer>
    </>
  );
}

const MOST_PHOTOS = 40;
const noPhoto: PhotoOf = () => null;

/** Why the button is off, in its own words, and what to do about it where nothing above says so. */
interface Off {
  title: string;
  text?: string;
}

function offReason(has: { preview: ChatPreview; count: number; others: number; undecided: boolean }): Off | null {
  const { refusal, limit } = has.preview;
  if (refusal) return { title: refusal.title };
  if (has.undecided) return { title: t('confirm.offUndecided'), text: t('confirm.undecided') };
  if (has.count > limit)
    return { title: t('confirm.offTooMany'), text: t('confirm.tooMany', { limit, count: has.count - limit }) };
  if (has.others === 0) return { title: t('confirm.offNobody'), text: t('confirm.nobody') };
  return null;
}
