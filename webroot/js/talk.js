import { getHealth, getModels, streamChat } from './api.js';
import { Chat } from './chat.js';
import { Connection, ConnectionLine } from './connection.js';
import { Conversation } from './conversation.js';
import { Follower } from './scroll.js';
import { setting } from './settings.js';
import { isWaitedFor, nameOf, noteOf, secondsLeft, text } from './text.js';

/** The most that is read out when an answer is complete, in characters. */
const READ_OUT = 1_500;

/** How often a long answer is said to go on, in milliseconds. */
const STILL_MILLIS = 15_000;

/** From this part of a context on its use is shown. */
const GAUGE_FROM = 0.6;

/** A frame that took longer than this lets the next one wait, both in milliseconds. */
const LONG_FRAME = 12;
const REST = 50;

const byId = (id) => document.getElementById(id);

/**
 * The conversation: asks, shows what comes, says how it ended. It is fetched as soon as one can write.
 *
 * @param {{store: import('./store.js').Store, composer: import('./composer.js').Composer,
 *     picker: import('./models.js').ModelPicker}} page
 * @returns what the box tells it
 */
export function converse({ store, composer, picker }) {
  const chat = new Chat(store, streamChat);
  const connection = new Connection(store, getHealth);
  const line = new ConnectionLine(byId('status'));
  const conversation = new Conversation(byId('log'), (action, id) => deeds[action](id));
  const follower = new Follower(byId('scroller'), byId('pill'), () => conversation.end);

  /** The question that is being edited, by its id. */
  let editing = '';

  /** Tells who cannot see it that an answer is still coming. */
  let reminder = 0;

  /** The next look at a limit that is waited for. */
  let waiting = 0;

  /** The rest of the page, which is fetched when the first of it stands: history, menu, shortcuts. */
  let desk = null;

  /** What the buttons of a message do. @type {Record<string, (id: string) => void>} */
  const deeds = {
    retry: (id) => answerAlone(() => chat.retry(id)),
    again: (id) => answerAlone(() => chat.retry(id)),
    shorten: (id) => answerAlone(() => chat.shorten(id)),
    goOn: () => answerAlone(() => chat.ask(text.goOnQuestion)),
    model: () => picker.open(),
    signIn: (id) => signIn(() => deeds.retry(id)),
    edit: (id) => edit(questionOf(id)),
    remove,
    copy: (id) => copy(chat.find(id).text),
    keep: (id) => !store.get('answering') && chat.keep(id),
    speak: (id) => desk?.speak(chat.find(id).text),
  };

  store.watch('messages', onceAFrame(render));
  store.watch('choice', onceAFrame(render));
  store.watch('rival', () => notify(''));
  store.watch('conversation', onceAFrame(render));
  store.watch('answering', (id) => {
    composer.answering = id !== null;
    clearInterval(reminder);
    if (id !== null) reminder = setInterval(() => readOut(text.stillAnswering), STILL_MILLIS);
    waitForTheLimit();
    if (id === null) tellTheEnd();
    else begin();
  });
  store.watch('connection', (now, before) => {
    line.show(now);
    if (!isUp(now) || isUp(before) || before.state === 'connecting') return;
    loadModels();
    offerTheUnsent();
  });

  byId('pill').addEventListener('click', () => {
    follower.engage();
    composer.focus();
  });
  byId('log').addEventListener('click', ({ target }) => {
    const to = target.closest('[data-to]')?.dataset.to;
    if (to && !store.get('answering')) chat.show(to);
    const code = target.closest('[data-code]');
    if (code) codeDeed(code);
  });
  follower.takeKeysOf(byId('message'));

  line.show(store.get('connection'));
  if (store.get('choice')) connection.reached();
  else loadModels();
  const page = { store, chat, composer, picker, follower, notify, alertTo, copy, stopEditing, giveUpWaiting, render };
  import('./desk.js').then(async (module) => {
    desk = await module.furnish(page);
    document.documentElement.dataset.furnished = '';
  });
  return {
    send: (message) => answerAlone(() => (editing ? chat.edit(takeEditing(), message) : chat.ask(message))),
    stop: () => giveUpWaiting() || chat.stop(),
    editLast: () => edit(chat.path.findLast(({ role }) => role === 'user')?.id),
    edited: (draft) => !editing && desk?.drafted(draft),
    complain: alertTo,
  };

  async function loadModels() {
    try {
      picker.show(await getModels());
      connection.reached();
    } catch ({ status }) {
      picker.fail();
      connection.check();
      if (status === 401) notify(text.statuses[401], text.signIn, signIn);
    }
  }

  /** Asks for the key; with it the models can be seen. @param {() => void} [then] */
  async function signIn(then = () => {}) {
    const { askKey } = await import('./dialogs/key.js');
    askKey(() => {
      notify('');
      loadModels();
      then();
    });
  }

  /** A question that met no gateway waits for it; it is sent on a word of the person. */
  function offerTheUnsent() {
    const last = chat.path.at(-1);
    if (last?.error?.code !== 'unreachable') return;
    notify(text.unsent, text.sendNow, () => deeds.retry(last.id));
  }

  /** Answers, unless another tab is answering in the same conversation. */
  async function answerAlone(work) {
    if (store.get('answering')) return;
    composer.focus();
    if (!desk) return void work();
    if (!(await desk.alone(work))) {
      alertTo(text.answeredElsewhere);
      notify(text.answeredElsewhere);
    }
  }

  function questionOf(id) {
    const message = chat.find(id);
    return message.role === 'user' ? id : message.parent;
  }

  /** Puts a question into the box; sending it asks it in the place of the first. */
  function edit(id) {
    if (!id || store.get('answering')) return;
    editing = id;
    composer.draft = chat.find(id).text;
    notify(text.edit, text.cancel, stopEditing);
    byId('message').focus();
  }

  /** Takes a message out; the focus goes to its neighbour. */
  function remove(id) {
    if (store.get('answering')) return;
    stopEditing();
    const at = chat.path.findIndex((message) => message.id === id);
    const undo = chat.remove(id);
    const neighbour = chat.path[Math.min(at, chat.path.length - 1)];
    render();
    if (neighbour) conversation.focus(neighbour.id);
    else composer.focus();
    notify(text.messageRemoved, text.undo, undo);
  }

  function takeEditing() {
    const id = editing;
    editing = '';
    notify('');
    return id;
  }

  /** @returns {boolean} whether anything was being edited */
  function stopEditing() {
    if (!editing) return false;
    takeEditing();
    composer.draft = '';
    composer.focus();
    return true;
  }

  /** Says how full the model's context is, when it is getting full. */
  function showGauge(path) {
    const usage = path.findLast((message) => message.usage)?.usage;
    const context = store.get('choice')?.context ?? 0;
    const part = context && usage ? (usage.input_tokens + usage.output_tokens) / context : 0;
    byId('gauge').textContent = part > GAUGE_FROM ? text.gauge(part, context) : '';
  }

  /** A limit that gives way soon is waited for; the ring on the button says how long still. */
  function waitForTheLimit() {
    stopWaiting();
    const last = chat.path.at(-1);
    const seconds = last ? secondsLeft(last, Date.now()) : 0;
    if (!last || store.get('answering') || !isWaitedFor(last, seconds)) return;
    if (seconds === 0) {
      deeds.retry(last.id);
      return;
    }
    composer.waited = (100 * (Date.now() - last.ended)) / (last.error.retryAt - last.ended);
    waiting = setTimeout(waitForTheLimit, 250);
  }

  function stopWaiting() {
    clearTimeout(waiting);
    waiting = 0;
    composer.waited = null;
  }

  /** @returns {boolean} whether a limit was waited for */
  function giveUpWaiting() {
    if (!waiting || store.get('answering')) return false;
    stopWaiting();
    chat.giveUp(chat.path.at(-1).id);
    return true;
  }

  function render() {
    const path = chat.path;
    byId('hint').hidden = path.length > 0;
    conversation.render(path, store.get('messages'));
    showGauge(path);
    follower.grown();
  }

  /** A new answer: old complaints are over, and the reader is taken to it. */
  function begin() {
    alertTo('');
    notify('');
    render();
    follower.engage();
    if (store.get('rival')) follower.release();
  }

  /** Says to whoever cannot see it how the answer ended; an error interrupts, an answer waits its turn. */
  function tellTheEnd() {
    const answer = chat.path.at(-1);
    if (!answer) return;
    if (answer.state === 'failed') {
      alertTo(noteOf(answer));
      if (answer.error?.code === 'unreachable' || answer.error?.code === 'interrupted') connection.check();
    } else {
      readOut([nameOf(answer), spoken(answer.text), noteOf(answer)].filter(Boolean).join('. '));
    }
  }

  function spoken(answer) {
    const how = setting('announce');
    if (how === 'end') return text.complete;
    return (how === 'first' ? answer.split(/\n\s*\n/)[0] : answer).slice(0, READ_OUT);
  }

  function readOut(words) {
    const log = byId('log');
    if ('ariaNotify' in log) log.ariaNotify(words);
    else byId('spoken').textContent = words;
  }

  function alertTo(sentence) {
    byId('alert').textContent = sentence;
  }

  /** Says something above the box, with one thing to do about it. */
  function notify(sentence, action = '', deed = () => {}) {
    const rival = store.get('rival');
    if (sentence === '' && rival) {
      // What holds until it is called off is said again when the rest has been said.
      notify(text.comparing(rival.name), text.cancel, () => store.set('rival', null));
      return;
    }
    const notice = byId('notice');
    notice.hidden = sentence === '';
    notice.querySelector('span').textContent = sentence;
    const button = notice.querySelector('button');
    button.hidden = action === '';
    button.textContent = action;
    const done = () => {
      deed();
      if (button.onclick === done) notify(''); // else the deed has said something itself
    };
    button.onclick = done;
  }

  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      copyBySelection(words);
    }
    byId('spoken').textContent = text.copied;
  }

  /** Without a secure connection there is no clipboard but that of a selection. */
  function copyBySelection(words) {
    const box = document.createElement('textarea');
    box.value = words;
    document.body.append(box);
    box.select();
    document.execCommand('copy');
    box.remove();
    composer.focus();
  }

  function codeDeed(button) {
    const box = button.closest('.code').querySelector('.lines');
    if (button.dataset.code === 'copy') {
      copy(box.textContent);
      button.textContent = text.copied;
      setTimeout(() => (button.textContent = text.copy), 2_000);
    } else {
      button.ariaPressed = `${box.classList.toggle('wrapped')}`;
    }
  }
}

function isUp({ state }) {
  return state === 'up' || state === 'degraded';
}

function onceAFrame(work) {
  let due = false;
  let rest = 0;
  const run = () => {
    due = false;
    const begin = performance.now();
    work();
    rest = performance.now() - begin > LONG_FRAME ? REST : 0;
  };
  return () => {
    if (due) return;
    due = true;
    if (rest) setTimeout(() => requestAnimationFrame(run), rest);
    else requestAnimationFrame(run);
  };
}
