import { useId } from 'preact/hooks';
import { t } from '../../lib/i18n/translate.ts';
import type { Email } from '../../lib/model/ids.ts';
import type { ResolvedParticipant } from '../../lib/model/participant.ts';
import type { Person } from '../../lib/model/person.ts';
import { Button } from '../ui/button.tsx';
import { type Choices, keyOf, personOf } from './choose.ts';
import type { PhotoOf } from './photo-of.ts';
import { useReach } from './reach.tsx';

interface ParticipantRowProps {
  line: ResolvedParticipant;
  choices: Choices;
  photoOf: PhotoOf;
  onLeaveOut: (key: string, out: boolean) => void;
  onPick: (key: string, person: Person | null) => void;
  /** The account that ERPNext names is theirs indeed. */
  onConfirm: (email: Email, person: Person) => void;
}

/** One person of the record before the chat is made: in or out, who they are in Microsoft 365, and what to do if nobody. */
export function ParticipantRow({ line, choices, photoOf, onLeaveOut, onPick, onConfirm }: ParticipantRowProps) {
  const id = useId();
  const key = keyOf(line.participant);
  const person = personOf(line, choices);
  const { resolution } = line;
  const able = resolution.state !== 'not-found' && resolution.state !== 'no-email';
  const name = person?.displayName || line.participant.name || line.participant.email || t('chat.unknownPerson');
  const included = able && !choices.leftOut.has(key);
  const { face, ways } = useReach({
    userId: person?.id ?? null,
    name,
    src: person ? photoOf(person.id) : null,
    email: person && !line.isMe ? (person.mail ?? person.userPrincipalName) : null,
  });
  return (
    <li class={`people-row ${able ? '' : 'people-row-off'}`}>
      <input
        id={id}
        type="checkbox"
        class="ui-check"
        checked={line.isMe ? able : included}
        disabled={!able || line.isMe}
        aria-describedby={`${id}-note`}
        onChange={(event) => onLeaveOut(key, !event.currentTarget.checked)}
      />
      {face}
      <div class="people-text">
        <label class="people-name" for={id} dir="auto">
          {name} {line.isMe && <span class="ui-muted">{t('people.you')}</span>}
        </label>
        <span id={`${id}-note`} class="people-mail">
          {noteOf(line, person)}
        </span>
        {resolution.state === 'ambiguous' && included && (
          <select
            class="ui-input"
            aria-label={t('people.whichOf', { name: line.participant.name })}
            value={person?.id ?? ''}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              onPick(key, resolution.people.find((p) => p.id === chosen) ?? null);
            }}
          >
            <option value="">{t('people.choose')}</option>
            {resolution.people.map((p) => (
              <option key={p.id} value={p.id}>
                {p.displayName} – {p.mail ?? p.userPrincipalName}
              </option>
            ))}
          </select>
        )}
        <OtherNamed line={line} onConfirm={onConfirm} />
        {ways}
      </div>
      <Tag line={line} person={person} />
    </li>
  );
}

/** Whom ERPNext names instead; nobody is added by that alone. */
function OtherNamed({ line, onConfirm }: Pick<ParticipantRowProps, 'line' | 'onConfirm'>) {
  const { notBelieved, participant } = line;
  const { email } = participant;
  if (!notBelieved || !email) return null;
  const name = notBelieved.displayName;
  const address = notBelieved.mail ?? notBelieved.userPrincipalName;
  return (
    <div class="people-other">
      <p class="people-mail">{t('people.otherNamed', { who: `${name} (${address})` })}</p>
      <Button onClick={() => onConfirm(email, notBelieved)}>{t('people.otherConfirm', { name })}</Button>
    </div>
  );
}

function noteOf(line: ResolvedParticipant, person: Person | null): string {
  switch (line.resolution.state) {
    case 'no-email': {
      const { hiddenIn } = line.participant;
      return hiddenIn
        ? t('people.hiddenNote', { where: `${hiddenIn.doctype} ${hiddenIn.name}` })
        : t('people.noEmailNote');
    }
    case 'not-found':
      return t('people.notFoundNote', { email: line.participant.email ?? '' });
    case 'ambiguous':
      return person ? (person.mail ?? person.userPrincipalName) : t('people.ambiguousNote');
    default:
      return person?.mail ?? line.participant.email ?? '';
  }
}

function Tag({ line, person }: { line: ResolvedParticipant; person: Person | null }) {
  if (line.resolution.state === 'no-email') return <span class="ui-badge ui-badge-warn">{t('people.noEmail')}</span>;
  if (line.resolution.state === 'not-found') return <span class="ui-badge ui-badge-warn">{t('people.notFound')}</span>;
  if (person?.guest) return <span class="ui-badge ui-badge-info">{t('people.guest')}</span>;
  if (line.participant.source === 'owner') return <span class="ui-badge">{t('people.owner')}</span>;
  return null;
}
