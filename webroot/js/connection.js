import { text } from './text.js';

/** @typedef {import('./store.js').ConnectionState} ConnectionState */

/** How long until the gateway is asked again, in milliseconds: while all is well, and after failures in a row. */
const CALM = 30_000;
const RETRIES = [3_000, 6_000, 12_000, 24_000, CALM];

/** Knows whether the gateway can be reached, asking gently and only while somebody looks. */
export class Connection {
  #store;
  #ask;
  #timer = 0;
  #failures = 0;
  #asking = false;

  /**
   * @param {import('./store.js').Store} store
   * @param {() => Promise<boolean>} ask whether all is well; rejects if nobody answers
   */
  constructor(store, ask) {
    this.#store = store;
    this.#ask = ask;
    for (const event of ['online', 'offline']) addEventListener(event, () => this.check());
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) clearTimeout(this.#timer);
      else this.check();
    });
  }

  /** Asks now. */
  async check() {
    if (this.#asking || document.hidden) return;
    this.#asking = true;
    clearTimeout(this.#timer);
    await this.#ask().then((well) => this.reached(well), () => this.#failed());
    this.#asking = false;
  }

  /** The gateway answered, whatever it was asked. */
  reached(well = true) {
    this.#failures = 0;
    this.#become(well ? 'up' : 'degraded', CALM);
  }

  #failed() {
    const pause = RETRIES[Math.min(this.#failures++, RETRIES.length - 1)];
    // The browser's word alone does not count: a gateway on this machine needs no network.
    this.#become(navigator.onLine ? 'down' : 'offline', pause);
  }

  #become(state, pause) {
    this.#store.set('connection', { state, retryAt: Date.now() + pause });
    clearTimeout(this.#timer);
    if (!document.hidden) this.#timer = setTimeout(() => this.check(), pause);
  }
}

/** The line that says so. The countdown stands outside the live region: nobody wants it read out. */
export class ConnectionLine {
  #line;
  #status;
  #countdown;
  #timer = 0;

  constructor(line) {
    this.#line = line;
    this.#status = line.querySelector('[role=status]');
    this.#countdown = line.querySelector('.countdown');
  }

  show({ state, retryAt }) {
    this.#line.dataset.connection = state;
    if (this.#status.textContent !== text[state]) this.#status.textContent = text[state];
    clearTimeout(this.#timer);
    if (state === 'down') this.#count(retryAt);
    else this.#countdown.textContent = '';
  }

  #count(retryAt) {
    const left = retryAt - Date.now();
    this.#countdown.textContent = text.tryingAgain(Math.max(0, Math.ceil(left / 1_000)));
    if (left > 0) this.#timer = setTimeout(() => this.#count(retryAt), left % 1_000 || 1_000);
  }
}
