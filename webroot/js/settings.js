/** What a person has chosen for this page, kept in this browser. Changes are told at once. */

const KEY = 'sluice.settings';

const usual = { theme: 'system', language: '', enter: 'send', keys: true, announce: 'whole', wrap: false, dictation: false };

/** @typedef {typeof usual} Settings */

const watchers = [];
let current = { ...usual, ...read() };

/** @template {keyof Settings} K @param {K} name @returns {Settings[K]} */
export function setting(name) {
  return current[name];
}

/** @template {keyof Settings} K @param {K} name @param {Settings[K]} value */
export function changeSetting(name, value) {
  current = { ...current, [name]: value };
  keep(KEY, JSON.stringify(current));
  for (const tell of watchers) tell(name, value);
}

/** @param {(name: keyof Settings, value: any) => void} tell */
export function watchSettings(tell) {
  watchers.push(tell);
}

/** What this browser keeps under a name, or null; some keep nothing. */
export function kept(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The browser keeps nothing for this page: then neither do we.
  }
}

function read() {
  try {
    return JSON.parse(kept(KEY) ?? '{}');
  } catch {
    return {};
  }
}
