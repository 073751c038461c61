import { keep, kept } from './settings.js';
import { text } from './text.js';

/** @typedef {{id: string, name?: string, available?: boolean, default?: boolean}} Model */
/** @typedef {import('./store.js').Choice} Choice */

const REMEMBERED = 'sluice.model';

/** The built-in model sees nothing. */
const BLIND = 'demo';

/** Whether images and files can go along. @param {Choice | null} choice */
export function sees(choice) {
  return choice !== null && choice.provider !== BLIND;
}

/** The model picker: what can be asked, and what is. The choice is kept for the next visit. */
export class ModelPicker {
  #select;
  #choose;

  /**
   * @param {HTMLSelectElement} select
   * @param {(choice: Choice | null) => void} choose told of each choice, the first included
   */
  constructor(select, choose) {
    this.#select = select;
    this.#choose = choose;
    select.addEventListener('change', () => this.#chosen());
    this.#say(text.loadingModels);
  }

  /** Shows what the gateway offers. @param {Record<string, unknown>} catalog models by provider */
  show(catalog) {
    const wanted = kept(REMEMBERED);
    this.#select.replaceChildren(...providersOf(catalog).map(([name, models]) => group(name, models)));
    const options = [...this.#select.options].filter((option) => !option.disabled);
    const pick =
      options.find(({ value }) => value === wanted) ??
      options.find(({ dataset }) => dataset.preferred) ??
      options[0];
    if (pick) pick.selected = true;
    else this.#say(text.noModels);
    this.#tell();
  }

  /** Says that there is nothing to choose from. */
  fail() {
    if (this.#select.querySelector('optgroup') === null) this.#say(text.noModels);
  }

  /** Opens the picker, as a click on it would. */
  open() {
    this.#select.focus();
    try {
      this.#select.showPicker();
    } catch {
      // Some browsers refuse without a fresh click; the focus is there, and a key opens it.
    }
  }

  /** What can be chosen. @returns {{words: string, detail: string, value: string}[]} */
  get options() {
    return [...this.#select.options]
      .filter(({ disabled }) => !disabled)
      .map(({ label, dataset, value }) => ({ words: label, detail: dataset.provider, value }));
  }

  /** What an option's value stands for. @returns {Choice} */
  choiceOf(value) {
    return choiceIn([...this.#select.options].find((option) => option.value === value));
  }

  /** Chooses as a person would. */
  choose(value) {
    this.#select.value = value;
    this.#chosen();
  }

  #chosen() {
    keep(REMEMBERED, this.#select.value);
    this.#tell();
  }

  #tell() {
    const option = this.#select.selectedOptions[0];
    this.#choose(option?.dataset.model ? choiceIn(option) : null);
  }

  #say(words) {
    const option = new Option(words, '', true, true);
    option.disabled = true;
    this.#select.querySelector('[value=""]')?.remove();
    this.#select.prepend(option);
  }
}

/**
 * The catalog's members are providers where they are lists of models; others may come to stand
 * beside them.
 *
 * @param {Record<string, unknown>} catalog
 * @returns {[string, Model[]][]}
 */
function providersOf(catalog) {
  return Object.entries(catalog).flatMap(([name, value]) => {
    const models = Array.isArray(value) ? value.filter((model) => typeof model?.id === 'string') : [];
    return models.length > 0 ? [[name, models]] : [];
  });
}

/** @param {HTMLOptionElement} option @returns {Choice} */
function choiceIn({ dataset: { provider, model, name, context } }) {
  return { provider, model, name, context: Number(context) };
}

function group(provider, models) {
  const element = document.createElement('optgroup');
  element.label = provider;
  element.append(...models.map((model) => optionOf(provider, model)));
  return element;
}

function optionOf(provider, { id, name = id, available = true, default: preferred = false, context = 0 }) {
  const option = new Option(available ? name : text.unavailable(name), `${provider}/${id}`);
  option.disabled = !available;
  Object.assign(option.dataset, { provider, model: id, name, context });
  if (preferred) option.dataset.preferred = 'true';
  return option;
}
