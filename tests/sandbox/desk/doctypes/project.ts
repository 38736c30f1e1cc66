import type { Flavour } from '../flavour.ts';
import { type DocTypeDef, type Field, field, select } from './fields.ts';

const head: Field[] = [
  select('naming_series', 'Series', 'PROJ-.####', { reqd: 1, no_copy: 1, default: 'PROJ-.####', hidden: 1 }),
  field('project_name', 'Data', 'Project Name', { reqd: 1, bold: 1, in_list_view: 1 }),
  select('status', 'Status', 'Open|Completed|Cancelled', { default: 'Open', no_copy: 1, in_list_view: 1 }),
  field('project_type', 'Link', 'Project Type', { options: 'Project Type' }),
];
const active = select('is_active', 'Is Active', 'Yes|No', { default: 'Yes' });
const method = select(
  'percent_complete_method',
  '% Complete Method',
  'Manual|Task Completion|Task Progress|Task Weight',
  {
    default: 'Task Completion',
  },
);
const percent = field('percent_complete', 'Percent', '% Completed', { read_only: 1, no_copy: 1 });
const start = field('expected_start_date', 'Date', 'Expected Start Date', { bold: 1 });
const end = field('expected_end_date', 'Date', 'Expected End Date', { bold: 1 });
const priority = select('priority', 'Priority', 'Medium|Low|High', { default: 'Medium' });
const department = field('department', 'Link', 'Department', { options: 'Department' });
const customer: Field[] = [
  field('customer_details', 'Section Break', 'Customer Details'),
  field('customer', 'Link', 'Customer', { options: 'Customer' }),
  field('column_break_14', 'Column Break'),
  field('sales_order', 'Link', 'Sales Order', { options: 'Sales Order' }),
];
const users: Field[] = [
  field('users_section', 'Section Break', 'Users'),
  field('users', 'Table', 'Users', { options: 'Project User' }),
  field('copied_from', 'Data', 'Copied From', { hidden: 1, read_only: 1 }),
];
const notes: Field[] = [field('section_break0', 'Section Break', 'Notes'), field('notes', 'Text Editor', 'Notes')];
const costing: Field[] = [
  field('project_details', 'Section Break', 'Costing and Billing'),
  field('estimated_costing', 'Currency', 'Estimated Cost'),
  field('total_costing_amount', 'Currency', 'Total Costing Amount (via Timesheet)', { read_only: 1 }),
  field('company', 'Link', 'Company', { options: 'Company', reqd: 1, default: 'Contoso GmbH' }),
  field('column_break_28', 'Column Break'),
  field('total_sales_amount', 'Currency', 'Total Sales Amount (via Sales Order)', { read_only: 1 }),
];

/** Project: one page in v14 and v15, tabs in v16. */
export function projectType(flavour: Flavour): DocTypeDef {
  const flat = [
    ...head,
    active,
    method,
    percent,
    field('column_break_5', 'Column Break'),
    start,
    end,
    priority,
    department,
    ...customer,
    ...users,
    ...notes,
    ...costing,
  ];
  const tabbed = [
    ...head,
    method,
    field('column_break_5', 'Column Break'),
    priority,
    department,
    active,
    percent,
    field('section_break_18', 'Section Break', 'Timeline'),
    start,
    field('column_break_20', 'Column Break'),
    end,
    field('costing_tab', 'Tab Break', 'Costing'),
    ...costing,
    field('monitor_progress_tab', 'Tab Break', 'Progress'),
    field('collect_progress', 'Check', 'Collect Progress'),
    field('more_info_tab', 'Tab Break', 'More Info'),
    ...customer,
    ...users,
    ...notes,
    field('connections_tab', 'Tab Break', 'Connections'),
  ];
  return {
    name: 'Project',
    module: 'Projects',
    autoname: 'PROJ-.####',
    title_field: 'project_name',
    allow_rename: 1,
    fields: flavour === 'v16' ? tabbed : flat,
  };
}

export const projectUser: DocTypeDef = {
  name: 'Project User',
  module: 'Projects',
  autoname: 'hash',
  istable: 1,
  fields: [
    field('user', 'Link', 'User', { options: 'User', reqd: 1, in_list_view: 1 }),
    field('email', 'Read Only', 'Email'),
    field('image', 'Read Only', 'Image', { hidden: 1 }),
    field('full_name', 'Read Only', 'Full Name', { in_list_view: 1 }),
    field('welcome_email_sent', 'Check', 'Welcome email sent', { in_list_view: 1 }),
    field('view_attachments', 'Check', 'View attachments', { in_list_view: 1 }),
    field('hide_timesheets', 'Check', 'Hide timesheets'),
  ],
};
