import { setting } from './settings.js';

/** @typedef {import('./store.js').Message} Message */

/** The languages that the page speaks, by their own names. */
export const languages = { en: 'English', de: 'Deutsch', ar: 'العربية' };

/** A limit that gives way within so many seconds is waited for. */
const PATIENCE = 60;

/** A wait shorter than this, in milliseconds, needs no words. */
const QUIET_WAIT = 3_000;

export const language = chosen();

/** Every word the page says, in one language. */
export const { words: text } = await import(`./words/${language}.js`);

function chosen() {
  const wanted = [setting('language'), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wanted.find((tag) => Object.hasOwn(languages, tag)) ?? 'en';
}

/**
 * What a person calls the model that answers.
 *
 * @param {Message} message
 */
export function nameOf({ name, model }) {
  return name || model || text.someModel;
}

/**
 * Why an answer is not what was hoped for, in a sentence; nothing if it is.
 *
 * @param {Message} message
 */
export function noteOf(message, now = Date.now()) {
  const { state, finish, error } = message;
  if (state === 'stopped') return text.stopped;
  if (state === 'interrupted') return text.interruptedHere;
  if (error) return faultText(message, secondsLeft(message, now));
  if (state !== 'done') return '';
  if (finish === 'length') return text.cutOff;
  if (finish === 'content_filter') return text.filtered;
  return message.text.trim() === '' ? text.empty(nameOf(message)) : '';
}

function faultText(message, seconds) {
  const { code, status, message: theirs } = message.error;
  const ours = text.faults[code]?.(nameOf(message)) ?? text.statuses[status];
  const sentence = ours ?? (theirs || text.strange);
  if (seconds === 0) return sentence;
  return isWaitedFor(message, seconds) ? text.waited(sentence, seconds) : text.wait(sentence, seconds);
}

/** Whether the page tries again by itself: a limit that gives way soon, unless the person has had enough. */
export function isWaitedFor({ error, patient = true }, seconds) {
  return patient && error?.status === 429 && error.retryAt > 0 && seconds <= PATIENCE;
}

/** Whole seconds until the gateway wants to be asked again. */
export function secondsLeft({ error }, now) {
  return Math.max(0, Math.ceil(((error?.retryAt ?? 0) - now) / 1_000));
}

/** What to say to whoever has waited a while for the first word. */
export function waitingText(message, now) {
  const waited = now - message.created;
  if (waited < QUIET_WAIT) return '';
  const say = message.reasoning ? text.stillThinking : text.waiting;
  return say(nameOf(message), Math.floor(waited / 1_000));
}

/** Above what was thought: how long it takes, or took. */
export function thoughtText({ state, reasoning, thought, first }, now) {
  if (thought >= 0) return text.thoughtFor(Math.round(thought / 1_000));
  return state === 'streaming' && reasoning ? text.thinkingFor(Math.floor((now - first) / 1_000)) : text.thinking;
}

/** The small print of an answer: model, tokens, money, speed and time, as far as they are known. */
export function metaOf({ state, model, usage, created, first, ended }) {
  if (state !== 'done' || !model) return '';
  const { input_tokens: input, output_tokens: output, cost } = usage ?? {};
  const streamed = (ended - first) / 1_000;
  return line(
    model,
    input >= 0 && output >= 0 && text.tokens(input, output),
    cost > 0 && text.money(cost),
    streamed > 0.5 && output > 0 && text.speed(output / streamed),
    ended > created && text.seconds((ended - created) / 1_000),
  );
}

/** The small print of an error, for whoever has to look into it. */
export function detailsOf({ error }) {
  if (!error) return '';
  const { code, status, requestId } = error;
  return line(code, status && text.status(status), requestId && text.request(requestId));
}

function line(...parts) {
  return parts.filter(Boolean).join(' · ');
}

/** Puts the words into markup that names them: `data-text`, `data-label`, `data-hint`. */
export function fill(root) {
  for (const element of root.querySelectorAll('[data-text], [data-label], [data-hint]')) {
    const { text: words, label, hint } = element.dataset;
    if (words) element.textContent = text[words];
    if (label) {
      element.setAttribute('aria-label', text[label]);
      if (element.matches('button')) element.title = text[label];
    }
    if (hint) element.setAttribute('placeholder', text[hint]);
  }
  root.querySelectorAll('template').forEach((template) => fill(template.content));
}
