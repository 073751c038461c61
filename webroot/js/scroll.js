/** Whoever is this close to the end, in pixels, wants to stay there. */
const NEAR = 48;

/**
 * Keeps the end of the conversation in view while the reader is there, and lets go at the first
 * sign that they want to look elsewhere. Then a pill tells of new text and leads back.
 */
export class Follower {
  #scroller;
  #pill;
  #end;
  #following = true;
  #top = 0;
  #touchY = 0;

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} pill
   * @param {() => number} end where the text ends, in the window's pixels
   */
  constructor(scroller, pill, end) {
    this.#scroller = scroller;
    this.#pill = pill;
    this.#end = end;
    const passive = { passive: true };
    scroller.addEventListener('scroll', () => this.#scrolled(), passive);
    scroller.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.#letGo(), passive);
    scroller.addEventListener('touchstart', ({ touches }) => (this.#touchY = touches[0].clientY), passive);
    scroller.addEventListener('touchmove', ({ touches }) => this.#dragged(touches[0].clientY), passive);
    scroller.addEventListener('keydown', (event) => isUpward(event) && this.#letGo());
    const observer = new ResizeObserver(() => this.grown());
    observer.observe(scroller);
    observer.observe(scroller.firstElementChild);
  }

  /** Goes to the end and stays there. */
  engage() {
    this.#following = true;
    this.grown();
  }

  /** Stays where it is, whatever comes. */
  release() {
    this.#following = false;
  }

  /** To be called when there is more text, or less room. */
  grown() {
    if (this.#following) {
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
      this.#top = this.#scroller.scrollTop;
    }
    this.#pill.hidden = this.#following || this.#endIsInView();
  }

  /** Page Up and Page Down scroll the conversation from a box that has no pages itself. @param {HTMLElement} box */
  takeKeysOf(box) {
    box.addEventListener('keydown', ({ key }) => {
      if ((key !== 'PageUp' && key !== 'PageDown') || box.scrollHeight > box.clientHeight) return;
      if (key === 'PageUp') this.#letGo();
      this.#scroller.scrollBy(0, (key === 'PageUp' ? -0.9 : 0.9) * this.#scroller.clientHeight);
    });
  }

  #scrolled() {
    const { scrollTop: top, scrollHeight, clientHeight } = this.#scroller;
    const near = scrollHeight - clientHeight - top <= NEAR;
    if (top > this.#top && near) this.#following = true;
    if (top < this.#top && !near) this.#following = false;
    this.#top = top;
    if (this.#following || this.#endIsInView()) this.#pill.hidden = true;
  }

  #dragged(y) {
    if (y > this.#touchY) this.#letGo();
    this.#touchY = y;
  }

  #letGo() {
    if (this.#scroller.scrollTop > 0) this.#following = false;
  }

  #endIsInView() {
    return this.#end() <= this.#scroller.getBoundingClientRect().bottom;
  }
}

function isUpward({ key, shiftKey }) {
  return ['ArrowUp', 'PageUp', 'Home'].includes(key) || (key === ' ' && shiftKey);
}
