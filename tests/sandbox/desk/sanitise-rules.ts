import type { Flavour } from './flavour.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** `acceptable_elements` and what is added to them. source: frappe/utils/html_utils.py */
const ELEMENTS = words(`
  a abbr acronym address area article aside audio b big blockquote br button canvas caption center cite code col colgroup
  command datagrid datalist dd del details dfn dialog dir div dl dt em event-source fieldset figcaption figure footer font
  form header h1 h2 h3 h4 h5 h6 hr i img input ins keygen kbd label legend li m map menu meter multicol nav nextid ol output
  optgroup option p pre progress q s samp section select small sound source spacer span strike strong sub sup table tbody
  td textarea tfoot th thead time tr tt u ul var video html head meta link body o:p
  circle clipPath defs desc ellipse g line marker metadata path polygon polyline rect stop svg text title tspan use`);

/** `acceptable_attributes` without those of old browsers that no editor writes; `data-*` is kept besides. */
const ATTRIBUTES = new Set(
  words(`
  abbr accept action align alt autocomplete autofocus background bgcolor border cellpadding cellspacing charset checked cite
  class clear color cols colspan content contenteditable controls coords data datetime dir disabled draggable enctype face
  for form headers height hidden high href hreflang icon id inputmode ismap label lang list longdesc loop low max maxlength
  media method min multiple name nowrap open optimum pattern ping poster preload readonly rel required rev role rows rowspan
  rules scope selected shape size span spellcheck src start step style summary tabindex target title type usemap valign value
  width wrap xml:lang frameborder allowfullscreen itemprop itemscope itemtype itemid itemref`),
);

export interface SanitiseRules {
  elements: Set<string>;
  attributes: Set<string>;
  schemes: Set<string>;
  /** An element that is not allowed: shown as text (bleach) or taken away around its content (nh3). */
  others: 'escape' | 'unwrap';
  /** Attributes come back in alphabetical order. */
  sorted: boolean;
  /** How a `style` is written anew. */
  style: (property: string, value: string) => string;
  /** Every link gets `rel="noopener noreferrer"`, and loses its own. */
  ownRel: boolean;
  /** Named references of a text stay as written; else they become their character. */
  keepsReferences: boolean;
}

const NH3_SCHEMES = words(
  'cid bitcoin ftp ftps geo http https im irc ircs magnet mailto mms mx news nntp openpgp4fpr sip sms smsto ssh tel url webcal wtai xmpp',
);

/** What each version keeps: bleach 3.3 in v14, bleach 6 in v15, nh3 in v16, as frappe/utils/html_utils.py calls them. */
export function rulesOf(flavour: Flavour, disallowed: string[] = []): SanitiseRules {
  const elements = new Set(ELEMENTS);
  if (flavour !== 'v14') elements.add('summary').add('mark');
  if (flavour !== 'v16') elements.add('style');
  for (const one of disallowed) elements.delete(one);
  const attributes = new Set(ATTRIBUTES);
  if (flavour === 'v16') attributes.delete('rel');
  return {
    elements,
    attributes,
    schemes: new Set(flavour === 'v16' ? NH3_SCHEMES : words('cid http https mailto')),
    others: flavour === 'v16' ? 'unwrap' : 'escape',
    sorted: flavour === 'v14',
    style: {
      v14: (property: string, value: string) => `${property}: ${value}; `,
      v15: (property: string, value: string) => `${property}:${value};`,
      v16: (property: string, value: string) => `;${property}:${value}`,
    }[flavour],
    ownRel: flavour === 'v16',
    keepsReferences: flavour !== 'v16',
  };
}
