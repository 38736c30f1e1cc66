import { type ItemRecord, joined, pathOf } from '../tenant/drives.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { iso } from './chat-shape.ts';

/** Where the tenant's OneDrives live. */
export const SHAREPOINT = 'https://contoso-my.sharepoint.com';
const OFFICE = /\.(docx?|xlsx?|pptx?)$/i;

/** A driveItem of OneDrive for work (driveitem-get.md). */
export function shapeItem(tenant: Tenant, item: ItemRecord): Record<string, unknown> {
  const by = { user: { id: item.ownerId, displayName: tenant.directory.byId(item.ownerId)?.displayName ?? null } };
  const guid = item.guid.toUpperCase();
  const isRoot = item.name === '';
  return {
    createdBy: by,
    createdDateTime: seconds(item.createdAt),
    eTag: `"{${guid}},${item.version}"`,
    id: item.id,
    lastModifiedBy: by,
    lastModifiedDateTime: seconds(item.modifiedAt),
    name: isRoot ? 'root' : item.name,
    parentReference: parent(tenant, item),
    webUrl: webUrl(tenant, item),
    ...(item.content
      ? {
          cTag: `"c:{${guid}},${item.version}"`,
          size: item.content.bytes.length,
          file: { mimeType: item.content.mimeType },
        }
      : { size: 0, folder: { childCount: childrenOf(tenant, item).length }, ...(isRoot ? { root: {} } : {}) }),
  };
}

/** Where the file itself lies: of Office files this is not where `webUrl` leads. */
export function directUrl(tenant: Tenant, item: ItemRecord): string {
  const path = pathOf(item).split('/').filter(Boolean).map(encodeURIComponent).join('/');
  return `${siteOf(tenant, item)}/Documents${path === '' ? '' : `/${path}`}`;
}

export function siteOf(tenant: Tenant, { ownerId }: Pick<ItemRecord, 'ownerId'>): string {
  const name = tenant.directory.byId(ownerId)?.userPrincipalName ?? ownerId;
  return `${SHAREPOINT}/personal/${name.replace(/[^A-Za-z0-9]/g, '_').toLowerCase()}`;
}

/** Office files open in the browser's Word, Excel or PowerPoint. */
function webUrl(tenant: Tenant, item: ItemRecord): string {
  if (!OFFICE.test(item.name)) return directUrl(tenant, item);
  const query = `sourcedoc=%7B${item.guid.toUpperCase()}%7D&file=${encodeURIComponent(item.name)}&action=default&mobileredirect=true`;
  return `${siteOf(tenant, item)}/_layouts/15/Doc.aspx?${query}`;
}

function parent(tenant: Tenant, item: ItemRecord): Record<string, unknown> {
  const drive = { driveType: 'business', driveId: `b!${item.ownerId.replaceAll('-', '')}` };
  if (item.name === '') return drive;
  const id = tenant.drives.byPath(item.ownerId, item.folder)?.id ?? null;
  const path = item.folder.split('/').filter(Boolean).map(encodeURIComponent).join('/');
  return {
    ...drive,
    id,
    name: item.folder.split('/').at(-1) || 'Documents',
    path: `/drives/${drive.driveId}/root:${path === '' ? '' : `/${path}`}`,
  };
}

const childrenOf = (tenant: Tenant, item: ItemRecord) =>
  tenant.drives
    .all()
    .filter((one) => one.ownerId === item.ownerId && one.name !== '' && one.folder === joined(item.folder, item.name));

const seconds = (ms: number) => iso(ms).replace(/\.\d+Z$/, 'Z');
