/**
 * The browser's database: conversations, and their messages one by one, so that a long conversation
 * costs no more to keep than its last message.
 *
 * @typedef {import('../store.js').Conversation} Conversation
 * @typedef {import('../store.js').Message} Message
 */

const NAME = 'sluice';
const VERSION = 1;

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('conversations', { keyPath: 'id' });
      request.result.createObjectStore('messages', { keyPath: 'id' }).createIndex('conversation', 'conversation');
    };
    request.onsuccess = () => {
      // Another tab wants a newer database: make way, and open again when it is needed.
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Runs `work` in one transaction, and gives what the last request of it gives. */
async function transact(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(['conversations', 'messages'], mode);
    const request = work(transaction.objectStore('conversations'), transaction.objectStore('messages'));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** All conversations, the latest first. @returns {Promise<Conversation[]>} */
export async function allConversations() {
  const all = await transact('readonly', (conversations) => conversations.getAll());
  return all.filter(({ deleted }) => !deleted).sort((a, b) => Number(b.pinned ?? 0) - Number(a.pinned ?? 0) || b.updated - a.updated);
}

/** Hides a conversation, or shows it again. @param {number} deleted when it was, or 0 */
export function mark(id, deleted) {
  return transact('readwrite', (conversations) => {
    const request = conversations.get(id);
    request.onsuccess = () => request.result && conversations.put({ ...request.result, deleted });
  });
}

/** Forgets what was deleted before a time. */
export async function forgetDeleted(before) {
  const all = await transact('readonly', (conversations) => conversations.getAll());
  await Promise.all(all.filter(({ deleted }) => deleted && deleted <= before).map(({ id }) => forget(id)));
}

/** @returns {Promise<Conversation | undefined>} */
export function conversationOf(id) {
  return transact('readonly', (conversations) => conversations.get(id));
}

/** A conversation's messages in the order in which they came. @returns {Promise<Message[]>} */
export async function messagesOf(id) {
  const found = await transact('readonly', (_, messages) => messages.index('conversation').getAll(id));
  return found.sort((a, b) => a.order - b.order).map(({ conversation, order, ...message }) => message);
}

/** Every message, with the `conversation` that it belongs to. */
export function allMessages() {
  return transact('readonly', (_, messages) => messages.getAll());
}

/**
 * Keeps a conversation and some of its messages, all or nothing.
 *
 * @param {Conversation} conversation
 * @param {{order: number, message: Message}[]} changed
 * @param {string[]} [gone] messages that are no more
 */
export function keepConversation(conversation, changed, gone = []) {
  return transact('readwrite', (conversations, messages) => {
    for (const { order, message } of changed) {
      messages.put({ ...message, error: plain(message.error), conversation: conversation.id, order });
    }
    for (const id of gone) messages.delete(id);
    return conversations.put(conversation);
  });
}

/** Forgets a conversation and its messages. */
function forget(id) {
  return transact('readwrite', (conversations, messages) => {
    conversations.delete(id);
    const request = messages.index('conversation').openKeyCursor(id);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      messages.delete(cursor.primaryKey);
      cursor.continue();
    };
  });
}

export function forgetAll() {
  return transact('readwrite', (conversations, messages) => {
    conversations.clear();
    messages.clear();
  });
}

/** An error as a plain object, which a database takes. */
function plain(error) {
  if (!error) return null;
  const { code, message, status, retryAt, requestId } = error;
  return { code, message, status, retryAt, requestId };
}
