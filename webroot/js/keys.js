import { setting } from './settings.js';

/** Whether this is a Mac, where Command does what Control does elsewhere. */
const mac = /mac/i.test(navigator.userAgentData?.platform ?? navigator.platform);
const command = mac ? '⌘' : 'Ctrl';

/** Every shortcut: what it does, by the name that the words have for it, and how it is written. */
export const shortcuts = [
  { name: 'send', keys: ['Enter'] },
  { name: 'sendAlways', keys: [command, 'Enter'] },
  { name: 'newLine', keys: ['Shift', 'Enter'] },
  { name: 'stop', keys: ['Esc'] },
  { name: 'editLast', keys: ['↑'] },
  { name: 'palette', keys: [command, 'K'] },
  { name: 'newChat', keys: [command, 'Shift', 'O'] },
  { name: 'copyAnswer', keys: [command, 'Shift', 'C'] },
  { name: 'copyCode', keys: [command, 'Shift', ';'] },
  { name: 'previous', keys: ['Alt', '↑'] },
  { name: 'next', keys: ['Alt', '↓'] },
  { name: 'list', keys: [command, 'B'] },
  { name: 'help', keys: ['?'] },
];

/** Which shortcut an event is, of those that hold everywhere on the page; nothing if none. */
export function shortcutOf(event) {
  const { key, shiftKey, altKey, isComposing, target } = event;
  const control = mac ? event.metaKey : event.ctrlKey;
  if (isComposing) return '';
  if (key === 'Escape') return 'stop';
  if (altKey && !control) return { ArrowUp: 'previous', ArrowDown: 'next' }[key] ?? '';
  if (control && shiftKey) return { O: 'newChat', C: 'copyAnswer', ';': 'copyCode', ':': 'copyCode' }[upper(key)] ?? '';
  if (control) return { K: 'palette', B: 'list' }[upper(key)] ?? '';
  const types = target.closest('input, textarea, select');
  return key === '?' && !types && setting('keys') ? 'help' : '';
}

function upper(key) {
  return key.length === 1 ? key.toUpperCase() : key;
}
