import { h } from './dom.js';
import { isV14 } from './flavour.js';

/** A person's name as the page knows it; of a stranger, the address. source: frappe.user_info */
export const nameOf = (email) => window.frappe.boot.user_info[email]?.fullname ?? email;

export const initials = (name) =>
  name
    .split(' ')
    .slice(0, 2)
    .map((part) => part[0] ?? '')
    .join('')
    .toUpperCase();

/**
 * A face: who it is stands in `title` alone, as a full name. Only where a list can be filtered by it (`filter`) does the
 * address stand beside. source: frappe/public/js/frappe/utils/common.js (frappe.avatar, frappe.get_avatar)
 */
export function avatar(email, size = 'medium', filter = false) {
  const name = nameOf(email);
  const face = h(
    `span.avatar.avatar-${size}`,
    { 'data-filter': filter && `_assign,like,%${email}%`, title: name },
    h('div.avatar-frame.standard-image', { title: name }, initials(name)),
  );
  if (filter) face.classList.add('filterable');
  return face;
}

/** Up to `limit` faces, one more where it would be the only one left out, then `+3`. source: the same (avatar_group) */
export function avatarGroup(emails, limit, { align = 'right', filter = false } = {}) {
  const shown = emails.length === limit + 1 ? emails : emails.slice(0, limit);
  const others = emails.slice(shown.length);
  const rest = others.length
    ? [
        h(
          'span.avatar.avatar-small',
          {},
          h(
            'div.avatar-frame.standard-image.avatar-extra-count',
            { title: others.map(nameOf).join(', ') },
            `+${others.length}`,
          ),
        ),
      ]
    : [];
  return h(
    `div.avatar-group.${align}.overlap`,
    {},
    shown.map((email) => avatar(email, 'small', filter)),
    rest,
  );
}

/** A person in a sentence: a link without any attribute but its address. source: version_timeline_content_builder.js */
export function userLink(email) {
  const href = `${window.frappe.prefix}/user/${encodeURIComponent(email)}`;
  return h('a', { href }, isV14 ? h('b', {}, nameOf(email)) : nameOf(email));
}

/** A link field's value that nobody is editing. source: frappe/public/js/frappe/form/formatters.js (Link) */
export function linkTo(doctype, name) {
  const slug = doctype.toLowerCase().replaceAll(' ', '-');
  const href = `${window.frappe.prefix}/${slug}/${encodeURIComponent(name)}`;
  return h('a', { href, 'data-doctype': doctype, 'data-name': name, 'data-value': name }, name);
}
