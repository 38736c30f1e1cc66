/**
 * Every selector of Desk's page that this extension relies on, with where it was last seen: Frappe 14.81.4, 15.101.1
 * and 16 as they ran on 2026-11-22. When one breaks, this is the only file to mend.
 */
export const SELECTORS = {
  /** Says the route in words, `Form/Event/EV00001`, and changes with it. v14, v15, v16 (frappe/views/container.js). */
  routed: 'body[data-route]',
  /** One a doctype, reused for all its records and hidden when left; its class follows the docstatus. v14, v15, v16. */
  formPage: '.page-container:is(.editable-form, .submitted-form, .cancelled-form)',
  /** A form that is really there: a record that does not exist has a page without it. v14, v15, v16. */
  formLayout: '.layout-main-section',
  /** The bar that holds title and buttons. v14, v15, v16. */
  pageHead: '.page-head',
  /** The buttons' end of it; what is put first here stays over every refresh. v14, v15, v16. */
  pageActions: '.page-head .page-actions',
  /** Save: may never disappear under the panel. v14, v15, v16. */
  primaryAction: '.page-head .page-actions .primary-action',
  /** A title beside which the buttons may not wrap: it gives way when the panel takes room. v16. */
  unwrappedTitle: '.page-head .page-head-content.flex-nowrap > .page-title',
  /** The way to the record inside that title, the record's own name last. v16. */
  titlePath: '.page-head .page-title .navbar-breadcrumbs',
  /** The row of title and buttons where it wraps, and its title would not shrink. v14, v15. */
  wrappedHead: '.page-head .page-head-content:not(.flex-nowrap)',
  /** The title's words and the status beside them. v14, v15, v16. */
  titleArea: '.title-area',
  /** Only in v16: the workspace's own sidebar. */
  bodySidebar: '.body-sidebar',
  /** Only from v16: the form's sidebar stands at the end. */
  endSidebar: '.layout-side-section.right',
  /** From v15: messages above a form. */
  formMessage: '.form-message-container',
} as const;

/** Attributes read from `<html>`: v14, v15, v16. */
export const HTML_ATTRIBUTES = ['data-theme', 'data-theme-mode', 'dir', 'lang'] as const;

/** In lists: v14, v15, v16 (frappe/public/js/frappe/list/list_view.js, get_subject_html and get_subject_element). */
export const LIST_SELECTORS = {
  /** A row's way to its record, with `data-doctype` and `data-name`. */
  rowLink: '.frappe-list .list-row .list-subject a[data-doctype][data-name]',
  /** The cell of it, a flex row that begins with the checkbox. */
  subject: '.list-subject',
} as const;

/** Where pages name users by their login. v14, v15, v16. */
export const USER_SELECTORS = {
  /** A link that is not being edited, in forms and their tables (frappe/form/formatters.js, Link). */
  link: 'a[data-doctype="User"][data-name]',
  /** Of an assignee in a list, `_assign,like,%login%` (frappe/utils/common.js, frappe.avatar). */
  avatar: '.list-row .avatar[data-filter^="_assign,like,%"]',
  /** Of an assignee, in the sidebar (v16) or the dialog of all (frappe/form/sidebar/assign_to.js, get_assignment_row). */
  assignee: '.dialog-assignment-row[data-user]',
  /** The face in it. */
  face: '.avatar',
  /** A cell of a list with a link field, `field,=,login` (frappe/list/list_view.js, get_column_html). */
  cell: '.list-row a.filterable[data-filter*=",=,"]',
  /** A link field of a form that can be edited (frappe/form/controls/link.js). */
  input: 'input[data-target="User"]',
  /** The field around it, and the words above it. */
  field: '.frappe-control',
  fieldLabel: '.control-label',
} as const;
