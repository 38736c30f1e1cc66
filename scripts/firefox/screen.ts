import { setTimeout as wait } from 'node:timers/promises';
import { type Marionette, MarionetteError } from './marionette.ts';

/** What a person looks at: a tab, a window, or a frame in one. Elements are named by XPath (see `button` and others). */
export interface Screen {
  /** Waits until it is there and to be seen, then clicks into its middle. */
  click(xpath: string): Promise<void>;
  /** Replaces what stands in a field, key by key. */
  type(xpath: string, text: string): Promise<void>;
  /** Waits until it is to be seen. */
  see(xpath: string, patience?: number): Promise<void>;
  sees(xpath: string): Promise<boolean>;
  value(xpath: string): Promise<string>;
  /** Moves the pointer, as somebody does who reads. */
  stir(): Promise<void>;
}

const PATIENCE = 20_000;

/** @param look switches Firefox's attention to this screen, from wherever it was */
export function createScreen(marionette: Marionette, look: () => Promise<void>): Screen {
  const find = async (xpath: string): Promise<string> => {
    const { value } = await marionette.send<{ value: Record<string, string> }>('WebDriver:FindElement', {
      using: 'xpath',
      value: xpath,
    });
    return Object.values(value)[0] ?? '';
  };
  const visible = async (xpath: string): Promise<string> => {
    const id = await find(xpath);
    const { value } = await marionette.send<{ value: boolean }>('WebDriver:IsElementDisplayed', { id });
    if (!value) throw new MarionetteError('element not interactable', `${xpath} is not to be seen`);
    return id;
  };
  const act = <Answer>(step: () => Promise<Answer>, patience = PATIENCE): Promise<Answer> =>
    untilDone(async () => {
      await look();
      return step();
    }, patience);
  let stirred = 0;
  return {
    click: (xpath) =>
      act(async () => {
        await marionette.send('WebDriver:ElementClick', { id: await visible(xpath) });
      }),
    type: (xpath, text) =>
      act(async () => {
        const id = await visible(xpath);
        await marionette.send('WebDriver:ElementClear', { id });
        await marionette.send('WebDriver:ElementSendKeys', { id, text });
      }),
    see: (xpath, patience) =>
      act(async () => {
        await visible(xpath);
      }, patience),
    sees: (xpath) =>
      act(() =>
        visible(xpath).then(
          () => true,
          (error: unknown) => {
            if (passes(error)) return false;
            throw error;
          },
        ),
      ),
    value: (xpath) =>
      act(async () => {
        const id = await find(xpath);
        return (await marionette.send<{ value: string }>('WebDriver:GetElementProperty', { id, name: 'value' })).value;
      }),
    stir: () =>
      act(async () => {
        stirred = (stirred + 7) % 50;
        const actions = [{ type: 'pointerMove', x: 40 + stirred, y: 200 + stirred, duration: 0 }];
        await marionette.send('WebDriver:PerformActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
      }),
  };
}

/** A button that can be pressed, by how its text or its spoken name begins. */
export const button = (name: string): string =>
  `//button[not(@disabled) and (starts-with(normalize-space(), ${quoted(name)}) or starts-with(@aria-label, ${quoted(name)}))]`;
/** The field under a label. */
export const field = (label: string): string => `//*[@id = //label[normalize-space() = ${quoted(label)}]/@for]`;
/** The innermost element that holds this text. */
export const words = (text: string, within = ''): string =>
  `${within}//*[contains(normalize-space(), ${quoted(text)}) and not(*[contains(normalize-space(), ${quoted(text)})])]`;

/** XPath knows no escapes: a text with both kinds of quotes is put together from pieces. */
export function quoted(text: string): string {
  if (!text.includes("'")) return `'${text}'`;
  return `concat(${text
    .split("'")
    .map((part) => `'${part}'`)
    .join(`, "'", `)})`;
}

/** Repeats what failed only because the page was not there yet, or was just being redrawn. */
export async function untilDone<Answer>(step: () => Promise<Answer>, patience = PATIENCE): Promise<Answer> {
  const until = Date.now() + patience;
  for (;;) {
    try {
      return await step();
    } catch (error) {
      if (!passes(error) || Date.now() > until) throw error;
      await wait(50);
    }
  }
}

function passes(error: unknown): boolean {
  return error instanceof MarionetteError && PASSING.has(error.code);
}

const PASSING = new Set([
  'no such element',
  'no such frame',
  'stale element reference',
  'element not interactable',
  'element click intercepted',
  'invalid element state',
]);
