import { setting } from './settings.js';
import { text } from './text.js';

/** What the gateway accepts, in UTF-16 units. */
const MESSAGE_LIMIT = 5_000;

/** The counter appears when this much of the limit is used. */
const COUNTER_FROM = 0.9 * MESSAGE_LIMIT;

/** A click this soon after the button changed its meaning, in milliseconds, was meant for the old one. */
const MEANT_FOR_BEFORE = 300;

/** Whether fingers do the pointing: then the keyboard is on the screen, and Enter breaks the line. */
export const touch = matchMedia('(pointer: coarse)');

/** The box to write in and its one button, which sends, or stops while an answer is coming. */
export class Composer {
  #box;
  #button;
  #counter;
  #deeds;
  #answering = false;
  #waited = null;
  #turnedAt = -Infinity;

  /**
   * @param {HTMLFormElement} form
   * @param {{send: (message: string) => void, stop: () => void, editLast: () => void,
   *     edited: (draft: string) => void, complain: (sentence: string) => void}} deeds
   */
  constructor(form, deeds) {
    this.#box = form.querySelector('textarea');
    this.#button = form.querySelector('[type=submit]');
    this.#counter = form.querySelector('.counter');
    this.#deeds = deeds;
    form.addEventListener('submit', (event) => this.#press(event));
    this.#box.addEventListener('input', () => this.#edited());
    this.#box.addEventListener('keydown', (event) => this.#key(event));
    this.#update();
  }

  /** Whether an answer is on its way: nothing is sent then, and the button stops it. */
  set answering(answering) {
    this.#answering = answering;
    this.#turnedAt = performance.now();
    this.#update();
  }

  /** How much of a wait is over, in percent; null if nothing is waited for. */
  set waited(percent) {
    this.#waited = percent;
    if (percent !== null) this.#button.style.setProperty('--waited', percent);
    this.#update();
  }

  /** Back to writing; on a touch screen without calling up the keyboard. */
  focus() {
    (touch.matches ? this.#button : this.#box).focus({ preventScroll: true });
  }

  /** What is written and not sent. */
  get draft() {
    return this.#box.value;
  }

  set draft(words) {
    if (this.#box.value === words) return;
    this.#box.value = words;
    this.#box.setSelectionRange(words.length, words.length);
    this.#edited();
  }

  #press(event) {
    event.preventDefault();
    if (performance.now() - this.#turnedAt < MEANT_FOR_BEFORE) return;
    if (this.#answering || this.#waits) this.#deeds.stop();
    else this.#send();
    this.focus();
  }

  #key(event) {
    // Safari ends a composition before the keydown that ended it; it still has the code 229.
    if (event.key === 'ArrowUp' && this.#box.value === '' && !event.altKey) {
      event.preventDefault();
      this.#deeds.editLast();
      return;
    }
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    const always = event.ctrlKey || event.metaKey;
    const breaks = touch.matches || setting('enter') === 'line';
    if (!always && (event.shiftKey || event.altKey || breaks)) return;
    event.preventDefault();
    if (!this.#answering && !event.repeat) this.#send();
  }

  #send() {
    const message = this.#message;
    if (message === '') return;
    if (message.length > MESSAGE_LIMIT) {
      this.#deeds.complain(text.tooLong(message.length - MESSAGE_LIMIT));
      return;
    }
    this.#box.value = '';
    this.#edited();
    this.#deeds.send(message);
  }

  #edited() {
    this.#turnedAt = -Infinity;
    this.#update();
    this.#deeds.edited(this.#box.value);
    if (!CSS.supports('field-sizing', 'content')) this.#grow();
  }

  #update() {
    const { length } = this.#message;
    const tooLong = length > MESSAGE_LIMIT;
    this.#counter.textContent = length >= COUNTER_FROM ? text.counter(length, MESSAGE_LIMIT) : '';
    this.#counter.classList.toggle('over', tooLong);
    this.#box.ariaInvalid = `${tooLong}`;
    const busy = this.#answering || this.#waits;
    this.#button.ariaLabel = busy ? text.stop : text.send;
    this.#button.title = busy ? text.stop : text.send;
    this.#button.dataset.does = this.#answering ? 'stop' : this.#waits ? 'wait' : 'send';
    // Never `disabled`: that would drop the focus when the box is emptied.
    this.#button.ariaDisabled = `${!busy && (length === 0 || tooLong)}`;
  }

  #grow() {
    this.#box.style.blockSize = 'auto';
    this.#box.style.blockSize = `${this.#box.scrollHeight}px`;
  }

  /** Whether the button stands for a wait; what is written meanwhile can be sent at once. */
  get #waits() {
    return this.#waited !== null && this.#message === '';
  }

  get #message() {
    return this.#box.value.trim();
  }
}
