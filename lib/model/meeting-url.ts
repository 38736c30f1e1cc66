/** Where Teams meetings live, in Microsoft's clouds. */
const HOSTS = new Set([
  'teams.microsoft.com',
  'teams.cloud.microsoft',
  'teams.live.com',
  'gov.teams.microsoft.us',
  'dod.teams.microsoft.us',
  'teams.microsoftonline.cn',
]);

/** The address of a meeting in Teams, or null for anything else: what stands in a record may be anybody's word. */
export function meetingUrl(text: string): string | null {
  try {
    const url = new URL(text.trim());
    const plain = url.protocol === 'https:' && url.port === '' && !url.username && !url.password;
    return plain && HOSTS.has(url.hostname) ? url.href : null;
  } catch {
    return null;
  }
}
