import { detailsOf, metaOf, nameOf, noteOf, secondsLeft, text, thoughtText, waitingText } from './text.js';
import { versionsIn } from './tree.js';

/** @typedef {import('./store.js').Message} Message */

/** Codes that another try cannot mend: the question has to change. */
const ASK_DIFFERENTLY = new Set([
  'invalid_request',
  'message_too_long',
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
  /** @type {Map<string, QuestionView | AnswerView>} */
  #views = new Map();

  /**
   * @param {HTMLElement} log
   * @param {(action: string, id: string) => void} act told what is to be done with which message
   */
  constructor(log, act) {
    this.#log = log;
    log.addEventListener('click', ({ target }) => {
      const button = target.closest('button[data-act]');
      if (button) act(button.dataset.act, button.closest('article').dataset.id);
    });
  }

  /**
   * @param {readonly Message[]} path what is seen
   * @param {readonly Message[]} all the whole tree
   */
  render(path, all) {
    const versionsOf = versionsIn(all);
    const seen = path.flatMap((message) => (message.pair ? versionsOf(message).filter(isBeside(message)) : [message]));
    const present = new Set(seen.map(({ id }) => id));
    for (const [id, view] of this.#views) {
      if (present.has(id)) continue;
      view.remove();
      this.#views.delete(id);
    }
    for (const message of seen) this.#viewOf(message).show(message, versionsOf(message));
    this.#order(seen);
  }

  /** @param {string} id */
  focus(id) {
    this.#log.querySelector(`article[data-id="${id}"]`)?.focus();
  }

  /** Where the last message ends, in the window's pixels. */
  get end() {
    return this.#log.lastElementChild?.lastElementChild?.getBoundingClientRect().bottom ?? 0;
  }

  /** A question that is back stands where it stood. */
  #order(seen) {
    let place = this.#log.firstElementChild;
    for (const { id, role } of seen) {
      if (role !== 'user') continue;
      const { element } = this.#views.get(id);
      if (element === place) place = place.nextElementSibling;
      else this.#log.insertBefore(element, place);
    }
  }

  #viewOf({ id, role, parent }) {
    const known = this.#views.get(id);
    if (known) return known;
    const asks = role === 'user';
    const view = asks ? new QuestionView(id) : new AnswerView(id);
    (asks ? this.#log : this.#views.get(parent).element).append(view.element);
    this.#views.set(id, view);
    return view;
  }
}

/** A question; its answer is put beneath it, into the same turn. */
class QuestionView {
  element = copy('turn');

  constructor(id) {
    find(this.element, 'article').dataset.id = id;
  }

  show(message, versions) {
    setText(find(this.element, '.bubble'), message.text);
    const list = find(this.element, '.attachments');
    if (list.hidden && message.attachments) {
      list.hidden = false;
      list.append(...message.attachments.map(attachmentItem));
    }
    showVersions(find(this.element, '.question'), message, versions);
  }

  remove() {
    this.element.remove();
  }
}

/** An answer in all its states: waited for, growing, ended well or badly. */
class AnswerView {
  element = copy('answer');
  #body = new Growing(find(this.element, '.body'));
  #reasoning = new Growing(find(this.element, '.reasoning > div'));
  #shown = null;
  #several = false;
  #timer = 0;

  constructor(id) {
    this.element.dataset.id = id;
  }

  show(message, versions) {
    showVersions(this.element, message, versions);
    const several = versions.length > 1;
    if (message === this.#shown && several === this.#several) return;
    this.#several = several;
    this.element.parentElement.classList.toggle('pair', Boolean(message.pair));
    this.#shown = message;
    const growing = message.state === 'waiting' || message.state === 'streaming';
    this.element.ariaBusy = `${growing}`;
    this.element.dataset.state = message.state;
    this.#part('h2', nameOf(message));
    this.#reasoning.show(message.reasoning, !growing);
    find(this.element, '.reasoning').hidden = message.reasoning === '';
    this.#body.show(message.text, !growing);
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
    setText(find(this.element, '.reasoning summary'), thoughtText(message, now));
    const actions = actionsFor(message, now, this.#several);
    for (const button of this.element.querySelectorAll('.actions button, .tools button[data-act]')) {
      if (!button.closest('.versions')) button.hidden = !actions.includes(button.dataset.act);
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
 * A growing text. It is Markdown, whose reader is fetched with the first answer; until it is here,
 * and if it cannot be had, the text stands there as it came.
 */
class Growing {
  /** The reader: when it is asked for, and when it is here. */
  static reader = null;
  static module = null;

  #box;
  #view = null;
  /** @type {[string, boolean]} */
  #latest = ['', false];

  /** @param {Element} box */
  constructor(box) {
    this.#box = box;
  }

  /** @param {string} said the whole text so far @param {boolean} complete whether nothing follows */
  show(said, complete) {
    if (said === '' && !this.#view) return;
    this.#latest = [said, complete];
    if (this.#view) this.#view.show(said, complete);
    else this.#begin();
  }

  #begin() {
    if (!Growing.reader) {
      Growing.reader = import('./markdown/markdown.js').catch(() => null);
      Growing.reader.then((module) => (Growing.module = module));
    }
    if (Growing.module) {
      this.#view = new Growing.module.MarkdownView(this.#box);
      this.#view.show(...this.#latest);
      return;
    }
    this.#box.textContent = this.#latest[0];
    Growing.reader.then((module) => {
      if (!module || this.#view) return;
      this.#box.textContent = '';
      this.#view = new module.MarkdownView(this.#box);
      this.#view.show(...this.#latest);
    });
  }
}

/** An attachment as it is shown: the picture itself, or a file's name. */
export function attachmentItem({ type, name, url }) {
  const item = document.createElement('li');
  if (type === 'image') {
    const picture = document.createElement('img');
    picture.src = url;
    picture.alt = name;
    item.append(picture);
  } else {
    item.textContent = name;
    item.dir = 'auto';
  }
  return item;
}

/** Tells which of several versions this is, and leads to those beside it. */
function showVersions(element, message, versions) {
  const box = find(element, '.versions');
  box.hidden = versions.length < 2 || Boolean(message.pair);
  if (box.hidden) return;
  const index = versions.indexOf(message);
  setText(find(box, 'span'), `${index + 1}/${versions.length}`);
  find(box, 'span').ariaLabel = text.version(index + 1, versions.length);
  const [previous, next] = box.querySelectorAll('button');
  previous.dataset.to = versions[index - 1]?.id ?? '';
  next.dataset.to = versions[index + 1]?.id ?? '';
  previous.ariaDisabled = `${index === 0}`;
  next.ariaDisabled = `${index === versions.length - 1}`;
}

/**
 * What a person can do about an answer, best first.
 *
 * @param {Message} message
 * @param {number} now
 * @param {boolean} several whether other answers stand in its place
 */
function actionsFor(message, now, several) {
  const { state, text: said, error } = message;
  if (state === 'waiting' || state === 'streaming') return [];
  const speaks = 'speechSynthesis' in globalThis ? ['speak'] : [];
  if (message.pair) return said.trim() === '' ? ['keep'] : ['copy', 'keep'];
  const spare = several ? ['remove'] : [];
  const usual = said.trim() === '' ? ['again', ...spare] : ['copy', 'again', ...speaks, ...spare];
  if (state === 'stopped' || state === 'interrupted' || (state === 'done' && said.trim() === '')) {
    return [...usual, said.trim() === '' ? 'retry' : 'goOn'];
  }
  if (!error) return usual;
  if (error.code === 'context_length_exceeded') return [...usual, 'shorten', 'model', 'edit'];
  if (error.status === 401) return [...usual, 'signIn'];
  if (ASK_DIFFERENTLY.has(error.code)) return [...usual, 'edit'];
  const retry = secondsLeft(message, now) > 0 ? [] : ['retry'];
  const otherModel = /^(upstream|provider|unknown|missing)_/.test(error.code) ? ['model'] : [];
  return [...usual, ...retry, ...otherModel];
}

/** Two answers to one question that are compared. @param {Message} message */
function isBeside({ pair }) {
  return (other) => other.pair === pair;
}

function isWaiting({ state, text: said }) {
  return state === 'waiting' || (state === 'streaming' && said.trim() === '');
}

function copy(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
}

function find(root, selector) {
  return root.querySelector(selector);
}

/** Leaves the node alone if it says so already. */
function setText(element, content) {
  if (element.textContent !== content) element.textContent = content;
}
