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

/**
 * Tells of any message all that might stand where it stands, itself among them, oldest first.
 *
 * @param {readonly Message[]} messages
 * @returns {(message: Message) => Message[]}
 */
export function versionsIn(messages) {
  const place = ({ parent, role }) => `${parent} ${role}`;
  const places = new Map();
  for (const message of messages) {
    if (!places.has(place(message))) places.set(place(message), []);
    places.get(place(message)).push(message);
  }
  return (message) => places.get(place(message));
}

/**
 * Takes something out. A question goes with its answers, and what followed them moves up to where it
 * stood; an answer goes with all that follows it.
 *
 * @param {readonly Message[]} messages
 * @param {string} id
 * @returns {Message[]} what remains
 */
export function without(messages, id) {
  const { role, parent } = messages.find((message) => message.id === id);
  const gone = new Set([id]);
  for (const message of messages) {
    if (gone.has(message.parent) && (role === 'assistant' || message.role === 'assistant')) gone.add(message.id);
  }
  const rest = messages.filter((message) => !gone.has(message.id));
  return rest.map((message) => (gone.has(message.parent) ? { ...message, parent } : message));
}

/** Where one gets from `id`, or from the start for null, by following the newest message each time. */
export function latestLeaf(messages, id) {
  const newest = messages.findLast(({ parent }) => parent === id);
  return newest ? latestLeaf(messages, newest.id) : id;
}
