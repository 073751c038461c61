import { text } from '../text.js';
import { allConversations, allMessages, forgetDeleted, mark } from './database.js';

/** How long a deleted conversation can be had back, in milliseconds. */
const REGRET = 8_000;

/** The list of conversations: search, open, rename, delete with a way back. */
export class ConversationList {
  #nav;
  #deeds;
  #items;
  #search;
  #current = '';
  /** All conversations, the latest first, as of the last look. */
  all = [];
  #asked = 0;

  /**
   * @param {HTMLElement} nav
   * @param {Record<'open' | 'rename' | 'remove', (conversation: {id: string, title: string}) => void>} deeds
   */
  constructor(nav, deeds) {
    this.#nav = nav;
    this.#deeds = deeds;
    this.#items = nav.querySelector('ul');
    this.#search = nav.querySelector('input');
    this.#search.addEventListener('input', () => this.refresh());
    this.#items.addEventListener('click', (event) => this.#clicked(event));
    forgetDeleted(Date.now() - REGRET).catch(() => {}); // who keeps nothing has nothing to forget
  }

  /** The conversation that is seen. */
  set current(id) {
    this.#current = id;
    this.#mark();
  }

  /** Shows what there is now. */
  async refresh() {
    const asked = ++this.#asked;
    const wanted = this.#search.value.trim().toLocaleLowerCase();
    const all = await allConversations();
    const found = wanted ? await matching(all, wanted) : all;
    if (asked !== this.#asked) return;
    this.all = all;
    this.#items.replaceChildren(...found.map(item));
    const empty = this.#nav.querySelector('.empty');
    empty.hidden = found.length > 0;
    empty.textContent = wanted ? text.nothingFound : text.nothingYet;
    this.#mark();
  }

  /** Deletes a conversation, for good after a while. @returns what brings it back until then */
  async remove(id) {
    await mark(id, Date.now());
    setTimeout(() => forgetDeleted(Date.now() - REGRET), REGRET + 100);
    this.refresh();
    return async () => {
      await mark(id, 0);
      this.refresh();
    };
  }

  #clicked({ target }) {
    const entry = target.closest('li');
    const deed = target.closest('button')?.dataset.deed;
    if (!entry || !deed) return;
    const conversation = { id: entry.dataset.id, title: entry.dataset.title };
    if (deed === 'remove') {
      const next = entry.nextElementSibling ?? entry.previousElementSibling;
      (next?.querySelector('button') ?? this.#search).focus();
    }
    this.#deeds[deed](conversation);
  }

  #mark() {
    for (const entry of this.#items.children) {
      const open = entry.querySelector('[data-deed=open]');
      if (entry.dataset.id === this.#current) open.setAttribute('aria-current', 'true');
      else open.removeAttribute('aria-current');
    }
  }
}

async function matching(conversations, wanted) {
  const holds = (words) => words.toLocaleLowerCase().includes(wanted);
  const inBodies = new Set((await allMessages()).filter((m) => holds(m.text)).map((m) => m.conversation));
  return conversations.filter(({ id, title }) => holds(title) || inBodies.has(id));
}

function item({ id, title, pinned }) {
  const words = title || text.untitled;
  const entry = document.createElement('li');
  Object.assign(entry.dataset, { id, title: words });
  const open = button('open', pinned ? `📌 ${words}` : words);
  open.dir = 'auto';
  entry.append(open, button('rename', '✎', `${text.rename}: ${words}`), button('remove', '✕', `${text.remove}: ${words}`));
  return entry;
}

function button(deed, words, label) {
  const made = document.createElement('button');
  made.type = 'button';
  made.dataset.deed = deed;
  made.textContent = words;
  if (label) made.ariaLabel = label;
  if (label) made.title = label;
  return made;
}
