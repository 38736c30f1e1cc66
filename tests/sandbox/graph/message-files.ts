import type { Tenant } from '../tenant/tenant.ts';
import { directUrl, SHAREPOINT } from './drive-shape.ts';
import { badRequest } from './graph-error.ts';

/**
 * Files of a message that lie in the tenant's OneDrives (chatmessage-post.md, example 4): "Your attachment ID is the GUID
 * in the eTag of the driveItem, your attachment contentURL is the webUrl of the driveItem's folder plus the driveItem's
 * name." Other SharePoint sites are not looked into.
 */
export function checkFiles(tenant: Tenant, attachments: readonly unknown[]): void {
  for (const { id, contentType, contentUrl } of attachments as Record<string, string | null>[]) {
    if (contentType !== 'reference' || !contentUrl?.toLowerCase().startsWith(`${SHAREPOINT}/`)) continue;
    const wanted = new URL(contentUrl).href;
    const item = tenant.drives
      .all()
      .find((one) => one.content !== null && new URL(directUrl(tenant, one)).href === wanted);
    if (!item) throw badRequest(`The contentUrl '${contentUrl}' is not that of a file in SharePoint.`);
    if (item.guid !== id?.toLowerCase())
      throw badRequest(`The attachment id '${id}' is not the GUID of the file's eTag.`);
  }
}
