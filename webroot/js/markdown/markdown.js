import { Marked } from '../../vendor/marked-17.0.5/marked.esm.js';
import { mathExtensions } from './math.js';
import { CodeBlock, render } from './render.js';

const reader = new Marked({ gfm: true, extensions: mathExtensions });

/** An answer's headings stand beneath the one that says who speaks. */
const ABOVE = 2;

/** Whatever follows these may still belong to them. */
const MAY_GROW = new Set(['list', 'blockquote', 'table', 'paragraph', 'text', 'html']);

/**
 * Shows a growing Markdown text. Blocks that are finished are never touched again: only the last
 * one, which may still change, is made anew, and of an unfinished code block only the text grows.
 * There is no HTML sink: what looks like HTML is shown as it was written.
 */
export class MarkdownView {
  #box;
  #settled = 0;
  #level = ABOVE;
  #shown = '';
  #complete = false;
  /** @type {Node[]} */
  #tail = [];
  /** @type {CodeBlock | null} */
  #code = null;

  /** @param {Element} box */
  constructor(box) {
    this.#box = box;
  }

  /** @param {string} said the whole text so far @param {boolean} complete whether nothing follows */
  show(said, complete) {
    if (said === this.#shown && complete === this.#complete) return;
    if (!said.startsWith(this.#shown)) this.#reset();
    this.#shown = said;
    this.#complete = complete;
    const tokens = reader.lexer(said.slice(this.#settled));
    const open = complete ? tokens.length : firstOpen(tokens);
    if (open > 0) {
      this.#clearTail();
      for (const token of tokens.slice(0, open)) {
        this.#place(token);
        this.#level = token.level ?? this.#level;
        this.#box.append(...render([token]));
        this.#settled += token.raw.length;
      }
    }
    this.#showTail(tokens.slice(open));
  }

  /** A heading is at most one level below the one before it: nobody who jumps from one to the next misses any. */
  #place(token) {
    if (token.type === 'heading') token.level = Math.min(token.depth + ABOVE, this.#level + 1);
  }

  #showTail(tokens) {
    const [token] = tokens;
    if (token) this.#place(token);
    if (token?.type === 'code' && tokens.length === 1) {
      if (!this.#code) {
        this.#clearTail();
        this.#code = new CodeBlock(token, false);
        this.#tail = [this.#code.element];
        this.#box.append(...this.#tail);
      }
      this.#code.grow(token.text);
      return;
    }
    this.#clearTail();
    this.#tail = render(tokens);
    this.#box.append(...this.#tail);
  }

  #clearTail() {
    for (const node of this.#tail) node.remove();
    this.#tail = [];
    this.#code = null;
  }

  #reset() {
    this.#box.replaceChildren();
    this.#tail = [];
    this.#code = null;
    this.#settled = 0;
    this.#level = ABOVE;
  }
}

/** The index of the first block that what follows may still change. */
function firstOpen(tokens) {
  let last = tokens.length - 1;
  if (last > 0 && tokens[last].type === 'space' && MAY_GROW.has(tokens[last - 1].type)) last--;
  return Math.max(0, last);
}
