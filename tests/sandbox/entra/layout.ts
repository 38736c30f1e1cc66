import { html } from 'hono/html';

type Html = ReturnType<typeof html>;

/** The frame of all sign-in pages: small, readable without styles, labelled for screen readers. */
export function page(title: string, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title} – Microsoft sign-in stand-in</title>
<style>
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: #f2f2f2; color: #1b1b1b; }
main { max-width: 26rem; margin: 3rem auto; padding: 2rem; background: #fff; border: 1px solid #d6d6d6; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; } ul { padding-inline-start: 1.2rem; }
label { display: block; margin: 0.75rem 0; } input:not([type]), input[type='email'], input[type='password'] { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: 0.4rem; }
button { font: inherit; padding: 0.4rem 1.2rem; margin-inline-end: 0.5rem; cursor: pointer; border: 1px solid #8c8c8c; background: #fff; }
button.main { background: #0067b8; border-color: #0067b8; color: #fff; } button.account { display: block; width: 100%; text-align: start; margin-bottom: 0.5rem; }
.problem { color: #a80000; } .note { color: #555; font-size: 0.85rem; }
</style>
</head>
<body><main><h1>${title}</h1>${content}
<p class="note">This is Deskside’s sandbox, not Microsoft. No password is checked.</p></main></body>
</html>`;
}
