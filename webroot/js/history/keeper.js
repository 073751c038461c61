import { conversationOf, keepConversation, messagesOf } from './database.js';
import { newConversation, newId } from '../store.js';

/** While an answer grows it is kept this often, in milliseconds. */
const PAUSE = 500;

/** Says to the page's other tabs which conversation has changed. */
const others = new BroadcastChannel('sluice');

/**
 * Keeps the conversation that is seen: what has changed, soon after it has. Other tabs that see the
 * same one follow.
 */
export class Keeper {
  #store;
  #tell;
  /** @type {Map<string, object>} what is in the database already */
  #kept = new Map();
  #conversation = null;
  #timer = 0;
  #writing = Promise.resolve();

  /**
   * @param {import('../store.js').Store} store
   * @param {{changed: () => void, failed: () => void}} tell when the list of conversations is another,
   *     and when the browser does not keep it
   */
  constructor(store, tell) {
    this.#store = store;
    this.#tell = tell;
    store.watch('messages', () => this.#later());
    store.watch('conversation', (now, before) => {
      if (now.id === before.id && now.draft === before.draft) this.now();
      else this.#later();
    });
    store.watch('answering', () => this.now());
    document.addEventListener('visibilitychange', () => document.hidden && this.now());
    addEventListener('pagehide', () => this.now());
    this.#mark(true);
    others.addEventListener('message', ({ data }) => this.#heard(data));
  }

  /** Keeps what has changed, at once. @returns {Promise<void>} */
  now() {
    this.#mark(false);
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Shows another conversation. */
  async open(id) {
    await this.now();
    const conversation = await conversationOf(id);
    if (conversation) this.#show(conversation, await messagesOf(id));
    return Boolean(conversation);
  }

  /** Begins a new one. */
  async begin() {
    await this.now();
    this.#show(newConversation(newId()), []);
  }

  #show(conversation, messages) {
    const whole = messages.map((message) => (isGrowing(message) ? { ...message, state: 'interrupted' } : message));
    this.#conversation = conversation;
    this.#kept = new Map(messages.map((message, i) => [message.id, whole[i]]));
    this.#store.set('messages', whole);
    this.#store.set('conversation', conversation);
  }

  /** What is shown on the page says whether it is in the database as well. */
  #mark(kept) {
    document.documentElement.toggleAttribute('data-kept', kept);
  }

  #later() {
    this.#mark(false);
    this.#timer ||= setTimeout(() => this.now(), PAUSE);
  }

  async #write() {
    const conversation = this.#store.get('conversation');
    const messages = this.#store.get('messages');
    if (messages.length === 0 && !conversation.system && !this.#kept.size) return this.#mark(true);
    const present = new Set(messages.map(({ id }) => id));
    const gone = [...this.#kept.keys()].filter((id) => !present.has(id));
    // Where one is gone the others move up: all are written, each with its place.
    const changed = messages
      .map((message, order) => ({ message, order }))
      .filter(({ message }) => gone.length || this.#kept.get(message.id) !== message);
    if (changed.length + gone.length === 0 && conversation === this.#conversation) return this.#mark(true);
    try {
      await keepConversation(conversation, changed, gone);
      this.#conversation = conversation;
      for (const { message } of changed) this.#kept.set(message.id, message);
      for (const id of gone) this.#kept.delete(id);
      others.postMessage(conversation.id);
      this.#mark(!this.#timer);
      this.#tell.changed();
    } catch {
      this.#tell.failed();
    }
  }

  /** Another tab has changed a conversation. */
  async #heard(id) {
    this.#tell.changed();
    if (id !== this.#store.get('conversation').id || this.#store.get('answering')) return;
    const [conversation, messages] = await Promise.all([conversationOf(id), messagesOf(id)]);
    if (!conversation || id !== this.#store.get('conversation').id) return;
    this.#conversation = conversation;
    this.#kept = new Map(messages.map((message) => [message.id, message]));
    this.#store.set('messages', messages);
    this.#store.set('conversation', { ...conversation, draft: this.#store.get('conversation').draft });
  }
}

/**
 * Runs `work` as the only tab that answers in a conversation.
 *
 * @returns {Promise<boolean>} false, without having run it, if another tab does
 */
export async function alone(id, work) {
  if (!navigator.locks) {
    await work();
    return true;
  }
  return navigator.locks.request(`sluice.${id}`, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}

function isGrowing({ state }) {
  return state === 'waiting' || state === 'streaming';
}
