/**
 * Offers to install the page where the browser does, in the menu and nowhere else.
 *
 * @param {HTMLElement} button
 * @returns {() => void} installs it
 */
export function offerInstalling(button) {
  let offered = null;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event;
    button.hidden = false;
  });
  return () => {
    offered?.prompt();
    button.hidden = true;
  };
}
