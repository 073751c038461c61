// What the checker of types cannot know of the page.

/** Everything on the page is HTML, and all that is listened to is an element. */
interface Element extends HTMLOrSVGElement {
  hidden: boolean;
  style: CSSStyleDeclaration;
  title: string;
}

interface EventTarget {
  closest(selectors: string): HTMLElement | null;
}

interface Node {
  remove(): void;
}

/** Chromium alone. */
interface Navigator {
  userAgentData?: { platform: string };
}

/** iOS alone: whether the page was installed. */
interface Navigator {
  standalone?: boolean;
}

interface Element {
  ariaNotify(words: string): void;
}

declare var SpeechRecognition: any;
declare var webkitSpeechRecognition: any;
declare var trustedTypes: any;

declare module '*/marked.esm.js' {
  export const Marked: any;
}

declare module '*/katex.mjs' {
  const katex: any;
  export default katex;
}
