import { callMethod } from './call.js';
import { h } from './dom.js';
import { isV14, isV16 } from './flavour.js';
import { ago } from './format.js';
import { docinfos } from './model.js';
import { avatar, nameOf, userLink } from './people.js';

/** `.form-footer` with comment box and timeline, made once; only the timeline's own items are replaced. */
export function setUpFooter(form) {
  const { user, user_fullname: name } = window.frappe.session;
  const input = h('div.ql-editor', {
    contenteditable: 'true',
    role: 'textbox',
    'aria-label': 'Comment',
    'data-placeholder': 'Type a reply / comment',
  });
  const button = h('button.btn.btn-default.btn-comment.btn-xs', { type: 'button' }, 'Comment');
  const count = h('span.comment-count');
  const items = h('div.timeline-items');
  const heading = isV14
    ? h(
        'div.timeline-item.activity-toggle',
        {},
        h('div.timeline-content.flex.align-center', {}, h('h4', {}, 'Activity')),
      )
    : h('div.timeline-item.activity-title', {}, h('h4', {}, 'Activity'));
  const header = isV16
    ? h('div', {}, h('span.comment-title', {}, 'Comments '), count)
    : h('span', {}, isV14 ? 'Add a comment' : 'Comments');
  const box = h(
    'div.comment-box',
    {},
    h(
      'div.comment-input-wrapper',
      {},
      h('div.comment-input-header', {}, header),
      h(
        'div.comment-input-container',
        {},
        !isV14 && avatar(user),
        h(
          'div.frappe-control.col',
          { 'data-fieldtype': 'Comment', 'data-fieldname': 'comment' },
          h('div.ql-container.ql-bubble', {}, input),
        ),
      ),
      button,
    ),
  );
  button.addEventListener('click', async () => {
    if (!input.textContent.trim()) return;
    await callMethod('frappe.desk.form.utils.add_comment', {
      reference_doctype: form.doctype,
      reference_name: form.docname,
      content: input.innerHTML,
      comment_email: user,
      comment_by: name,
    });
    input.textContent = '';
    await form.reload_doc();
  });
  const footer = h('div.form-footer', {}, h('div.after-save', {}, box, h('div.new-timeline', {}, heading, items)));
  form.page.wrapper.append(h('div.layout-footer.hide'), h('div', {}, footer));
  form.footer = { element: footer, items, count };
}

export function refreshFooter(form) {
  const { element, items, count } = form.footer;
  element.classList.toggle('hide', Boolean(form.is_new()));
  if (form.is_new()) return;
  const comments = docinfos[`${form.doctype}/${form.docname}`]?.comments ?? [];
  count.textContent = comments.length ? `(${comments.length})` : '';
  const line = (email, did, when) =>
    h(
      'div.timeline-item',
      {},
      h('div.timeline-dot'),
      h(
        'div.timeline-content',
        {},
        email === window.frappe.session.user ? `You ${did}` : h('span', {}, userLink(email), ` ${did}`),
        h('span', {}, ` · ${ago(when)}`),
      ),
    );
  items.replaceChildren(
    ...[...comments]
      .sort((left, right) => (left.creation < right.creation ? 1 : -1))
      .map((one) =>
        h(
          'div.timeline-item',
          { 'data-doctype': 'Comment', 'data-name': one.name, 'data-timestamp': one.creation },
          h('div.timeline-badge'),
          h(
            'div.timeline-content.frappe-card',
            { id: `comment-${one.name}` },
            h(
              'div.timeline-message-box',
              {},
              h(
                'span.flex.justify-between',
                {},
                h(
                  'span.text-color.flex',
                  {},
                  h(
                    'span',
                    {},
                    avatar(one.owner),
                    h('span.ml-2', {}, nameOf(one.owner)),
                    h('span.text-muted', {}, ' commented'),
                    h('span', {}, ' · '),
                    h('span.text-muted', {}, ago(one.creation)),
                  ),
                ),
              ),
              h('div.content', { html: one.content }),
            ),
          ),
        ),
      ),
    line(form.doc.modified_by, 'last edited this', form.doc.modified),
    line(form.doc.owner, 'created this', form.doc.creation),
  );
}
