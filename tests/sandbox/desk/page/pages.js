import { h, icon } from './dom.js';
import { isV14, isV16 } from './flavour.js';
import { jQuery } from './jquery.js';

const containers = new Map();
let shown = null;

/**
 * A page's container, made once: `#page-Event` serves every Event, hidden by display:none when it is left.
 * @param kind `form`, `list` or `bare`
 */
export function pageFor(id, kind) {
  const known = containers.get(id);
  if (known) return known;
  const page = buildPage(id, kind);
  containers.set(id, page);
  document.querySelector('#body').append(page.element);
  return page;
}

/** Shows one page and hides the one before; `page-change` follows even where the page stays the same. */
export function changeTo(page) {
  if (shown && shown !== page) shown.element.style.display = 'none';
  page.element.style.display = 'block';
  shown = page;
  (isV16 ? document.querySelector('.main-section') : document.scrollingElement).scrollTop = page.scroll ?? 0;
  jQuery(document).trigger('page-change');
}

function buildPage(id, kind) {
  const element = h('div.content.page-container', { id: `page-${id}`, 'data-page-route': id, style: 'display: none' });
  const head = buildHead(kind);
  const side = h(isV16 ? 'div.layout-side-section.right' : 'div.col-lg-2.layout-side-section');
  const section = h('div.layout-main-section');
  const wrapper = h(isV16 ? 'div.layout-main-section-wrapper' : 'div.col.layout-main-section-wrapper', {}, section);
  const columns = isV16 ? [wrapper, side] : [side, wrapper];
  element.append(
    head.element,
    h(
      'div.container.page-body',
      {},
      h('div.page-toolbar.hide', {}, h('div.container')),
      h(
        'div.page-wrapper',
        {},
        h(
          'div.page-content',
          {},
          h('div.workflow-button-area.btn-group.pull-right.hide'),
          h('div.clearfix'),
          h(isV16 ? 'div.layout-main.layout-two-column' : 'div.row.layout-main', {}, ...columns),
        ),
      ),
    ),
  );
  head.toggle.addEventListener('click', () => {
    if (isV16) document.querySelector('.body-sidebar-container').classList.toggle('expanded');
    else side.style.display = getComputedStyle(side).display === 'none' ? 'block' : 'none';
  });
  return { element, head, side, wrapper, section };
}

function buildHead(kind) {
  const toggle = isV14
    ? h('span.sidebar-toggle-btn', {}, icon('menu'))
    : h('button.btn-reset.sidebar-toggle-btn', { type: 'button', 'aria-label': 'Sidebar' }, icon('menu'));
  const title = isV16 ? h('a.title-text') : h('h3.ellipsis.title-text');
  const indicator = h('span.indicator-pill.whitespace-nowrap', {}, h('span'));
  if (!isV14) indicator.classList.add('no-indicator-dot');
  const crumbs = h('ul.nav.d-sm-flex.navbar-breadcrumbs.ellipsis');
  const titleArea = isV16
    ? h('div.flex.title-area.ellipsis', {}, crumbs, indicator)
    : h(
        'div.flex.fill-width.title-area',
        {},
        h('div', {}, h('div.flex', {}, title, indicator), h('div.ellipsis.sub-heading.hide.text-muted')),
      );
  const custom = h('div.custom-actions.hidden-xs.hidden-md');
  const nav = h('span.page-icon-group.hidden-xs.hidden-sm');
  const menuList = h('ul.dropdown-menu.dropdown-menu-right', { role: 'menu' });
  const menuButton = h(
    'button.btn.btn-default.icon-btn',
    { type: 'button', 'aria-label': 'Menu', title: 'Menu' },
    h('span', {}, icon('dots')),
  );
  const menu = h('div.menu-btn-group', {}, menuButton, menuList);
  const primary = h('button.btn.btn-primary.btn-sm.primary-action', { type: 'button' });
  const actions = h(
    'div.flex.col.page-actions.justify-content-end',
    {},
    kind === 'form' && h('div.form-viewers.d-flex'),
    isV16 && h('div.filters.flex'),
    custom,
    isV16 && h('div.custom-mobile-actions'),
    h('div.standard-actions.flex', {}, nav, menu, primary),
  );
  menuButton.addEventListener('click', (event) => {
    event.stopPropagation();
    menu.classList.toggle('show');
  });
  document.addEventListener('click', () => menu.classList.remove('show'));
  const element = h(
    'div.page-head.flex',
    {},
    h(
      'div.container',
      {},
      h(
        isV16
          ? 'div.row.flex-nowrap.align-center.page-head-content.justify-between'
          : 'div.row.flex.align-center.page-head-content.justify-between',
        {},
        h(isV16 ? 'div.page-title' : 'div.col-md-4.col-sm-6.col-xs-7.page-title', {}, toggle, titleArea),
        isV16 ? h('div.align-center.flex.standard-items-section', {}, actions) : actions,
      ),
    ),
  );
  return { element, toggle, title, indicator, crumbs, custom, nav, menuList, primary };
}

/** Fills the `…` menu. @param items `{ label, shortcut, run }` */
export function fillMenu(head, items) {
  head.menuList.replaceChildren(
    ...items.map(({ label, shortcut, run }) =>
      h(
        'li.user-action',
        {},
        h(
          'a.grey-link.dropdown-item',
          {
            href: '#',
            onclick: (event) => {
              event.preventDefault();
              run();
            },
          },
          h('span.menu-item-label', { 'data-label': encodeURIComponent(label) }, label),
          shortcut && h('kbd.pull-right', {}, shortcut),
        ),
      ),
    ),
  );
}
