import { t } from '../../lib/i18n/translate.ts';
import { hostedContentOf } from '../../lib/model/hosted-content.ts';
import { httpsUrl } from '../ui/safe-url.ts';
import { type CardNode, nodeOf } from './card-node.ts';
import type { HostedPicture } from './picture.tsx';
import type { Home } from './read-attachment.ts';

/** A card without its looks: what it says, and where it leads. */
export interface Card {
  blocks: Block[];
  links: { title: string; url: string }[];
  /** Names of what can be done with it in Teams alone. */
  inTeams: string[];
  /** It holds more than is shown here. */
  cut: boolean;
}

export type Block =
  /** With the marks of Adaptive Cards (`**bold**`, `[words](address)`, lists) in it. */
  | { kind: 'text'; text: string; heading: boolean }
  | { kind: 'html'; html: string }
  | { kind: 'facts'; facts: { name: string; value: string }[] }
  | { kind: 'table'; rows: string[][] }
  | { kind: 'hosted'; picture: HostedPicture }
  | { kind: 'data'; url: string; alt: string };

/** What a card is made of at most: enough for any that Teams takes, little enough for any that does harm. */
const MOST_ELEMENTS = 400;
const MOST_DEPTH = 12;

/**
 * A card's content as blocks, or null where it is no card that is known.
 * Docs: adaptivecards.io/explorer; microsoftteams/platform, "Types of cards".
 */
export function readCard(contentType: string, json: unknown, home: Home): Card | null {
  const kind = /\.card\.(\w+)$/.exec(contentType)?.[1];
  const card = new Reader(home);
  if (kind === 'adaptive') card.adaptive(json);
  else if (kind === 'o365connector') card.connector(json);
  else if (kind && SIMPLE.has(kind)) card.simple(json);
  else return null;
  return card.done();
}

const SIMPLE = new Set(['hero', 'thumbnail', 'list', 'receipt', 'signin', 'oauth', 'audio', 'video', 'animation']);

/** Walks through a card, and stops where it becomes too much. */
class Reader {
  readonly #card: Card = { blocks: [], links: [], inTeams: [], cut: false };
  readonly #home: Home;
  #left = MOST_ELEMENTS;
  constructor(home: Home) {
    this.#home = home;
  }

  done(): Card {
    return this.#card;
  }

  adaptive(json: unknown): void {
    const card = this.#node(json);
    this.#elements(card?.body, 0);
    this.#actions(card?.actions);
    if (!this.#card.blocks.length) this.#text(card?.fallbackText);
  }

  /** Hero, thumbnail, list, receipt and their like. */
  simple(json: unknown): void {
    const card = this.#node(json);
    this.#text(card?.title, true);
    this.#text(card?.subtitle);
    this.#text(card?.text);
    for (const image of this.#nodes(card?.images)) this.#picture(image);
    this.#facts(card?.facts);
    this.#facts(card?.items?.filter((item) => this.#node(item)?.price !== undefined));
    for (const item of this.#nodes(card?.items)) {
      if (item.price !== undefined) continue;
      this.#text([item.title, item.subtitle].filter(Boolean).join(' · '));
      this.#actions(item.tap ? [item.tap] : []);
    }
    if (card?.tax) this.#facts([{ name: t('card.tax'), value: card.tax }]);
    if (card?.total) this.#facts([{ name: t('card.total'), value: card.total }]);
    this.#actions(card?.buttons);
    if (card?.tap) this.#actions([card.tap]);
  }

  connector(json: unknown): void {
    const card = this.#node(json);
    this.#text(card?.title ?? card?.summary, true);
    this.#text(card?.text);
    for (const section of this.#nodes(card?.sections)) {
      this.#text(section.title, true);
      for (const name of ['activityTitle', 'activitySubtitle', 'activityText', 'text'] as const)
        this.#text(section[name]);
      this.#facts(section.facts);
      this.#actions(section.potentialAction);
    }
    this.#actions(card?.potentialAction);
  }

  #elements(elements: readonly unknown[] | undefined, depth: number): void {
    if (depth > MOST_DEPTH) this.#card.cut = true;
    else for (const node of this.#nodes(elements)) this.#element(node, depth + 1);
  }

  #element(node: CardNode, depth: number): void {
    const type = node.type ?? '';
    if (type === 'TextBlock')
      this.#text(
        node.text,
        node.style === 'heading' || node.weight?.toLowerCase() === 'bolder' || /large/i.test(node.size ?? ''),
      );
    else if (type === 'RichTextBlock')
      this.#text(
        (node.inlines ?? []).map((run) => (typeof run === 'string' ? run : (this.#node(run)?.text ?? ''))).join(''),
      );
    else if (type === 'FactSet') this.#facts(node.facts);
    else if (type === 'Image') this.#picture(node);
    else if (type === 'ActionSet') this.#actions(node.actions);
    else if (type === 'Table') this.#table(node.rows, depth);
    else if (type.startsWith('Input.')) this.#only(node.label ?? node.title ?? node.placeholder);
    else if (type === 'Media') this.#only(node.altText);
    else for (const inner of [node.items, node.columns, node.images]) this.#elements(inner, depth);
  }

  /** A cell is what its elements say. */
  #table(rows: readonly unknown[] | undefined, depth: number): void {
    const cellText = (cell: CardNode) => {
      const inside = new Reader(this.#home);
      inside.#left = this.#left;
      inside.#elements(cell.items, depth);
      this.#left = inside.#left;
      this.#card.cut ||= inside.#card.cut;
      this.#card.links.push(...inside.#card.links);
      return inside.#card.blocks
        .map((block) => (block.kind === 'text' ? block.text : ''))
        .join(' ')
        .trim();
    };
    const made = this.#nodes(rows).map((row) => this.#nodes(row.cells).map(cellText));
    if (made.length) this.#card.blocks.push({ kind: 'table', rows: made });
  }

  #text(words: string | undefined, heading = false): void {
    const said = words?.trim();
    if (!said) return;
    const isHtml = /<\/?[a-z][^>]*>/i.test(said);
    this.#card.blocks.push(isHtml ? { kind: 'html', html: said } : { kind: 'text', text: said, heading });
  }

  #facts(facts: readonly unknown[] | undefined): void {
    const made = this.#nodes(facts).map((fact) => ({
      name: fact.title ?? fact.name ?? fact.key ?? '',
      value: fact.value ?? fact.price ?? '',
    }));
    if (made.length) this.#card.blocks.push({ kind: 'facts', facts: made });
  }

  /** One that lies with the message, or stands in the card itself; any other would tell its owner who reads. */
  #picture({ url = '', alt, altText }: CardNode): void {
    const name = altText ?? alt ?? '';
    const content = hostedContentOf(url, this.#home);
    if (content) this.#card.blocks.push({ kind: 'hosted', picture: { content, alt: name, width: null, height: null } });
    else if (PIXELS.test(url)) this.#card.blocks.push({ kind: 'data', url, alt: name });
    else if (name) this.#only(name);
  }

  #actions(actions: readonly unknown[] | undefined): void {
    for (const action of this.#nodes(actions)) {
      const title = action.title ?? action.name ?? '';
      const kind = (action.type ?? action['@type'] ?? '').toLowerCase();
      const address = OPENS.has(kind) ? httpsUrl(this.#addressOf(action)) : null;
      if (address) this.#card.links.push({ title: title || new URL(address).host, url: address });
      else this.#only(title);
    }
  }

  #addressOf({ url, value, target, targets }: CardNode): string | undefined {
    const [first] = target ?? [];
    return url ?? value ?? (typeof first === 'string' ? first : this.#node(targets?.[0])?.uri);
  }

  #only(name: string | undefined): void {
    if (name && !this.#card.inTeams.includes(name)) this.#card.inTeams.push(name);
  }

  #nodes(list: readonly unknown[] | undefined): CardNode[] {
    return (list ?? []).flatMap((json) => this.#node(json) ?? []);
  }

  #node(json: unknown): CardNode | null {
    if (this.#left <= 0) {
      this.#card.cut = true;
      return null;
    }
    this.#left -= 1;
    return nodeOf(json);
  }
}

const OPENS = new Set(['action.openurl', 'openurl', 'openuri', 'viewaction']);
const PIXELS = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;
