import type { Flavour } from '../flavour.ts';
import { type DocTypeDef, field, select } from './fields.ts';

/** ToDo and Note, as Frappe has them in each generation (frappe/desk/doctype/todo, …/note). */
export function officeTypes(flavour: Flavour): DocTypeDef[] {
  const guarded = flavour === 'v14' ? {} : { permlevel: 1 };
  return [
    {
      name: 'ToDo',
      module: 'Desk',
      autoname: 'hash',
      title_field: 'description',
      fields: [
        select('status', 'Status', 'Open|Closed|Cancelled', { default: 'Open', in_list_view: 1 }),
        select('priority', 'Priority', 'High|Medium|Low', { default: 'Medium', in_list_view: 1 }),
        field('color', 'Color', 'Color'),
        field('date', 'Date', 'Due Date', { default: 'Today' }),
        field('allocated_to', 'Link', 'Allocated To', { options: 'User' }),
        field('description', 'Text Editor', 'Description', { reqd: 1, in_list_view: 1 }),
        field('reference_type', 'Link', 'Reference Type', { options: 'DocType' }),
        field('reference_name', 'Dynamic Link', 'Reference Name', { options: 'reference_type' }),
        field('assigned_by', 'Link', 'Assigned By', { options: 'User' }),
        field('assigned_by_full_name', 'Read Only', 'Assigned By Full Name'),
        field('sender', 'Data', 'Sender', { hidden: 1 }),
      ],
    },
    {
      name: 'Note',
      module: 'Desk',
      autoname: flavour === 'v14' ? 'prompt' : 'hash',
      title_field: 'title',
      ...(flavour === 'v14' ? { allow_rename: 1 as const } : {}),
      // Everybody in Desk sees the first level, System Managers write it.
      level1: { read: 'Desk User', write: 'System Manager' },
      fields: [
        field('title', 'Data', 'Title', { reqd: 1, in_list_view: 1 }),
        field('public', 'Check', 'Public', { in_list_view: 1, ...guarded }),
        field('notify_on_login', 'Check', 'Notify users with a popup when they log in', guarded),
        field('notify_on_every_login', 'Check', 'Notify Users On Every Login', guarded),
        field('expire_notification_on', flavour === 'v16' ? 'Datetime' : 'Date', 'Expire Notification On', guarded),
        field('content', 'Text Editor', 'Content'),
      ],
    },
  ];
}

/** Files: what is kept of one, and to what it is attached (frappe/core/doctype/file). */
export const FILE: DocTypeDef = {
  name: 'File',
  module: 'Core',
  autoname: 'hash',
  title_field: 'file_name',
  fields: [
    field('file_name', 'Data', 'File Name', { read_only: 1, in_list_view: 1 }),
    field('is_private', 'Check', 'Is Private'),
    field('file_type', 'Data', 'File Type', { read_only: 1 }),
    field('is_home_folder', 'Check', 'Is Home Folder', { hidden: 1 }),
    field('is_attachments_folder', 'Check', 'Is Attachments Folder', { hidden: 1 }),
    field('file_size', 'Int', 'File Size', { read_only: 1, length: 20 }),
    field('file_url', 'Code', 'File URL', { read_only: 1 }),
    field('thumbnail_url', 'Small Text', 'Thumbnail URL', { read_only: 1 }),
    field('folder', 'Link', 'Folder', { options: 'File', hidden: 1, read_only: 1, length: 255 }),
    field('is_folder', 'Check', 'Is Folder', { read_only: 1 }),
    field('attached_to_doctype', 'Link', 'Attached To DocType', { options: 'DocType', read_only: 1 }),
    field('attached_to_name', 'Data', 'Attached To Name', { read_only: 1 }),
    field('attached_to_field', 'Data', 'Attached To Field', { read_only: 1 }),
    field('content_hash', 'Data', 'Content Hash', { read_only: 1 }),
  ],
};
