import { keep, kept } from './settings.js';

const HINTED = 'sluice.install';

/**
 * Offers to install the page: in the menu, and once in words, when there are some conversations.
 * Where the browser has no way to ask it for that (iOS), the person is told what to tap.
 *
 * @param {HTMLElement} button
 * @param {{ripe: () => boolean, hint: () => void, byHand: () => void}} words whether it is time for the
 *     hint, what says it, and what says how it is done by hand
 * @returns {() => void} installs it
 */
export function offerInstalling(button, { ripe, hint, byHand }) {
  let offered = null;
  const offer = () => {
    button.hidden = false;
    if (kept(HINTED) || !ripe()) return;
    keep(HINTED, 'yes');
    hint();
  };
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event;
    offer();
  });
  // Only iOS knows this property; it is true in what was installed.
  if (navigator.standalone === false) button.hidden = false;
  return () => {
    if (!offered) return byHand();
    offered.prompt();
    button.hidden = true;
  };
}
