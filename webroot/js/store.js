/**
 * @typedef {object} Message
 * @property {string} id
 * @property {string | null} parent the message it follows: an answer's is its question
 * @property {'user' | 'assistant'} role
 * @property {string} text what was said, as far as it is here
 * @property {string} reasoning what was thought on the way, if the model shows it
 * @property {'waiting' | 'streaming' | 'done' | 'stopped' | 'interrupted' | 'failed'} state
 * @property {string} name what a person calls the model that was asked
 * @property {string} model the model that answers, as the gateway reports it
 * @property {number} created milliseconds since 1970
 * @property {number} [first] when its first word came
 * @property {number} [ended] when it was over
 * @property {boolean} [patient] false if a limit is not waited for, though it gives way soon
 * @property {number} [thought] how many milliseconds it thought before its first word
 * @property {Trouble | null} error why it failed
 * @property {string} finish why the model stopped: `stop`, `length`, `content_filter`, ...
 * @property {readonly Attachment[]} [attachments] what goes along with a question
 * @property {string} [pair] the same for two answers that stand side by side
 * @property {{input_tokens?: number, output_tokens?: number, cost?: number} | null} usage
 *
 * @typedef {{type: 'image', name: string, url: string} | {type: 'text', name: string, text: string}} Attachment
 *
 * @typedef {Pick<import('./api.js').ApiError, 'code' | 'message' | 'status' | 'retryAt' | 'requestId'>} Trouble
 *
 * @typedef {object} Conversation
 * @property {string} id
 * @property {string} title empty until there is a question
 * @property {number} created
 * @property {number} updated
 * @property {string | null} leaf the last message that is seen
 * @property {string} system what the model is told before all else
 * @property {{temperature?: number, max_tokens?: number}} parameters
 * @property {number} [most] how many messages go along with a question, if fewer than the gateway takes
 * @property {boolean} [pinned] whether it stands before the others in the list
 * @property {number} [deleted] when it was, or 0; it can be had back for a while
 * @property {string} draft what was written and not sent
 *
 * @typedef {object} Choice
 * @property {string} provider
 * @property {string} model
 * @property {string} name
 * @property {number} context how many tokens it takes; 0 if that is not known
 *
 * @typedef {object} ConnectionState
 * @property {'connecting' | 'up' | 'degraded' | 'offline' | 'down'} state
 * @property {number} retryAt when the next try is due after a failure, milliseconds since 1970
 *
 * @typedef {object} State
 * @property {Conversation} conversation
 * @property {readonly Message[]} messages the whole tree, in the order in which they came
 * @property {string | null} answering the id of the answer on its way
 * @property {Choice | null} choice the model to ask; null leaves it to the gateway
 * @property {Choice | null} rival the model that is asked as well, to compare
 * @property {readonly Attachment[]} attachments what the next question takes along
 * @property {ConnectionState} connection
 */

/** @returns {string} 96 bits that nobody has used before */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, '0')).join('');
}

/** @returns {State} */
export function emptyState(id) {
  return {
    conversation: newConversation(id),
    messages: [],
    answering: null,
    choice: null,
    rival: null,
    attachments: [],
    connection: { state: 'connecting', retryAt: 0 },
  };
}

/** @returns {Conversation} */
export function newConversation(id) {
  const now = Date.now();
  return { id, title: '', created: now, updated: now, leaf: null, system: '', parameters: {}, draft: '' };
}

/**
 * The page's one state. Values are never changed in place but replaced, so whoever holds an old one
 * sees by `===` whether it still holds. Watchers are told at once, in the order they came.
 */
export class Store {
  #state;
  #watchers = new Map();

  /** @param {State} state */
  constructor(state) {
    this.#state = { ...state };
  }

  /** @template {keyof State} K @param {K} key @returns {State[K]} */
  get(key) {
    return this.#state[key];
  }

  /** @template {keyof State} K @param {K} key @param {State[K]} value */
  set(key, value) {
    const before = this.#state[key];
    if (before === value) return;
    this.#state[key] = value;
    for (const tell of this.#watchers.get(key) ?? []) tell(value, before);
  }

  /** Replaces some members of the conversation. @param {Partial<Conversation>} facts */
  changeConversation(facts) {
    this.set('conversation', { ...this.get('conversation'), ...facts });
  }

  /** @template {keyof State} K @param {K} key @param {(value: State[K], before: State[K]) => void} tell */
  watch(key, tell) {
    this.#watchers.set(key, [...(this.#watchers.get(key) ?? []), tell]);
  }
}
