import type { Flavour } from '../flavour.ts';

export interface DeskPage {
  flavour: Flavour;
  lang: string;
  direction: 'ltr' | 'rtl';
  /** `light`, `dark` or `automatic`. */
  theme: string;
  boot: unknown;
  csrfToken: string;
}

/** The one page of Desk. Boot data and token share an inline script, and the token stays readable in it, as in the real one. */
export function deskHtml({ flavour, lang, direction, theme, boot, csrfToken }: DeskPage): string {
  const shown = theme === 'dark' ? 'dark' : 'light';
  return `<!DOCTYPE html>
<html class="chrome" data-theme-mode="${theme}" data-theme="${shown}" dir="${direction}" lang="${lang}" data-sandbox="${flavour}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Desk</title>
<link rel="icon" href="data:,">
${styles('variables', 'base', 'controls', 'dialogs', 'desk', 'form', ...(flavour === 'v16' ? ['layout-v16', 'narrow-v16'] : ['layout-v14']))}
</head>
<body class="no-breadcrumbs" data-ajax-state="complete">
<script type="text/javascript">
if (!window.frappe) window.frappe = {};
window.dev_server = 0;
if (document.documentElement.dataset.themeMode === "automatic") {
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
frappe.boot = ${safe(boot)};
frappe._messages = {};
frappe.csrf_token = "${csrfToken}";
</script>
<script type="module" src="/assets/sandbox/main.js"></script>
</body>
</html>
`;
}

/** The login page: e-mail, password, one button. */
export function loginHtml(flavour: Flavour, target: string): string {
  return `<!DOCTYPE html>
<html lang="en" dir="ltr" data-theme="light" data-sandbox="${flavour}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Login</title>
<link rel="icon" href="data:,">
${styles('variables', 'base', 'controls', 'dialogs')}
<style>body { display: grid; place-items: center; min-height: 100vh; background: var(--bg-color); }</style>
</head>
<body data-path="login">
<section class="for-login"><form class="form-signin form-login login-content" data-target="${inHtml(target)}">
<h4>Login to the sandbox</h4>
<input type="text" id="login_email" class="form-control" placeholder="alice@contoso.test" required autofocus autocomplete="username" aria-label="Email">
<input type="password" id="login_password" class="form-control" placeholder="sandbox-alice" required autocomplete="current-password" aria-label="Password">
<button class="btn btn-sm btn-primary btn-block btn-login" type="submit">Login</button>
<p class="login-error" role="alert"></p>
</form></section>
<script type="module" src="/assets/sandbox/login.js"></script>
</body>
</html>
`;
}

/** A bare page with a sentence, such as "Not Permitted". */
export function messageHtml(title: string, text: string, href: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${inHtml(title)}</title><link rel="icon" href="data:,"></head>
<body><h1>${inHtml(title)}</h1><p>${inHtml(text)}</p><p><a href="${inHtml(href)}">Go on</a></p></body></html>
`;
}

const styles = (...names: string[]): string =>
  names.map((name) => `<link rel="stylesheet" href="/assets/sandbox/${name}.css">`).join('\n');

const safe = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028');

const inHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
