import { shortcuts } from '../keys.js';
import { text } from '../text.js';
import { make, openDialog } from './dialog.js';

/** What the keyboard can do. */
export function openShortcuts() {
  const rows = shortcuts.flatMap(({ name, keys }) => [
    make('dt', {}, keys.map((key) => make('kbd', { textContent: key }))),
    make('dd', { textContent: text.keyNames[name] }),
  ]);
  openDialog(text.shortcuts, [make('dl', {}, rows)]);
}
