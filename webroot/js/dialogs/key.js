import { signIn, signOut } from '../api.js';
import { keep, kept } from '../settings.js';
import { text } from '../text.js';
import { act, labelled, make, openDialog } from './dialog.js';

/** Whether there is a key, which the page itself cannot see. */
const SIGNED_IN = 'sluice.signed-in';

export function hasKey() {
  return Boolean(kept(SIGNED_IN));
}

/** The browser forgets the key. */
export async function giveUpKey() {
  await signOut();
  keep(SIGNED_IN, '');
}

/** Asks for the key that the gateway wants. @param {() => void} good what to do when it is taken */
export function askKey(good) {
  const key = make('input', { type: 'password', required: true, autocomplete: 'current-password' });
  const note = make('p', { role: 'alert' });
  const form = make('form', {}, [
    labelled(text.key, key),
    note,
    make('div', { className: 'buttons' }, [
      make('button', { type: 'submit', className: 'first', textContent: text.signIn }),
      act(text.cancel, () => dialog.close()),
    ]),
  ]);
  const dialog = openDialog(text.signIn, [form]);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await signIn(key.value);
      keep(SIGNED_IN, 'yes');
      dialog.close();
      good();
    } catch ({ message }) {
      note.textContent = message || text.faults.unreachable();
      key.select();
    }
  });
  key.focus();
}
