import { keep, kept } from './settings.js';

const HINTED = 'sluice.install';

/**
 * Offers to install the page where the browser does: in the menu, and once in words, when there are
 * some conversations.
 *
 * @param {HTMLElement} button
 * @param {{ripe: () => boolean, hint: () => void}} once whether it is time for the words, and what says them
 * @returns {() => void} installs it
 */
export function offerInstalling(button, { ripe, hint }) {
  let offered = null;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event;
    button.hidden = false;
    if (kept(HINTED) || !ripe()) return;
    keep(HINTED, 'yes');
    hint();
  });
  return () => {
    offered?.prompt();
    button.hidden = true;
  };
}
