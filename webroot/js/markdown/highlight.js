/**
 * Colours for code, painted over the text by the CSS Custom Highlight API: no element is added, so a
 * long block costs little and a selection holds. It knows what most languages have in common:
 * comments, strings, numbers, keywords and calls.
 */

const C_LIKE = '//.*|/\\*[\\s\\S]*?\\*/';
const HASH = '#.*';

/** Keywords by family; a language names its family, its comments and how its strings look. */
const keywords = {
  c: 'abstract as async await base bool boolean break byte case catch char class const continue default defer delete do double dyn else enum export extends extern false final finally fn float for from func function go goto if impl implements import in instanceof int interface internal is let long loop match mod mut namespace new nil null package private protected pub public return self short signed static string struct super switch synchronized template this throw throws trait true try type typedef typeof union unsafe unsigned use using val var virtual void volatile when where while with yield',
  python:
    'and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return True try while with yield match case',
  shell:
    'case do done echo elif else esac exit export fi for function if in local return select set source then unset until while cd sudo',
  ruby: 'alias and begin break case class def do else elsif end ensure false for if in module next nil not or redo rescue retry return self super then true undef unless until when while yield',
  sql: 'add all alter and as asc begin between by case check column commit constraint create default delete desc distinct drop else end exists foreign from full group having if in index inner insert into is join key left like limit not null offset on or order outer primary references right rollback select set table then union unique update values view when where with',
  data: 'true false null yes no on off',
};

const family = (words, comments, options = {}) => ({ words: new Set(words.split(' ')), comments, ...options });
const cLike = family(keywords.c, C_LIKE);
const python = family(keywords.python, HASH);
const shell = family(keywords.shell, HASH);
const data = family(keywords.data, HASH);

const languages = {
  js: cLike, javascript: cLike, mjs: cLike, ts: cLike, typescript: cLike, jsx: cLike, tsx: cLike,
  java: cLike, kotlin: cLike, kt: cLike, c: cLike, h: cLike, cpp: cLike, 'c++': cLike, cs: cLike,
  csharp: cLike, go: cLike, rust: cLike, rs: cLike, swift: cLike, scala: cLike, php: cLike, dart: cLike,
  css: cLike, python, py: python, sh: shell, bash: shell, shell, zsh: shell, dockerfile: shell,
  ruby: family(keywords.ruby, HASH), rb: family(keywords.ruby, HASH),
  sql: family(keywords.sql, `--.*|${C_LIKE}`, { anyCase: true }),
  yaml: data, yml: data, toml: data, json: data, ini: data,
  html: family('', '<!--[\\s\\S]*?-->', { tags: true }), xml: family('', '<!--[\\s\\S]*?-->', { tags: true }),
};

const STRING = '"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\'|`(?:\\\\.|[^`\\\\])*`';
const NUMBER = '\\b(?:0[xXbBoO][\\da-fA-F_]+|\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)\\w*';
const WORD = '[A-Za-z_$][\\w$-]*';

/** What is longer stays plain: nobody reads colours in a megabyte. */
const LONGEST = 100_000;

/** @param {Text} node @param {string} name the language, as its author calls it */
export function highlight(node, name) {
  const language = languages[name.toLowerCase()];
  if (!language || !globalThis.Highlight || node.length > LONGEST) return;
  for (const { kind, start, end } of pieces(node.data, language)) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    painted(kind).add(range);
  }
}

/** Where what stands in a source. */
export function* pieces(source, { words, comments, anyCase = false, tags = false }) {
  const word = tags ? '</?[\\w-]+|/?>' : WORD;
  const shape = new RegExp(`(${comments})|(${STRING})|(${NUMBER})|(${word})(\\s*\\()?`, 'g');
  for (const found of source.matchAll(shape)) {
    const [, comment, string, number, name, call] = found;
    const known = tags || words.has(anyCase ? name?.toLowerCase() : name);
    const kind =
      (comment && 'comment') || (string && 'string') || (number && 'number') ||
      (known && 'keyword') || (call && 'function');
    const length = (comment ?? string ?? number ?? name).length;
    if (kind) yield { kind, start: found.index, end: found.index + length };
  }
}

function painted(kind) {
  const name = `code-${kind}`;
  if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  return CSS.highlights.get(name);
}
