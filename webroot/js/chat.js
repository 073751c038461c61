import { ApiError } from './api.js';
import { newId } from './store.js';
import { latestLeaf, pathTo, without } from './tree.js';

/** @typedef {import('./store.js').Message} Message */

/** What the gateway accepts, in UTF-16 units and in messages. */
const HISTORY_TEXT_LIMIT = 50_000;
const HISTORY_LIMIT = 50;

/** What the gateway takes in one request is 1 MiB; the rest of it has the difference. In bytes. */
const HISTORY_ROOM = 900_000;
const TITLE_LENGTH = 60;

/**
 * The conversation: asks, receives, stops. At most one answer is on its way at any time.
 * It knows the store and a function that streams an answer; nothing of the page.
 */
export class Chat {
  #store;
  #stream;
  #abort = new AbortController();
  #running = Promise.resolve();

  /**
   * @param {import('./store.js').Store} store
   * @param {typeof import('./api.js').streamChat} stream
   */
  constructor(store, stream) {
    this.#store = store;
    this.#stream = stream;
  }

  /** What is seen, from the first message to the last. @returns {Message[]} */
  get path() {
    return pathTo(this.#store.get('messages'), this.#store.get('conversation').leaf);
  }

  /** Asks what follows what is seen. @param {string} text */
  ask(text) {
    return this.#exchange(this.#question(text, this.#store.get('conversation').leaf));
  }

  /** Asks another question in the place of one; the first stays beside it. */
  edit(id, text) {
    return this.#exchange(this.#question(text, this.find(id).parent));
  }

  /** Asks the same again, of the model that is chosen now; the first answer stays beside it. */
  retry(id) {
    return this.#exchange(this.find(this.find(id).parent));
  }

  /** A limit is not waited for any more. */
  giveUp(id) {
    this.#change(id, { patient: false });
  }

  /** Asks the same again with half of what went before; so it stays for the questions that follow. */
  shorten(id) {
    const question = this.find(this.find(id).parent);
    const { most } = this.#store.get('conversation');
    const before = historyOf(pathTo(this.#store.get('messages'), question.parent), most).length;
    this.#store.changeConversation({ most: 2 * Math.floor(before / 4) });
    return this.#exchange(question);
  }

  /** Shows a message instead of those beside it. */
  show(id) {
    this.#store.changeConversation({ leaf: latestLeaf(this.#store.get('messages'), id) });
  }

  /** Takes a message out of the conversation. @returns {() => void} brings it back */
  remove(id) {
    const before = this.#store.get('messages');
    const { leaf } = this.#store.get('conversation');
    const { parent } = this.find(id);
    const rest = without(before, id);
    const stays = rest.some((message) => message.id === leaf);
    this.#store.set('messages', rest);
    this.#store.changeConversation({ leaf: stays ? leaf : latestLeaf(rest, parent) });
    return () => {
      const known = new Set(before.map((message) => message.id));
      const since = this.#store.get('messages').filter((message) => !known.has(message.id));
      this.#store.set('messages', [...before, ...since]);
      this.#store.changeConversation({ leaf });
    };
  }

  /** What has arrived stays; the gateway is told by the closed request. @returns {Promise<void>} when it is over */
  stop() {
    this.#abort.abort();
    return this.#running;
  }

  /** @returns {Message} */
  find(id) {
    return this.#store.get('messages').find((message) => message.id === id);
  }

  /** Goes on with one of two answers that stand side by side; the other stays as a version. */
  keep(id) {
    const { pair } = this.find(id);
    const messages = this.#store.get('messages').map((m) => (m.pair === pair ? { ...m, pair: undefined } : m));
    this.#store.set('messages', messages);
    this.#store.set('rival', null);
    this.#store.changeConversation({ leaf: id });
  }

  #question(text, parent) {
    const attachments = this.#store.get('attachments');
    const question = this.#message({ role: 'user', text, parent, ...(attachments.length && { attachments }) });
    this.#store.set('attachments', []);
    this.#store.set('messages', [...this.#store.get('messages'), question]);
    if (!this.#store.get('conversation').title) {
      this.#store.changeConversation({ title: text.trim().split('\n')[0].slice(0, TITLE_LENGTH) });
    }
    return question;
  }

  /** @param {Message} question */
  #exchange(question) {
    this.#running = this.#answerTo(question);
    return this.#running;
  }

  async #answerTo(question) {
    const rival = this.#store.get('rival');
    const choices = [this.#store.get('choice'), ...(rival ? [rival] : [])];
    const pair = rival ? newId() : undefined;
    const answers = choices.map((choice) =>
      this.#message({ role: 'assistant', state: 'waiting', parent: question.id, name: choice?.name ?? '', pair }),
    );
    this.#abort = new AbortController();
    this.#store.changeConversation({ leaf: answers[0].id, updated: Date.now() });
    this.#store.set('messages', [...this.#store.get('messages'), ...answers]);
    this.#store.set('answering', answers[0].id);
    await Promise.all(answers.map((answer, i) => this.#answer(answer.id, this.#body(question, choices[i]))));
    this.#store.changeConversation({ updated: Date.now() });
    this.#store.set('answering', null);
  }

  async #answer(id, body) {
    // One that fails is given up for itself; to stop is to stop all.
    const failed = new AbortController();
    const end = await this.#receive(id, body, AbortSignal.any([this.#abort.signal, failed.signal]));
    failed.abort();
    this.#change(id, { ...end, ended: Date.now() });
  }

  #body(question, choice) {
    const { system, parameters, most } = this.#store.get('conversation');
    const room = HISTORY_ROOM - bytesOf(question.attachments ?? []);
    const history = historyOf(pathTo(this.#store.get('messages'), question.parent), most, room);
    if (system) history.splice(0, history.length === HISTORY_LIMIT ? 1 : 0, { role: 'system', content: system });
    const { provider, model } = choice ?? {};
    const { text: message, attachments } = question;
    return { message, provider, model, history, attachments, ...parameters };
  }

  /**
   * @param {string} id
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
      if (error instanceof ApiError) return { state: 'failed', error };
      reportError(error);
      return { state: 'failed', error: new ApiError('unexpected', { cause: error }) };
    }
  }

  #append(id, { content = '', reasoning = '', model }) {
    const now = Date.now();
    this.#change(id, (answer) => ({
      state: 'streaming',
      thought: answer.thought ?? (content && answer.reasoning ? now - answer.first : undefined),
      text: answer.text + content,
      reasoning: answer.reasoning + reasoning,
      model: model ?? answer.model,
      first: answer.first ?? now,
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
      id: newId(),
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
 * whose answer never began is left out, an answer that broke off counts as far as it came. Where
 * there is no room for all, what was attached is left out first, and then what is oldest.
 *
 * @param {readonly Message[]} path questions and answers in turn
 * @param {number} [most] how many of the last messages
 * @param {number} [room] for how many bytes
 * @returns {{role: string, content: string, attachments?: readonly object[]}[]}
 */
export function historyOf(path, most = HISTORY_LIMIT, room = HISTORY_ROOM) {
  const whole = path.filter((_, i) => path[i - (i % 2) + 1]?.text.trim());
  const turns = [];
  let left = room;
  for (const message of whole.slice(Math.max(0, whole.length - most)).reverse()) {
    const fitting = shapesOf(message).find(({ size }) => size <= left);
    if (!fitting) break;
    left -= fitting.size;
    turns.unshift(fitting.turn);
  }
  return turns.slice(turns.length % 2);
}

/** A message as the gateway takes it, with all that was attached and without. @param {Message} message */
function shapesOf({ role, text, attachments }) {
  const turn = { role, content: text.slice(0, HISTORY_TEXT_LIMIT).toWellFormed() };
  return [{ ...turn, attachments }, turn].map((shape) => ({ turn: shape, size: bytesOf(shape) }));
}

function bytesOf(value) {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
