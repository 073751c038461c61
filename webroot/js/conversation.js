import { detailsOf, metaOf, nameOf, noteOf, secondsLeft, waitingText } from './text.js';

/** @typedef {import('./store.js').Message} Message */

/** What parts two paragraphs. */
const BLANK_LINES = /\n(?:[ \t\r]*\n)+/;

/** Codes that another try cannot mend: the question has to change. */
const ASK_DIFFERENTLY = new Set([
  'invalid_request',
  'message_too_long',
  'context_length_exceeded',
  'content_filter',
  'upstream_rejected',
  'body_too_large',
]);

/**
 * The messages on the page. `render` may be called as often as there are frames: a message that is
 * the same object as before costs one comparison.
 */
export class Conversation {
  #log;
  /** @type {Map<number, QuestionView | AnswerView>} */
  #views = new Map();

  /**
   * @param {HTMLElement} log
   * @param {(action: string) => void} act told `retry`, `model` or `edit`, always about the last answer
   */
  constructor(log, act) {
    this.#log = log;
    log.addEventListener('click', ({ target }) => {
      const button = target.closest('button');
      if (button?.dataset.act) act(button.dataset.act);
    });
  }

  /** @param {readonly Message[]} messages */
  render(messages) {
    const present = new Set(messages.map(({ id }) => id));
    for (const [id, view] of this.#views) {
      if (present.has(id)) continue;
      view.remove();
      this.#views.delete(id);
    }
    for (const message of messages) this.#viewOf(message).show(message);
  }

  /** Where the last message ends, in the window's pixels. */
  get end() {
    return this.#log.lastElementChild?.lastElementChild?.getBoundingClientRect().bottom ?? 0;
  }

  #viewOf({ id, role, parent }) {
    const known = this.#views.get(id);
    if (known) return known;
    const asks = role === 'user';
    const view = asks ? new QuestionView() : new AnswerView();
    (asks ? this.#log : this.#views.get(parent).element).append(view.element);
    this.#views.set(id, view);
    return view;
  }
}

/** A question; its answer is put beneath it, into the same turn. */
class QuestionView {
  element = copy('turn');

  show(message) {
    setText(find(this.element, '.bubble'), message.text);
  }

  remove() {
    this.element.remove();
  }
}

/** An answer in all its states: waited for, growing, ended well or badly. */
class AnswerView {
  element = copy('answer');
  #body = new PlainText(find(this.element, '.body'));
  #reasoning = new PlainText(find(this.element, '.reasoning > div'));
  #shown = null;
  #timer = 0;

  show(message) {
    if (message === this.#shown) return;
    this.#shown = message;
    this.element.ariaBusy = `${message.state === 'waiting' || message.state === 'streaming'}`;
    this.element.dataset.state = message.state;
    this.#part('h2', nameOf(message));
    this.#reasoning.show(message.reasoning);
    find(this.element, '.reasoning').hidden = message.reasoning === '';
    this.#body.show(message.text);
    find(this.element, '.more').hidden = !message.error;
    this.#part('.more p', detailsOf(message));
    this.#part('.meta', metaOf(message));
    this.#tick();
  }

  remove() {
    clearTimeout(this.#timer);
    this.element.remove();
  }

  /** What depends on the time; comes back every second while it does. */
  #tick() {
    const message = this.#shown;
    const now = Date.now();
    const waits = isWaiting(message);
    find(this.element, '.waiting').hidden = !waits;
    setText(find(this.element, '.waiting > :last-child'), waitingText(message, now));
    this.#part('.note', noteOf(message, now));
    const actions = actionsFor(message, now);
    for (const button of this.element.querySelectorAll('button')) {
      button.hidden = !actions.includes(button.dataset.act);
    }
    clearTimeout(this.#timer);
    if (waits || secondsLeft(message, now) > 0) {
      this.#timer = setTimeout(() => this.#tick(), 1_000 - ((now - message.created) % 1_000));
    }
  }

  #part(selector, content) {
    const part = find(this.element, selector);
    part.hidden = content === '';
    setText(part, content);
  }
}

/**
 * Shows a growing text as paragraphs. What is on the page is never touched again: new text is
 * appended to the last paragraph's one text node, so selections hold and a long answer costs no
 * more per frame than a short one.
 */
class PlainText {
  #box;
  #shown = 0;
  #tail = null;

  /** @param {Element} box */
  constructor(box) {
    this.#box = box;
  }

  /** @param {string} said the whole text so far; it begins with what was shown before */
  show(said) {
    // White space at the end waits: whether it parts two paragraphs is seen from what follows.
    const fresh = said.slice(this.#shown).trimEnd();
    if (fresh === '') return;
    const [first, ...more] = fresh.split(BLANK_LINES);
    if (this.#tail) this.#tail.appendData(first);
    else if (first !== '') this.#begin(first.replace(/^\n/, ''));
    more.forEach((paragraph) => this.#begin(paragraph));
    this.#shown += fresh.length;
  }

  #begin(words) {
    const paragraph = document.createElement('p');
    paragraph.dir = 'auto';
    this.#tail = document.createTextNode(words);
    paragraph.append(this.#tail);
    this.#box.append(paragraph);
  }
}

/**
 * What a person can do about an answer, best first.
 *
 * @param {Message} message
 * @param {number} now
 */
function actionsFor(message, now) {
  const { state, text: said, error } = message;
  if (state === 'stopped' || (state === 'done' && said.trim() === '')) return ['retry'];
  if (!error) return [];
  if (ASK_DIFFERENTLY.has(error.code)) return ['edit'];
  const retry = secondsLeft(message, now) > 0 ? [] : ['retry'];
  return /^(upstream|provider|unknown|missing)_/.test(error.code) ? [...retry, 'model'] : retry;
}

function isWaiting({ state, text: said }) {
  return state === 'waiting' || (state === 'streaming' && said.trim() === '');
}

function copy(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function find(root, selector) {
  return root.querySelector(selector);
}

/** Leaves the node alone if it says so already. */
function setText(element, content) {
  if (element.textContent !== content) element.textContent = content;
}
