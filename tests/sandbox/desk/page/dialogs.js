import { h } from './dom.js';

/** Desk's message dialog. @param message HTML, or `{ message, title, indicator }` */
export function msgprint(message, title = 'Message', indicator = 'blue') {
  const given = typeof message === 'string' ? { message, title, indicator } : { title, indicator, ...message };
  return modal({
    title: given.title,
    indicator: given.indicator,
    classes: ['msgprint-dialog'],
    body: h('div.msgprint', { html: given.message }),
  });
}

/** A dialog with one text input; resolves to the text, or null where it was closed. */
export function promptFor(title, label, value, action) {
  return new Promise((done) => {
    const input = h('input.form-control', { value, 'aria-label': label });
    const dialog = modal({
      title,
      body: h('div', {}, h('label.control-label', {}, label), input),
      action: { label: action, run: () => done(input.value) },
      onclose: () => done(null),
    });
    dialog.querySelector('input').focus();
  });
}

export function confirmThat(message, action) {
  return new Promise((done) => {
    modal({
      title: 'Confirm',
      body: h('div', {}, message),
      action: { label: action, run: () => done(true) },
      onclose: () => done(false),
    });
  });
}

/** A note at the corner that goes by itself. */
export function showAlert(message, seconds = 5) {
  const { message: text, indicator = 'green' } = typeof message === 'string' ? { message } : message;
  let box = document.querySelector('#alert-container');
  if (!box) {
    box = h('div#alert-container');
    document.body.append(box);
  }
  const alert = h(
    'div.alert.desk-alert',
    { role: 'alert' },
    h(`span.indicator.${indicator}`),
    h('span', { html: text }),
  );
  box.append(alert);
  setTimeout(() => alert.remove(), seconds * 1000);
  return alert;
}

export const closeTopModal = () => [...document.querySelectorAll('.modal.show')].at(-1)?.close();

function modal({ title, indicator, body, action, onclose, classes = [] }) {
  const backdrop = h('div.modal-backdrop.fade.show');
  const close = () => {
    element.remove();
    backdrop.remove();
    document.body.classList.toggle('modal-open', document.querySelector('.modal.show') !== null);
    onclose?.();
  };
  const run = () => {
    action.run();
    close();
  };
  const element = h(
    'div.modal.fade.show',
    { role: 'dialog', tabindex: '-1', 'aria-modal': 'true', 'aria-label': title },
    h(
      'div.modal-dialog',
      {},
      h(
        'div.modal-content',
        {},
        h(
          'div.modal-header',
          {},
          h('h4.modal-title', {}, indicator && h(`span.indicator.${indicator}`), title),
          h('button.btn.btn-modal-close.close', { type: 'button', 'aria-label': 'Close', onclick: close }, '×'),
        ),
        h('div.modal-body', {}, body),
        action &&
          h(
            'div.modal-footer',
            {},
            h('button.btn.btn-primary.btn-sm.btn-modal-primary', { type: 'button', onclick: run }, action.label),
          ),
      ),
    ),
  );
  element.classList.add(...classes, 'show');
  element.close = close;
  document.body.classList.add('modal-open');
  document.body.append(backdrop, element);
  element.focus();
  return element;
}
