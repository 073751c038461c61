import { text } from '../text.js';

/**
 * Opens a dialog with a heading and a way out; the focus goes back to where it was when it closes,
 * with the caret where it stood.
 *
 * @param {string} heading
 * @param {Node[]} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(heading, content) {
  const before = /** @type {HTMLTextAreaElement | null} */ (document.activeElement);
  const { selectionStart, selectionEnd, value } = before ?? {};
  const dialog = make('dialog', {}, [
    make('header', {}, [make('h2', { textContent: heading, id: 'dialog-heading' }), closer()]),
    ...content,
  ]);
  dialog.setAttribute('aria-labelledby', 'dialog-heading');
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || target.closest('[data-close]')) dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (document.activeElement === document.body) before?.focus?.();
    // The event comes late: by now somebody may be writing there already.
    const untouched = before?.setSelectionRange && before.value === value;
    if (untouched && selectionStart !== null) before.setSelectionRange(selectionStart, selectionEnd);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function closer() {
  const button = make('button', { type: 'button', textContent: '✕', ariaLabel: text.close, title: text.close });
  button.dataset.close = '';
  return button;
}

/** An element with members and children. */
export function make(name, members = {}, children = []) {
  const element = document.createElement(name);
  Object.assign(element, members);
  element.append(...children);
  return element;
}

/** A control with its label. @param {string} words @param {HTMLElement} control */
export function labelled(words, control) {
  return make('label', {}, [make('span', { textContent: words }), control]);
}

/** A choice. @param {Record<string, string>} options words by value */
export function choice(options, value, chosen) {
  const select = make('select', {}, Object.entries(options).map(([key, words]) => new Option(words, key)));
  select.value = value;
  select.addEventListener('change', () => chosen(select.value));
  return select;
}

/** A button that does something. */
export function act(words, deed) {
  const button = make('button', { type: 'button', textContent: words });
  button.addEventListener('click', deed);
  return button;
}
