import { text } from '../text.js';
import { make, openDialog } from './dialog.js';

/** How many are shown at a time. */
const MOST = 50;

/**
 * A line to type into and what fits it.
 *
 * @typedef {{words: string, detail?: string, deed: () => void}} Entry
 * @param {Entry[]} entries
 */
export function openPalette(entries) {
  const list = make('ul', { id: 'palette-list', role: 'listbox', ariaLabel: text.palette });
  const input = make('input', { type: 'text', role: 'combobox', placeholder: text.paletteHint, ariaLabel: text.palette, autocomplete: 'off', ariaExpanded: 'true' });
  input.setAttribute('aria-controls', list.id);
  const dialog = openDialog(text.palette, [input, list]);
  dialog.classList.add('palette');
  let shown = [];
  let at = 0;

  function run(entry) {
    dialog.close();
    entry?.deed();
  }

  function mark(index) {
    at = (index + shown.length) % (shown.length || 1);
    [...list.children].forEach((option, i) => (option.ariaSelected = `${i === at}`));
    const option = list.children[at];
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  function filter() {
    const wanted = input.value.toLocaleLowerCase().split(/\s+/);
    const fits = ({ words, detail = '' }) => wanted.every((part) => `${words} ${detail}`.toLocaleLowerCase().includes(part));
    shown = entries.filter(fits).slice(0, MOST);
    list.replaceChildren(...shown.map(option));
    mark(0);
  }

  input.addEventListener('input', filter);
  input.addEventListener('keydown', (event) => {
    const deed = { ArrowDown: () => mark(at + 1), ArrowUp: () => mark(at - 1), Enter: () => run(shown[at]) }[event.key];
    if (!deed || event.isComposing) return;
    event.preventDefault();
    deed();
  });
  list.addEventListener('click', ({ target }) => {
    const index = [...list.children].indexOf(target.closest('li'));
    if (index >= 0) run(shown[index]);
  });
  filter();
  input.focus();
}

/** @param {Entry} entry @param {number} index */
function option({ words, detail }, index) {
  const made = make('li', { id: `palette-${index}`, role: 'option', dir: 'auto' }, [make('span', { textContent: words })]);
  if (detail) made.append(make('span', { textContent: detail, className: 'detail' }));
  return made;
}
