import type { Marionette } from './marionette.ts';

/**
 * Runs the body of an async function in Firefox itself (not in a page), where its windows and add-ons can be reached.
 * @param args what the body finds as `args`; JSON in and out
 */
export async function inFirefox<Answer>(marionette: Marionette, body: string, args: unknown[] = []): Promise<Answer> {
  await marionette.send('Marionette:SetContext', { value: 'chrome' });
  try {
    const { value } = await marionette.send<{ value: { ok?: Answer; error?: string } }>(
      'WebDriver:ExecuteAsyncScript',
      {
        script: `const done = arguments[arguments.length - 1]; const args = arguments[0];
(async () => { ${body} })().then((ok) => done({ ok }), (error) => done({ error: String(error) }));`,
        args: [args],
        sandbox: 'system',
        newSandbox: true,
      },
    );
    if (value.error !== undefined) throw new Error(`Firefox: ${value.error}`);
    return value.ok as Answer;
  } finally {
    await marionette.send('Marionette:SetContext', { value: 'content' });
  }
}

/** Ends the add-on's event page as Firefox does when it is idle; the next event starts it anew, with empty memory. */
export async function endEventPage(marionette: Marionette, addonId: string): Promise<void> {
  const state = await inFirefox<string>(
    marionette,
    `const { extension } = WebExtensionPolicy.getByID(args[0]);
     await extension.terminateBackground({ ignoreDevToolsAttached: true });
     return extension.backgroundState;`,
    [addonId],
  );
  if (state !== 'stopped') throw new Error(`The event page did not end: it is ${state}.`);
}
