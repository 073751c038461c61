/** Every word the page says. */

/** @typedef {import('./store.js').Message} Message */

/** A wait shorter than this, in milliseconds, needs no words. */
const QUIET_WAIT = 3_000;

const number = new Intl.NumberFormat('en');

function clock(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (parts[0] === 0) parts.shift();
  return parts.map((part, i) => (i === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
}

export const text = {
  model: 'Model',
  conversation: 'Conversation',
  messages: 'Messages',
  composer: 'Write a message',
  message: 'Message',
  you: 'You',
  thinking: 'Thinking',
  details: 'Details',
  retry: 'Retry',
  otherModel: 'Choose another model',
  edit: 'Edit the question',
  send: 'Send',
  stop: 'Stop',
  newTextBelow: 'New text below',

  hint: 'Ask something. Enter sends, Shift+Enter breaks the line.',
  hintForTouch: 'Ask something.',

  loadingModels: 'Loading models…',
  noModels: 'No models',
  unavailable: (name) => `${name} (not available)`,
  someModel: 'The model',

  connecting: 'Connecting…',
  up: 'Connected',
  degraded: 'Connected, but not everything works',
  offline: 'Offline',
  down: 'Cannot reach the gateway.',
  tryingAgain: (seconds) => (seconds > 0 ? `Trying again in ${seconds} s` : 'Trying again…'),

  counter: (length, limit) =>
    length > limit
      ? `Too long by ${number.format(length - limit)}`
      : `${number.format(length)} of ${number.format(limit)}`,
  tooLong: (excess) =>
    `The message is too long by ${number.format(excess)} ${excess === 1 ? 'character' : 'characters'}.`,

  waiting: (name, seconds) => `Waiting for ${name}… ${seconds} s`,
  stillThinking: (name, seconds) => `${name} is thinking… ${seconds} s`,
  stopped: 'Stopped',
  empty: (name) => `${name} sent an empty answer.`,
  cutOff: 'The answer ends here because it reached its length limit.',
  filtered: 'The answer was cut off by a content filter.',
  wait: (sentence, seconds) => `${sentence} You can try again in ${clock(seconds)}.`,
  tokens: (input, output) => `${number.format(input)} → ${number.format(output)} tokens`,
  status: (status) => `status ${status}`,
  request: (id) => `request ${id}`,
  strange: 'The gateway sent something that the page does not understand.',
};

/** @type {Record<string, (name: string) => string>} */
const sentences = {
  unreachable: () => (navigator.onLine ? 'Cannot reach the gateway.' : 'You are offline.'),
  interrupted: (name) => `The connection broke before ${name} had finished.`,
  upstream_reset: (name) => `${name} broke off.`,
  upstream_incomplete: (name) => `${name} broke off.`,
  upstream_stalled: (name) => `${name} fell silent in the middle of the answer.`,
  upstream_total_timeout: (name) => `${name} took too long.`,
  upstream_first_token_timeout: (name) => `${name} did not answer in time.`,
  upstream_connect_timeout: (name) => `${name} did not answer in time.`,
  upstream_unreachable: (name) => `${name} could not be reached.`,
  upstream_error: (name) => `${name} did not answer.`,
  upstream_overloaded: (name) => `${name} is overloaded right now.`,
  upstream_rate_limited: (name) => `${name} has too much to do right now.`,
  provider_busy: (name) => `${name} has too much to do right now.`,
  context_length_exceeded: (name) => `The conversation is too long for ${name}.`,
};

/** @type {Record<number, string>} */
const sentencesByStatus = {
  401: 'Sign in again, please.',
  403: 'The gateway does not allow this.',
  429: 'The limit is used up.',
};

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
  if (error) return faultText(message, secondsLeft(message, now));
  if (state !== 'done') return '';
  if (finish === 'length') return text.cutOff;
  if (finish === 'content_filter') return text.filtered;
  return message.text.trim() === '' ? text.empty(nameOf(message)) : '';
}

function faultText(message, seconds) {
  const { code, status, message: theirs } = message.error;
  const ours = sentences[code]?.(nameOf(message)) ?? sentencesByStatus[status];
  const sentence = ours ?? (theirs || text.strange);
  return seconds > 0 ? text.wait(sentence, seconds) : sentence;
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

/** The small print of an answer: which model, how many tokens. */
export function metaOf({ state, model, usage }) {
  if (state !== 'done') return '';
  const { input_tokens: input, output_tokens: output } = usage ?? {};
  return line(model, input >= 0 && output >= 0 && text.tokens(input, output));
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
    if (label) element.setAttribute('aria-label', text[label]);
    if (hint) element.setAttribute('placeholder', text[hint]);
  }
  root.querySelectorAll('template').forEach((template) => fill(template.content));
}
