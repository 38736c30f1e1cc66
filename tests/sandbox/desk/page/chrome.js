import { h, icon } from './dom.js';
import { isV14, isV16 } from './flavour.js';
import { avatar } from './people.js';
import { word } from './words.js';

/** What stands around every page: a bar at the top, from v16 on a column at the side. Returns `#body`. */
export function buildChrome() {
  const body = h('div#body');
  const main = h('div.main-section', {}, isV16 ? h('header') : topBar(), body, h('footer'));
  if (isV16) document.body.append(sideColumn());
  document.body.append(main);
  return body;
}

/** The path of names in the bar (v16 keeps its own in the page's head). */
export function setBreadcrumbs(entries) {
  const list = document.querySelector('#navbar-breadcrumbs');
  list?.replaceChildren(
    ...entries.map(({ label, href }, index) =>
      h(index === entries.length - 1 && !href ? 'li.disabled' : 'li', {}, h('a', { href: href ?? null }, label)),
    ),
  );
}

function topBar() {
  const { user } = window.frappe.session;
  const link = (content, ...classes) => {
    const item = isV14
      ? h('a.nav-link', { href: '#' }, content)
      : h('button.btn-reset.nav-link', { type: 'button' }, content);
    item.classList.add(...classes);
    return item;
  };
  const header = h(
    'header.navbar.navbar-expand',
    { role: 'navigation' },
    h(
      'div.container',
      {},
      h('a.navbar-brand.navbar-home', { href: window.frappe.prefix }, h('span.app-logo', {}, 'E')),
      h('ul#navbar-breadcrumbs.nav.navbar-nav.d-none.d-sm-flex'),
      h(
        'div.collapse.navbar-collapse.justify-content-end',
        {},
        h(
          'form.form-inline.fill-width.justify-content-end',
          { role: 'search', onsubmit: (event) => event.preventDefault() },
          h(
            'div.input-group.search-bar.text-muted',
            {},
            h('input#navbar-search.form-control', {
              type: 'text',
              role: 'combobox',
              'aria-expanded': 'false',
              placeholder: 'Search or type a command (Ctrl + G)',
            }),
            h('span.search-icon', {}, icon('search')),
          ),
        ),
        h(
          'ul.navbar-nav',
          {},
          h(
            'li.nav-item.dropdown.dropdown-notifications.dropdown-mobile',
            {},
            link(icon('bell', 18), 'notifications-icon', 'text-muted'),
          ),
          h('li.vertical-bar.d-none.d-sm-block'),
          h(
            'li.nav-item.dropdown.dropdown-help.dropdown-mobile.d-none.d-lg-block',
            {},
            link(h('span', {}, word('Help'), ' ', icon('down', 12))),
          ),
          h('li.nav-item.dropdown.dropdown-navbar-user.dropdown-mobile', {}, link(avatar(user))),
        ),
      ),
    ),
  );
  if (isV14) header.classList.add('sticky-top');
  return isV14 ? header : h('div.sticky-top', {}, header);
}

function sideColumn() {
  const { user_fullname: name, user } = window.frappe.session;
  const item = (label, picture, href) =>
    h(
      'div.standard-sidebar-item',
      {},
      h(
        'a.item-anchor',
        { href },
        h('span.sidebar-item-icon', {}, icon(picture)),
        h('span.sidebar-item-label', {}, label),
      ),
    );
  const to = (doctype) => `${window.frappe.prefix}/${doctype}`;
  const container = h('div.body-sidebar-container.expanded');
  const toggle = () => container.classList.toggle('expanded');
  const column = h(
    'div.body-sidebar',
    {},
    h(
      'a.sidebar-header',
      { href: window.frappe.prefix },
      h('div.sidebar-item-icon', {}, h('div.header-logo', {}, 'D')),
      h(
        'div.title-container',
        {},
        h('div.sidebar-item-label.header-title', {}, 'Desk'),
        h('div.sidebar-item-label.header-subtitle', {}, 'Sandbox'),
      ),
    ),
    h('div.standard-items-sections', {}, item('Search', 'search', '#'), item('Notification', 'bell', '#')),
    h(
      'div.body-sidebar-top',
      {},
      h(
        'div.sidebar-items',
        {},
        item('Event', 'list', to('event')),
        item('Project', 'list', to('project')),
        item('Task', 'list', to('task')),
      ),
    ),
    h(
      'div.body-sidebar-bottom',
      {},
      h(
        'div.dropdown-navbar-user',
        {},
        avatar(user),
        h('div.avatar-name-email', {}, h('span', {}, name), h('span.text-muted', {}, user)),
      ),
      h(
        'div.sidebar-bottom-actions',
        {},
        h(
          'button.collapse-sidebar-link.btn.btn-ghost.btn-xs',
          { type: 'button', title: 'Collapse', onclick: toggle },
          icon('panel'),
        ),
      ),
    ),
  );
  container.append(h('div.body-sidebar-placeholder'), column, h('div.overlay', { onclick: toggle }));
  if (matchMedia('(max-width: 991.98px)').matches) container.classList.remove('expanded');
  return container;
}
