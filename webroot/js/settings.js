/** What a person has chosen for this page, kept in this browser. Changes are told at once. */

const KEY = 'sluice.settings';

const usual = { theme: 'system', language: '', enter: 'send', keys: true, announce: 'whole', wrap: false, dictation: false };

const browser = () => localStorage;

/** Where what outlives a reload of its tab is kept, but not the tab. */
export const tab = () => sessionStorage;

/** @typedef {typeof usual} Settings */

const watchers = [];
let current = { ...usual, ...keptJson(KEY, {}) };

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

/** What is kept under a name, or null; some browsers keep nothing. */
export function kept(name, where = browser) {
  try {
    return where().getItem(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value, where = browser) {
  try {
    where().setItem(name, value);
  } catch {
    // The browser keeps nothing for this page, or has no room: then neither do we.
  }
}

/** The same of what is kept as JSON; `otherwise` if there is none. */
export function keptJson(name, otherwise, where = browser) {
  try {
    return JSON.parse(kept(name, where)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
