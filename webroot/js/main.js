import { getHealth, getModels, streamChat } from './api.js';
import { Chat } from './chat.js';
import { Composer, touch } from './composer.js';
import { Connection, ConnectionLine } from './connection.js';
import { Conversation } from './conversation.js';
import { ModelPicker } from './models.js';
import { Follower } from './scroll.js';
import { emptyState, Store } from './store.js';
import { fill, nameOf, noteOf, text } from './text.js';

/** The most that is read out when an answer is complete, in characters. */
const READ_OUT = 1_500;

const byId = (id) => document.getElementById(id);

fill(document);
byId('hint').textContent = touch.matches ? text.hintForTouch : text.hint;

const store = new Store(emptyState);
const chat = new Chat(store, streamChat);
const connection = new Connection(store, getHealth);
const picker = new ModelPicker(byId('model'), (choice) => store.set('choice', choice));
const line = new ConnectionLine(byId('status'));
const conversation = new Conversation(byId('log'), (action) => deeds[action]());
const follower = new Follower(byId('scroller'), byId('pill'), () => conversation.end);
const composer = new Composer(byId('composer'), {
  send: (message) => chat.ask(message),
  stop: () => chat.stop(),
  complain: alertTo,
});

/** What the actions beneath an answer do. @type {Record<string, () => void>} */
const deeds = {
  retry() {
    composer.focus();
    chat.retry();
  },
  model: () => picker.open(),
  edit: () => composer.restore(chat.takeBack()),
};

store.watch('messages', onceAFrame(render));
store.watch('answering', (id) => {
  composer.answering = id !== null;
  if (id === null) tellTheEnd();
  else begin();
});
store.watch('connection', (now, before) => {
  line.show(now);
  if (isUp(now) && !isUp(before) && before.state !== 'connecting') loadModels();
});

byId('pill').addEventListener('click', () => {
  follower.engage();
  composer.focus();
});
follower.takeKeysOf(byId('message'));
document.addEventListener('keydown', (event) => {
  const busyElsewhere = event.isComposing || event.target instanceof HTMLSelectElement;
  if (event.key === 'Escape' && !busyElsewhere) chat.stop();
});

line.show(store.get('connection'));
loadModels();
if (!touch.matches) composer.focus();
document.documentElement.dataset.ready = '';

async function loadModels() {
  try {
    picker.show(await getModels());
    connection.reached();
  } catch {
    picker.fail();
    connection.check();
  }
}

function render() {
  const messages = store.get('messages');
  byId('hint').hidden = messages.length > 0;
  conversation.render(messages);
  follower.grown();
}

/** A new answer: old complaints are over, and the reader is taken to it. */
function begin() {
  alertTo('');
  render();
  follower.engage();
}

/** Says to whoever cannot see it how the answer ended; an error interrupts, an answer waits its turn. */
function tellTheEnd() {
  const answer = store.get('messages').at(-1);
  if (!answer) return;
  if (answer.state === 'failed') {
    alertTo(noteOf(answer));
    if (answer.error?.code === 'unreachable' || answer.error?.code === 'interrupted') connection.check();
  } else {
    readOut([nameOf(answer), answer.text.slice(0, READ_OUT), noteOf(answer)].filter(Boolean).join('. '));
  }
}

function readOut(words) {
  const log = byId('log');
  if ('ariaNotify' in log) log.ariaNotify(words);
  else byId('spoken').textContent = words;
}

function alertTo(sentence) {
  byId('alert').textContent = sentence;
}

function isUp({ state }) {
  return state === 'up' || state === 'degraded';
}

function onceAFrame(work) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => {
      due = false;
      work();
    });
  };
}
