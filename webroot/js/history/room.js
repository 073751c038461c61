/** Used beyond this part, the browser's room is told to be almost full. */
const ALMOST = 0.8;

let asked = false;

/**
 * Asks the browser, once, not to clear what is kept here, and looks at how much room is left.
 *
 * @param {() => void} tell is called if it is little
 */
export async function mindTheRoom(tell) {
  if (asked || !navigator.storage?.estimate) return;
  asked = true;
  await navigator.storage.persist?.();
  const { usage, quota } = await navigator.storage.estimate();
  if (usage > ALMOST * quota) tell();
}
