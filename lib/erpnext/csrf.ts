/**
 * Frappe's CSRF token: from the page's own `frappe.csrf_token` (bridge), else from the inline script that set it, else
 * from a fresh Desk page. It belongs to the session, so after a new login in another tab the page's token is stale.
 */
export interface Csrf {
  /** The best guess, or null. */
  token(): Promise<string | null>;
  /** ERPNext refused that one: take it from a fresh Desk page. */
  refresh(): Promise<string | null>;
}

export interface CsrfSources {
  /** What the page says; null where the bridge is silent. */
  fromPage: () => Promise<string | null>;
  document: Document;
  fetch: typeof fetch;
  /** `/app` or `/desk`. */
  deskPath: () => string;
  timeoutMs?: number;
}

export function createCsrf(sources: CsrfSources): Csrf {
  let known: string | null = null;
  const refresh = async () => {
    try {
      const response = await sources.fetch(sources.deskPath(), {
        credentials: 'same-origin',
        headers: { Accept: 'text/html' },
        signal: AbortSignal.timeout(sources.timeoutMs ?? 15_000),
      });
      known = response.ok ? tokenIn(await response.text()) : null;
    } catch {
      known = null;
    }
    return known;
  };
  return {
    async token() {
      known ??= (await sources.fromPage()) ?? tokenInScripts(sources.document) ?? (await refresh());
      return known;
    },
    refresh,
  };
}

/** `frappe.csrf_token = "…"` in the Desk's page (frappe/www/app.html). A literal `None` is a guest's. */
export function tokenIn(text: string): string | null {
  const token = /csrf_token\s*=\s*["']([^"']+)["']/.exec(text)?.[1];
  return token && token !== 'None' && token !== '{{ csrf_token }}' ? token : null;
}

function tokenInScripts(document: Document): string | null {
  for (const script of document.scripts) {
    const token = script.src ? null : tokenIn(script.textContent ?? '');
    if (token) return token;
  }
  return null;
}
