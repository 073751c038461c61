import { text } from '../text.js';
import { act, choice, labelled, make, openDialog } from './dialog.js';

/** Asks which model is to be asked as well. */
export function askRival(picker, store) {
  const options = Object.fromEntries(picker.options.map(({ words, value }) => [value, words]));
  let chosen = Object.keys(options)[0];
  const select = choice(options, chosen, (value) => (chosen = value));
  const start = act(text.compareStart, () => {
    dialog.close();
    store.set('rival', { ...picker.choiceOf(chosen) });
  });
  start.className = 'first';
  const dialog = openDialog(text.compare, [
    labelled(text.compareWith, select),
    make('div', { className: 'buttons' }, [start, act(text.cancel, () => dialog.close())]),
  ]);
}
