import { ApiError } from './api.js';

/** @typedef {import('./store.js').Message} Message */

/** What the gateway accepts, in UTF-16 units. */
export const MESSAGE_LIMIT = 5_000;
const HISTORY_TEXT_LIMIT = 50_000;
const HISTORY_LIMIT = 50;

/**
 * The conversation: asks, receives, stops. At most one answer is on its way at any time.
 * It knows the store and a function that streams an answer; nothing of the page.
 */
export class Chat {
  #store;
  #stream;
  #lastId = 0;
  #abort = new AbortController();

  /**
   * @param {import('./store.js').Store} store
   * @param {typeof import('./api.js').streamChat} stream
   */
  constructor(store, stream) {
    this.#store = store;
    this.#stream = stream;
  }

  ask(text) {
    const earlier = this.#store.get('messages');
    const question = this.#message({ role: 'user', text, parent: earlier.at(-1)?.id ?? null });
    return this.#exchange(earlier, question);
  }

  /** Asks the last question again, of the model that is chosen now; the old answer makes way. */
  retry() {
    const messages = this.#store.get('messages');
    return this.#exchange(messages.slice(0, -2), messages[messages.length - 2]);
  }

  /** Takes the last question and its answer out of the conversation. @returns {string} the question */
  takeBack() {
    const messages = this.#store.get('messages');
    this.#store.set('messages', messages.slice(0, -2));
    return messages[messages.length - 2].text;
  }

  /** What has arrived stays; the gateway is told by the closed request. */
  stop() {
    this.#abort.abort();
  }

  /** @param {readonly Message[]} earlier @param {Message} question */
  async #exchange(earlier, question) {
    const choice = this.#store.get('choice');
    const answer = this.#message({
      role: 'assistant',
      state: 'waiting',
      parent: question.id,
      name: choice?.name ?? '',
    });
    this.#abort = new AbortController();
    this.#store.set('messages', [...earlier, question, answer]);
    this.#store.set('answering', answer.id);
    const { provider, model } = choice ?? {};
    const body = { message: question.text, provider, model, history: historyOf(earlier) };
    this.#change(answer.id, await this.#receive(answer.id, body, this.#abort.signal));
    this.#store.set('answering', null);
  }

  /**
   * @param {number} id
   * @param {object} body
   * @param {AbortSignal} signal
   * @returns {Promise<Partial<Message>>} how the answer ended
   */
  async #receive(id, body, signal) {
    let end = {};
    try {
      for await (const event of this.#stream(body, signal)) {
        if (event.type === 'chunk') this.#append(id, event);
        else if (event.type === 'done') end = ended(event);
      }
      return end;
    } catch (error) {
      if (signal.aborted) return { state: 'stopped' };
      this.stop();
      if (error instanceof ApiError) return { state: 'failed', error };
      reportError(error);
      return { state: 'failed', error: new ApiError('unexpected', { cause: error }) };
    }
  }

  #append(id, { content = '', reasoning = '', model }) {
    this.#change(id, (answer) => ({
      state: 'streaming',
      text: answer.text + content,
      reasoning: answer.reasoning + reasoning,
      model: model ?? answer.model,
    }));
  }

  #change(id, change) {
    const changed = (message) => ({
      ...message,
      ...(typeof change === 'function' ? change(message) : change),
    });
    const messages = this.#store.get('messages');
    this.#store.set('messages', messages.map((m) => (m.id === id ? changed(m) : m)));
  }

  #message(facts) {
    return {
      id: ++this.#lastId,
      parent: null,
      role: 'user',
      text: '',
      reasoning: '',
      state: 'done',
      name: '',
      model: '',
      created: Date.now(),
      error: null,
      finish: '',
      usage: null,
      ...facts,
    };
  }
}

function ended({ finish_reason: finish = '', usage = null }) {
  return { state: 'done', finish, usage };
}

/**
 * What goes along with the next question: whole exchanges only, so that roles alternate; a question
 * whose answer never began is left out, an answer that broke off counts as far as it came.
 *
 * @param {readonly Message[]} messages questions and answers in turn
 */
export function historyOf(messages) {
  return messages
    .filter((_, i) => messages[i - (i % 2) + 1].text.trim() !== '')
    .slice(-HISTORY_LIMIT)
    .map(({ role, text }) => ({ role, content: text.slice(0, HISTORY_TEXT_LIMIT).toWellFormed() }));
}
