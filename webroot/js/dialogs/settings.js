import { changeSetting, setting } from '../settings.js';
import { languages, text } from '../text.js';
import { act, choice, labelled, make, openDialog } from './dialog.js';

/**
 * What a person can choose for this page.
 *
 * @param {{exportAll: () => void, importFile: (file: File) => void, removeAll: () => void, signOut: (() => void) | null}} deeds
 */
export function openSettings(deeds) {
  const file = make('input', { type: 'file', accept: 'application/json,.json', hidden: true });
  file.addEventListener('change', () => file.files[0] && deeds.importFile(file.files[0]));
  const dialog = openDialog(text.settings, [
    labelled(text.theme, of('theme', text.themes)),
    labelled(text.language, of('language', { '': text.asBrowser, ...languages }, () => location.reload())),
    labelled(text.enter, of('enter', text.enters)),
    labelled(text.announce, of('announce', text.announces)),
    labelled(text.keys, flag('keys')),
    labelled(text.dictation, flag('dictation')),
    make('div', { className: 'buttons' }, [
      act(text.exportAll, deeds.exportAll),
      act(text.importFile, () => file.click()),
      ...(deeds.signOut ? [act(text.signOut, () => (deeds.signOut(), dialog.close()))] : []),
      file,
      act(text.removeAll, () => {
        if (!confirm(text.sureRemoveAll)) return;
        deeds.removeAll();
        dialog.close();
      }),
    ]),
  ]);
}

function of(name, options, then = () => {}) {
  return choice(options, setting(name), (value) => {
    changeSetting(name, value);
    then();
  });
}

function flag(name) {
  const box = make('input', { type: 'checkbox', checked: setting(name) });
  box.addEventListener('change', () => changeSetting(name, box.checked));
  return box;
}
