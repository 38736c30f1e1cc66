import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Clock } from '../shell.ts';
import type { AadstsError } from './aadsts.ts';
import type { ReturnAddress } from './authorize-request.ts';
import { page } from './layout.ts';

/** Sends the browser back to the app: in the fragment by default, as single-page apps are answered. */
export function answer(c: Context, to: ReturnAddress, values: Record<string, string>): Response | Promise<Response> {
  const all = new URLSearchParams(values);
  if (to.state !== null) all.set('state', to.state);
  if (to.responseMode === 'form_post') return formPost(c, to.redirectUri, all);
  // Entra writes %20, not +, which matters to apps that decode with decodeURIComponent alone.
  const text = all.toString().replaceAll('+', '%20');
  const glue = to.responseMode === 'fragment' ? '#' : to.redirectUri.includes('?') ? '&' : '?';
  return c.redirect(to.redirectUri + glue + text, 302);
}

/** The same for what was refused. */
export function answerError(c: Context, to: ReturnAddress, error: AadstsError, clock: Clock) {
  return answer(c, to, {
    error: error.error,
    // A click on Cancel is told apart from other refusals by this.
    ...(error.number === 65004 ? { error_subcode: 'cancel' } : {}),
    error_description: error.describe(clock),
    error_uri: `https://login.microsoftonline.com/error?code=${error.number}`,
  });
}

function formPost(c: Context, action: string, values: URLSearchParams) {
  const fields = [...values].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
  return c.html(
    page(
      'Working…',
      html`<form method="post" action="${action}" id="back">${fields}<button>Continue</button></form>
        <script>document.getElementById('back').submit()</script>`,
    ),
  );
}
