import { setting, watchSettings } from './settings.js';
import { language, text } from './text.js';

/** Reads an answer out; once more, and it is silent. @param {string} words Markdown */
export function speak(words) {
  if (speechSynthesis.speaking) {
    speechSynthesis.cancel();
    return;
  }
  const plain = words.replace(/```[\s\S]*?```/g, ' ').replace(/[*_`#>|]/g, '');
  const utterance = new SpeechSynthesisUtterance(plain);
  utterance.lang = language;
  speechSynthesis.speak(utterance);
}

/**
 * Offers to dictate, where the browser can and the person wants it: some browsers send what is
 * said to their maker.
 */
export function offerDictation(composer) {
  const Recognition = globalThis.SpeechRecognition ?? globalThis.webkitSpeechRecognition;
  const button = document.getElementById('dictate');
  if (!Recognition) return;
  let running = null;
  const offer = () => (button.hidden = !setting('dictation'));

  function begin() {
    const before = composer.draft.trimEnd();
    running = new Recognition();
    Object.assign(running, { lang: language, interimResults: true, continuous: true });
    running.onresult = ({ results }) => {
      const said = Array.from(results, ([best]) => best.transcript).join('');
      composer.draft = [before, said.trim()].filter(Boolean).join(' ');
    };
    running.onend = () => {
      running = null;
      button.ariaPressed = 'false';
      composer.focus();
    };
    running.onerror = () => running?.stop();
    running.start();
    button.ariaPressed = 'true';
  }

  button.addEventListener('click', () => (running ? running.stop() : begin()));
  watchSettings(offer);
  offer();
  button.title = text.dictate;
}
