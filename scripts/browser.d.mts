/** Types of browser.mjs, which stays JavaScript because the set-up runs it on a Node that cannot strip types. */
export interface FoundBrowser {
  path: string;
  /** Named by DESKSIDE_BROWSER. */
  named: boolean;
  /** Chrome or Edge: they ignore --load-extension. */
  branded: boolean;
}
export function findBrowser(
  env?: Record<string, string | undefined>,
  platform?: NodeJS.Platform,
): FoundBrowser | undefined;
export function browserArgs(): string[];
export function browserVersion(path: string): string | undefined;
export function findFirefox(env?: Record<string, string | undefined>, platform?: NodeJS.Platform): string | undefined;
