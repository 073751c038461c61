import { getModels } from './api.js';
import { Composer, touch } from './composer.js';
import { ModelPicker } from './models.js';
import { emptyState, newId, Store } from './store.js';
import { fill, language, text } from './text.js';

/** @returns {any} */
const byId = (id) => document.getElementById(id);

document.documentElement.lang = language;
document.documentElement.dir = text.direction;
fill(document);
byId('hint').textContent = touch.matches ? text.hintForTouch : text.hint;

const store = new Store(emptyState(newId()));
const picker = new ModelPicker(byId('model'), (choice) => store.set('choice', choice));

/** What is written can be sent before what answers is here: it waits. */
const later = (deed) => (...words) => talk.then((talk) => talk[deed](...words));
const composer = new Composer(byId('composer'), {
  send: later('send'),
  stop: later('stop'),
  editLast: later('editLast'),
  edited: later('edited'),
  complain: later('complain'),
});

document.documentElement.dataset.ready = ''; // until then nothing is seen, and nothing takes the focus
if (!touch.matches) composer.focus();
const talk = getModels()
  .then((models) => picker.show(models), () => picker.fail())
  .then(() => import('./talk.js'))
  .then(({ converse }) => converse({ store, composer, picker }));
