import { formatDay, formatTime } from '../../lib/i18n/format.ts';
import { t } from '../../lib/i18n/translate.ts';
import { formatMessage } from '../../lib/util/html.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { MessageBody } from './message-body.tsx';
import { Picture } from './picture.tsx';
import type { Block, Card } from './read-card.ts';

interface CardViewProps {
  card: Card;
  name: string;
  /** The message in Teams, where all of the card is. */
  href: string;
  /** Names the card in this version of its message. */
  version: string;
}

/** A card as plain text, facts and links. What can be done with it beyond that is named, and done in Teams. */
export function CardView({ card, name, href, version }: CardViewProps) {
  const { blocks, links, inTeams, cut } = card;
  return (
    <section class="chat-card" aria-label={name || t('chat.card')}>
      {blocks.map((block, i) => (
        // Blocks of one version of a card never move
        <BlockView key={i} block={block} version={`${version} ${i}`} />
      ))}
      {links.length > 0 && (
        <ul class="chat-card-links">
          {links.map(({ title, url }, i) => (
            <li key={i}>
              <ExternalLink href={url} title={url}>
                <bdi>{title}</bdi>
              </ExternalLink>
            </li>
          ))}
        </ul>
      )}
      {(inTeams.length > 0 || cut || blocks.length + links.length === 0) && (
        <p class="chat-card-rest">
          {inTeams.length > 0 && <bdi>{inTeams.join(' · ')}: </bdi>}
          <ExternalLink href={href}>{t('card.inTeams')}</ExternalLink>
        </p>
      )}
    </section>
  );
}

function BlockView({ block, version }: { block: Block; version: string }) {
  switch (block.kind) {
    case 'text': {
      const html = formatMessage(withDates(block.text));
      return <MessageBody html={block.heading ? `<h4>${html}</h4>` : html} version={version} />;
    }
    case 'html':
      return <MessageBody html={block.html} version={version} />;
    case 'facts':
      return (
        <dl class="chat-card-facts">
          {block.facts.map(({ name, value }, i) => (
            <div key={i}>
              <dt dir="auto">{name}</dt>
              <dd dir="auto">{withDates(value)}</dd>
            </div>
          ))}
        </dl>
      );
    case 'table':
      return (
        <div class="chat-body">
          <div class="chat-table">
            <table>
              <tbody>
                {block.rows.map((row, i) => (
                  <tr key={i}>
                    {row.map((cell, j) => (
                      <td key={j}>{withDates(cell)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      );
    case 'hosted':
      return <Picture {...block.picture} />;
    case 'data':
      return <img class="chat-card-image" src={block.url} alt={block.alt} />;
  }
}

/** Adaptive Cards write times as `{{DATE(2028-11-22T10:00:00Z, SHORT)}}`, to be shown as the reader writes them. */
function withDates(text: string): string {
  return text.replace(/\{\{(DATE|TIME)\(([^,)]{1,40})(?:,[^)]{0,20})?\)\}\}/g, (whole, kind: string, time: string) => {
    const at = Date.parse(time.trim());
    if (Number.isNaN(at)) return whole;
    return kind === 'TIME' ? formatTime(at) : formatDay(at, at - FAR);
  });
}

/** So that a day is neither today nor of this year: a card says the date in full. */
const FAR = 400 * 86_400_000;
