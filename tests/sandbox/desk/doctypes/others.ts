import { type DocTypeDef, type Field, field, select } from './fields.ts';

const customFieldChecks = [
  'hidden read_only no_copy print_hide reqd unique allow_on_submit in_list_view bold translatable ignore_xss_filter',
]
  .join(' ')
  .split(' ')
  .map((name): Field => field(name, 'Check', name));

const plain = (name: string, module: string, key: string): DocTypeDef => ({
  name,
  module,
  autoname: `field:${key}`,
  fields: [field(key, 'Data', name, { reqd: 1, in_list_view: 1 })],
});

/** Types without a panel, and types that links point at. */
export const OTHERS: DocTypeDef[] = [
  {
    name: 'Event Notifications',
    module: 'Desk',
    autoname: 'hash',
    istable: 1,
    fields: [select('type', 'Type', 'Notification|Email'), field('before', 'Int', 'Before')],
  },
  {
    name: 'Comment',
    module: 'Core',
    autoname: 'hash',
    fields: [
      select(
        'comment_type',
        'Comment Type',
        'Comment|Like|Info|Label|Workflow|Created|Submitted|Cancelled|Updated|Deleted|Assigned|Assignment Completed|Attachment|Attachment Removed|Shared|Unshared|Bot|Relinked|Edit',
        { default: 'Comment', reqd: 1 },
      ),
      field('comment_email', 'Data', 'Comment Email'),
      field('subject', 'Text', 'Subject'),
      field('comment_by', 'Data', 'Comment By'),
      field('published', 'Check', 'Published'),
      field('seen', 'Check', 'Seen'),
      field('reference_doctype', 'Link', 'Reference Document Type', { options: 'DocType' }),
      field('reference_name', 'Dynamic Link', 'Reference Name', { options: 'reference_doctype' }),
      field('reference_owner', 'Data', 'Reference Owner', { read_only: 1 }),
      field('content', 'HTML Editor', 'Content'),
    ],
  },
  {
    name: 'Custom Field',
    module: 'Custom',
    autoname: 'prompt',
    fields: [
      field('dt', 'Link', 'DocType', { options: 'DocType', reqd: 1, in_list_view: 1 }),
      field('label', 'Data', 'Label'),
      field('fieldname', 'Data', 'Fieldname'),
      field('insert_after', 'Data', 'Insert After'),
      field('length', 'Int', 'Length'),
      select(
        'fieldtype',
        'Field Type',
        'Data|Small Text|Text|Long Text|Text Editor|Code|Check|Int|Float|Currency|Date|Datetime|Time|Select|Link|Button|HTML|Section Break|Column Break|Tab Break',
        { reqd: 1, default: 'Data' },
      ),
      field('options', 'Small Text', 'Options'),
      field('default', 'Text', 'Default Value'),
      field('permlevel', 'Int', 'Permission Level'),
      ...customFieldChecks,
    ],
  },
  plain('Company', 'Setup', 'company_name'),
  plain('Project Type', 'Projects', 'project_type'),
  plain('Department', 'Setup', 'department_name'),
  plain('Google Calendar', 'Integrations', 'calendar_name'),
];
