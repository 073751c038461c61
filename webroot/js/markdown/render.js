import { text } from '../text.js';
import { setting } from '../settings.js';
import { highlight } from './highlight.js';
import { formula } from './math.js';

/** Where a link may lead. */
const SAFE_LINK = /^(https?:|mailto:|#)/i;

/** The only images that tell nobody that they are looked at. */
const SAFE_IMAGE = /^data:image\/(png|jpeg|gif|webp|avif);/i;

const DEEPEST = 6;

/** @param {object[]} tokens of `marked` @returns {Node[]} */
export function render(tokens) {
  return tokens.flatMap((token) => (makers[token.type] ?? asText)(token));
}

/** What each kind of token becomes. @type {Record<string, (token: any) => Node[]>} */
const makers = {
  space: () => [],
  def: () => [],
  heading: ({ depth, level = depth, tokens }) => [flowing(`h${Math.min(DEEPEST, level)}`, tokens)],
  paragraph: ({ tokens }) => [flowing('p', tokens)],
  blockquote: ({ tokens }) => [element('blockquote', render(tokens))],
  hr: () => [element('hr')],
  br: () => [element('br')],
  strong: ({ tokens }) => [element('strong', render(tokens))],
  em: ({ tokens }) => [element('em', render(tokens))],
  del: ({ tokens }) => [element('del', render(tokens))],
  codespan: (token) => [element('code', [token.text])],
  escape: (token) => [document.createTextNode(token.text)],
  text: (token) => (token.tokens ? render(token.tokens) : asText(token)),
  list,
  link,
  image,
  table,
  code: (token) => [new CodeBlock(token, true).element],
  formula: ({ source, display }) => [formula(source, display)],
};

function asText({ raw, text: words }) {
  return [document.createTextNode(words ?? raw)];
}

/** @param {{ordered: boolean, start: number | '', items: any[]}} token */
function list({ ordered, start, items }) {
  const made = element(ordered ? 'ol' : 'ul', items.map(listItem));
  if (ordered && start !== '' && start !== 1) made.start = start;
  made.dir = 'auto';
  return [made];
}

function listItem({ task, checked, tokens }) {
  const item = element('li', render(tokens.filter(({ type }) => type !== 'checkbox')));
  if (task) {
    const box = element('input');
    Object.assign(box, { type: 'checkbox', checked, disabled: true, ariaLabel: item.textContent });
    item.prepend(box, ' ');
  }
  return item;
}

function link({ href, title, tokens }) {
  if (!SAFE_LINK.test(href)) return [element('span', render(tokens))];
  const anchor = element('a', render(tokens));
  anchor.href = href;
  anchor.rel = 'noopener noreferrer';
  if (!href.startsWith('#')) anchor.target = '_blank';
  if (title) anchor.title = title;
  return [anchor];
}

/** An image from elsewhere would tell that server of the conversation: it becomes a link. */
function image({ href, text: words, title }) {
  if (!SAFE_IMAGE.test(href)) {
    const label = [document.createTextNode(words || href)];
    if (!SAFE_LINK.test(href)) return label;
    const [anchor] = link({ href, title, tokens: [] });
    anchor.append(...label);
    return [anchor];
  }
  const picture = element('img');
  picture.alt = words;
  picture.src = href;
  return [picture];
}

function table({ header, rows, align }) {
  const row = (cells, kind) =>
    element('tr', cells.map((cell, i) => aligned(element(kind, render(cell.tokens)), align[i])));
  const made = element('table', [
    element('thead', [row(header, 'th')]),
    element('tbody', rows.map((cells) => row(cells, 'td'))),
  ]);
  made.dir = 'auto';
  return [scroller(made, text.table, 'table')];
}

function aligned(cell, side) {
  if (side) cell.classList.add(side);
  return cell;
}

/** A box of its own for what may be wider than the page, which the keyboard can scroll. */
function scroller(content, label, kind) {
  const box = element('div', [content]);
  box.className = `scroller ${kind}`;
  box.tabIndex = 0;
  box.role = 'region';
  box.ariaLabel = label;
  return box;
}

function flowing(name, tokens) {
  const made = element(name, render(tokens));
  made.dir = 'auto';
  return made;
}

function element(name, children = []) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** A block of code with its language, a button that copies it and one that wraps its lines. */
export class CodeBlock {
  element;
  #code;
  #shown;

  /** @param {{lang?: string, text: string}} token @param {boolean} finished */
  constructor({ lang, text: source }, finished) {
    const language = (lang ?? '').split(/[\s{]/)[0];
    const node = document.createTextNode(source);
    this.#code = element('code', [node]);
    this.#shown = source.length;
    const box = scroller(this.#code, language || text.code, 'lines');
    box.classList.toggle('wrapped', setting('wrap'));
    const bar = element('div', [label(language), button('wrap'), button('copy')]);
    bar.className = 'codebar';
    this.element = element('figure', [bar, box]);
    this.element.className = 'code';
    this.element.dir = 'ltr';
    if (finished) highlight(node, language);
  }

  /** Appends what is new. @param {string} source the whole code so far */
  grow(source) {
    if (source.length > this.#shown) this.#code.firstChild.appendData(source.slice(this.#shown));
    else if (source.length < this.#shown) this.#code.firstChild.data = source;
    this.#shown = source.length;
  }
}

function label(language) {
  const made = element('span', [language]);
  made.className = 'language';
  return made;
}

function button(deed) {
  const made = element('button', [text[deed]]);
  made.type = 'button';
  made.dataset.code = deed;
  if (deed === 'wrap') made.ariaPressed = `${setting('wrap')}`;
  return made;
}
