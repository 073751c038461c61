/**
 * A conversation is a tree: editing and asking again only add. Every message knows the one that it
 * follows; what is seen is the path from the first to one leaf.
 *
 * @typedef {import('./store.js').Message} Message
 */

/** From the first message to `leaf`. @param {readonly Message[]} messages @param {string | null} leaf */
export function pathTo(messages, leaf) {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const path = [];
  for (let at = byId.get(leaf); at && !path.includes(at); at = byId.get(at.parent)) path.unshift(at);
  return path;
}

/** All that might stand where `message` stands, itself among them, oldest first. */
export function siblingsOf(messages, message) {
  return messages.filter(({ parent, role }) => parent === message.parent && role === message.role);
}

/** Where one gets from `id` by following the newest message each time. */
export function latestLeaf(messages, id) {
  const newest = messages.findLast(({ parent }) => parent === id);
  return newest ? latestLeaf(messages, newest.id) : id;
}
