import { mayUser } from './permissions.ts';
import type { Site } from './site.ts';
import type { Doc } from './store.ts';
import type { Visit } from './visit.ts';

/**
 * Files of a document as `docinfo` gives them to whoever may read the document.
 * source: frappe/desk/form/load.py (get_attachments), file.json (sort_field)
 */
export function attachmentsOf(site: Site, doc: Doc) {
  const key = site.flavour === 'v16' ? 'creation' : 'modified';
  const sign = site.flavour === 'v14' ? 1 : -1;
  return site.store
    .all('File')
    .filter((file) => file.attached_to_doctype === doc.doctype && file.attached_to_name === doc.name)
    .sort((left, right) => (String(left[key]) < String(right[key]) ? -sign : sign))
    .map(({ name, file_name, file_url, is_private }) => ({ name, file_name, file_url, is_private }));
}

/**
 * What stands under /files and /private/files. Public ones are anybody's; of private ones a Guest sees nothing, and
 * everybody else those that hang on something they may read. source: frappe/utils/response.py (download_private_file)
 */
export function serveFile(site: Site, url: URL, visit: Visit): Response {
  const path = decoded(url.pathname);
  const fid = url.searchParams.get('fid');
  const found = site.store.all('File').filter((file) => file.file_url === path && (!fid || file.name === fid));
  if (path.startsWith('/private/')) {
    const readable = found.some((file) => mayUser(site.store, visit.user, 'read', 'File', file) === 'yes');
    if (visit.user === 'Guest' || !readable)
      return httpError(403, 'Forbidden', 'You don&#39;t have permission to access this file');
  }
  const [file] = found;
  if (!file) return httpError(404, 'Not Found', 'The requested URL was not found on the server.');
  const text = `This is ${file.file_name}.\n`;
  return new Response(text.repeat(Math.ceil(Number(file.file_size) / text.length)).slice(0, Number(file.file_size)), {
    headers: { 'content-type': typeOf(String(file.file_name)) },
  });
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** As werkzeug writes them. */
function httpError(status: number, title: string, text: string): Response {
  const html = `<!doctype html>\n<html lang=en>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`;
  return new Response(html, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}

function typeOf(name: string): string {
  const types: Record<string, string> = { pdf: 'application/pdf', png: 'image/png', txt: 'text/plain; charset=utf-8' };
  return types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
