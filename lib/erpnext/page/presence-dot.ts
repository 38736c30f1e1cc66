import { PRESENCE_SHAPES, type Presence, type PresenceLook } from '../../model/presence.ts';
import { createShadowHost, svgElement } from './shadow-host.ts';
import type { UserPlace } from './users-on-page.ts';

/** A dot beside a user: the same shapes as in the panel. */
export interface Dot {
  element: HTMLElement;
  set(presence: Presence, words: string): void;
}

export function createDot(document: Document, how: UserPlace['how']): Dot {
  const svg = svgElement(document, 'svg', { viewBox: '0 0 12 12', role: 'img' });
  const circle = svgElement(document, 'circle', { cx: '6', cy: '6' });
  const path = svgElement(document, 'path', {});
  // The tooltip of SVG is an element's text; here an attribute of what is around it does.
  const box = document.createElement('span');
  svg.append(circle, path);
  box.append(svg);
  const element = createShadowHost(document, 'presence', CSS + PLACES[how], box);
  return {
    element,
    set({ look }, words) {
      const { filled, line } = PRESENCE_SHAPES[look];
      svg.setAttribute('aria-label', words);
      svg.setAttribute('class', filled ? 'filled' : 'ring');
      box.title = words;
      box.style.color = COLOURS[look];
      circle.setAttribute('r', filled ? '6' : '5.2');
      path.setAttribute('d', line);
    },
  };
}

/** Each at least 3:1 on white and on Desk's dark grey, so that no theme has to be followed. */
const COLOURS: Record<PresenceLook, string> = {
  available: '#0f8a0c',
  busy: '#c4314b',
  doNotDisturb: '#c4314b',
  away: '#a86400',
  offline: '#757575',
  outOfOffice: '#a83ab8',
};

const CSS = `
:host { all: initial; flex: none; display: inline-block; inline-size: 10px; block-size: 10px; line-height: 0; }
span { display: block; border-radius: 50%; box-shadow: 0 0 0 1.5px var(--fg-color, #fff); }
svg { display: block; inline-size: 10px; block-size: 10px; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.filled circle { fill: currentcolor; }
.filled path { fill: none; stroke: #fff; }
.ring circle { fill: var(--fg-color, #fff); stroke: currentcolor; }
.ring path { fill: none; stroke: currentcolor; }
@media print { :host { display: none !important; } }
`;

const PLACES: Record<UserPlace['how'], string> = {
  before: ':host { margin-inline-end: 5px; vertical-align: baseline; }',
  label: ':host { margin-inline-start: 6px; vertical-align: baseline; }',
  corner: ':host { position: absolute; inset-block-end: 0; inset-inline-end: 0; z-index: 1; }',
};
