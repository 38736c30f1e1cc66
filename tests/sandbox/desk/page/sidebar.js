import { h, icon } from './dom.js';
import { isV14, isV16 } from './flavour.js';
import { titleOf } from './form-head.js';
import { ago } from './format.js';
import { docinfos } from './model.js';
import { avatar, avatarGroup, nameOf, userLink } from './people.js';
import { word } from './words.js';

/** Everything in the form's sidebar, and in the column around it, is thrown away and made anew at every refresh. */
export function refreshSidebar(form) {
  const { side } = form.page;
  const isNew = Boolean(form.is_new());
  side.classList.toggle('hide-sidebar', isNew);
  side.replaceChildren();
  if (!isNew)
    side.append(h('div.form-sidebar.overlay-sidebar.hidden-xs.hidden-sm', {}, isV16 ? sections(form) : lists(form)));
}

function lists(form) {
  const comments = docinfos[`${form.doctype}/${form.docname}`]?.comments.length ?? 0;
  const menu = (...classes) => h(['ul', 'list-unstyled', 'sidebar-menu', ...classes].join('.'));
  const entry = (name, label, picture, button) => {
    const list = menu(name);
    if (isV14)
      list.append(
        h('li.sidebar-label', {}, icon(picture), ` ${word(label)}`),
        h(
          'li',
          {},
          h(
            `button.text-muted.btn.btn-default.icon-btn.${button}`,
            { type: 'button', 'aria-label': label },
            icon('plus', 14),
          ),
        ),
      );
    else
      list.append(
        h(
          'li',
          {},
          h(
            'span.form-sidebar-items',
            {},
            h('span', {}, icon(picture), h('span.ellipsis', {}, ` ${word(label)}`)),
            h(`button.${button}.btn.btn-link.icon-btn`, { type: 'button', 'aria-label': label }, icon('plus')),
          ),
        ),
      );
    return list;
  };
  const assignments = entry('form-assignments', 'Assigned To', 'person', 'add-assignment-btn');
  showAssigned(form, assignments);
  const stats = menu('form-sidebar-stats');
  stats.append(
    h(
      'li.flex',
      {},
      h(
        'div.form-stats.d-flex',
        {},
        h('span.form-stats-likes', {}, icon('heart'), ' 0'),
        h('span.mx-2', {}, '·'),
        h('a.comments', {}, icon('comment'), ' ', h('span.comments-count', {}, String(comments))),
      ),
      h('a.form-follow.text-sm', {}, 'FOLLOW'),
    ),
  );
  const edited = menu('text-muted');
  edited.append(
    h('li.modified-by', {}, who(form.doc.modified_by), ' last edited this · ', stamp(form.doc.modified)),
    h('li.created-by', {}, who(form.doc.owner), ' created this · ', stamp(form.doc.creation)),
  );
  const tags = ['form-tags', 'Tags', 'tag', 'add-tags-btn'];
  const share = ['form-shared', isV14 ? 'Shared With' : 'Share', 'share', 'share-doc-btn'];
  return [
    assignments,
    entry('form-attachments', 'Attachments', 'clip', 'add-attachment-btn'),
    ...(isV14 ? [share, tags] : [tags, share]).map((one) => entry(...one)),
    stats,
    h('hr'),
    edited,
  ];
}

function sections(form) {
  const section = (...classes) => h(['div', 'sidebar-section', ...classes].join('.'));
  const entry = (name, label, picture, button) => {
    const made = section(name);
    made.append(
      h(
        'div',
        {},
        h(
          'span.form-sidebar-items',
          {},
          h('span.form-sidebar-label', {}, icon(picture), h('span.ellipsis', {}, ` ${label}`)),
          h(`button.${button}.btn.btn-link.icon-btn`, { type: 'button', 'aria-label': label }, icon('plus')),
        ),
      ),
    );
    return made;
  };
  const details = section('sidebar-meta-details', 'border-bottom');
  details.append(
    h(
      'div.flex.justify-between.overflow-hidden',
      {},
      h(
        'div.ellipsis',
        {},
        h('div.form-details.form-title-text', {}, h('span.bold.ellipsis', {}, titleOf(form))),
        h('div.form-name-container.form-name-copy', {}, form.docname),
      ),
      h('div.form-stats-likes.flex', {}, icon('printer'), icon('heart')),
    ),
  );
  const edited = section('text-muted', 'pt-3');
  edited.append(
    h(
      'ul.list-unstyled.sidebar-menu.text-muted',
      {},
      h('li.modified-by', {}, 'Last Edited by ', who(form.doc.modified_by), h('br'), stamp(form.doc.modified)),
      h('li.created-by', {}, 'Created By ', who(form.doc.owner), h('br'), stamp(form.doc.creation)),
    ),
  );
  const assignments = entry('form-assignments', 'Assign', 'person', 'add-assignment-btn');
  showAssigned(form, assignments);
  const shared = entry('form-shared', 'Share', 'share', 'share-doc-btn');
  shared.classList.add('border-bottom');
  return [
    details,
    assignments,
    entry('form-attachments', 'Attachments', 'clip', 'add-attachment-btn'),
    entry('form-tags', 'Tags', 'tag', 'add-tags-btn'),
    shared,
    edited,
  ];
}

/** How the sidebar names who did something: v14 by name alone, the others link to everybody but oneself. */
function who(email) {
  if (isV14) return h('b', {}, nameOf(email));
  return email === window.frappe.session.user ? 'You' : userLink(email);
}

/** Those the document is assigned to, in the section for it. source: form/sidebar/assign_to.js */
function showAssigned(form, section) {
  const people = (docinfos[`${form.doctype}/${form.docname}`]?.assignments ?? []).map(({ owner }) => owner);
  const place = isV16 ? assignedRows(people) : assignedFaces(people);
  if (!people.length) place.style.display = 'none';
  // v14 keeps them before its button, the others below the heading.
  if (isV14) section.lastElementChild.prepend(place);
  else section.lastElementChild.append(place);
}

const assignedFaces = (people) =>
  h(isV14 ? 'span.assignments' : 'div.assignments', {}, people.length > 0 && avatarGroup(people, 5, { align: 'left' }));

/** v16 alone says whose row it is: `data-user`. source: its form/sidebar/assign_to.js */
const assignedRows = (people) =>
  h(
    'div.assignments',
    {},
    people.length > 0 &&
      h(
        'div',
        {},
        people.map((email) =>
          h(
            'div.dialog-assignment-row',
            { 'data-user': email },
            h('div.assignee', {}, avatar(email, 'smaller'), h('span', {}, nameOf(email))),
          ),
        ),
      ),
  );

const stamp = (naive) => h('span.frappe-timestamp', { 'data-timestamp': naive }, ago(naive));
