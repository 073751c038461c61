import { text } from '../text.js';

/** Mathematics is written `\(…\)`, `\[…\]` and `$$…$$`; a single `$` is money. */

/** @param {string} name @param {'block' | 'inline'} level @param {RegExp} shape @param {RegExp} start */
function extension(name, level, shape, start) {
  return {
    name,
    level,
    start: (source) => source.search(start),
    tokenizer(source) {
      const found = shape.exec(source);
      if (!found) return undefined;
      const display = !found[0].startsWith('\\(');
      return { type: 'formula', raw: found[0], source: (found[1] ?? found[2]).trim(), display };
    },
  };
}

export const mathExtensions = [
  extension('formulaBlock', 'block', /^(?:\\\[([\s\S]+?)\\\]|\$\$([\s\S]+?)\$\$)[ \t]*(?:\n|$)/, /\\\[|\$\$/),
  extension('formula', 'inline', /^(?:\\\(([\s\S]+?)\\\)|\\\[[\s\S]+?\\\]|\$\$([\s\S]+?)\$\$)/, /\\\(|\\\[|\$\$/),
];

let renderer = null;

/** A formula, first as it was written, then as MathML when its renderer is here. */
export function formula(source, display) {
  const box = document.createElement('span');
  box.className = display ? 'formula display' : 'formula';
  box.textContent = source;
  if (display) {
    box.tabIndex = 0;
    box.role = 'region';
    box.ariaLabel = text.formula;
  }
  renderer ??= import('../../vendor/katex-0.18.11/katex.mjs').catch(() => null);
  renderer.then((module) => {
    if (module) draw(module.default, box, source, display);
  });
  return box;
}

function draw(katex, box, source, display) {
  try {
    katex.render(source, box, { output: 'mathml', displayMode: display, throwOnError: true, trust: false });
  } catch {
    box.textContent = source; // What is no formula stays as it was written.
  }
}
