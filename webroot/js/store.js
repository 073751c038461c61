/**
 * @typedef {object} Message
 * @property {number} id
 * @property {number | null} parent the message it follows: an answer's is its question
 * @property {'user' | 'assistant'} role
 * @property {string} text what was said, as far as it is here
 * @property {string} reasoning what was thought on the way, if the model shows it
 * @property {'waiting' | 'streaming' | 'done' | 'stopped' | 'failed'} state
 * @property {string} name what a person calls the model that was asked
 * @property {string} model the model that answers, as the gateway reports it
 * @property {number} created milliseconds since 1970
 * @property {import('./api.js').ApiError | null} error why it failed
 * @property {string} finish why the model stopped: `stop`, `length`, `content_filter`, ...
 * @property {{input_tokens?: number, output_tokens?: number} | null} usage
 *
 * @typedef {object} Choice
 * @property {string} provider
 * @property {string} model
 * @property {string} name
 *
 * @typedef {object} ConnectionState
 * @property {'connecting' | 'up' | 'degraded' | 'offline' | 'down'} state
 * @property {number} retryAt when the next try is due after a failure, milliseconds since 1970
 *
 * @typedef {object} State
 * @property {readonly Message[]} messages
 * @property {number | null} answering the id of the answer on its way
 * @property {Choice | null} choice the model to ask; null leaves it to the gateway
 * @property {ConnectionState} connection
 */

/** @type {State} */
export const emptyState = {
  messages: [],
  answering: null,
  choice: null,
  connection: { state: 'connecting', retryAt: 0 },
};

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

  /** @template {keyof State} K @param {K} key @param {(value: State[K], before: State[K]) => void} tell */
  watch(key, tell) {
    this.#watchers.set(key, [...(this.#watchers.get(key) ?? []), tell]);
  }
}
