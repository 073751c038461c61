import { forgetAll } from './history/database.js';
import { alone, Keeper } from './history/keeper.js';
import { ConversationList } from './history/list.js';
import { mindTheRoom } from './history/room.js';
import { offerInstalling } from './install.js';
import { openPalette as showPalette } from './dialogs/palette.js';
import { shortcutOf } from './keys.js';
import { sees } from './models.js';
import { keep, kept, setting, tab, watchSettings } from './settings.js';
import { nameOf, text } from './text.js';

/** @typedef {import('./store.js').Store} Store */

/** Which conversation this tab has open, and what was begun to be written in a new one. */
const OPEN = 'sluice.open';
const DRAFT = 'sluice.draft';

/** From this width on, in pixels, the list stands beside the conversation. */
const wide = matchMedia('(width >= 64rem)');

/** Who wants nothing to move. */
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const byId = (id) => document.getElementById(id);

/**
 * All that surrounds the conversation: its history, the menu, the shortcuts.
 *
 * @returns what the page tells it: of drafts, and when it wants to answer alone
 */
export async function furnish({ store, chat, composer, picker, follower, notify, alertTo, copy, stopEditing, giveUpWaiting, render }) {
  const nav = byId('history');
  const list = new ConversationList(nav, {
    open: ({ id }) => open(id),
    rename,
    remove,
  });
  const keeper = new Keeper(store, {
    changed: () => {
      list.refresh();
      mindTheRoom(() => notify(text.almostFull, text.exportAll, deeds.exportAll));
    },
    failed: () => notify(text.notKept, text.exportOne, () => writeOut()),
  });

  /** Everything that can be done here, by name. @type {Record<string, () => void>} */
  const deeds = {
    newChat: begin,
    list: toggleList,
    palette: openPalette,
    help: async () => (await import('./dialogs/shortcuts.js')).openShortcuts(),
    settings: openSettings,
    install: offerInstalling(document.querySelector('#menu [data-deed=install]'), {
      ripe: () => list.all.length >= 3,
      hint: () => notify(text.installHint, text.install, () => deeds.install()),
      byHand: () => notify(text.installByHand),
    }),
    parameters: askParameters,
    compare: async () => (await import('./dialogs/rival.js')).askRival(picker, store),
    async pin() {
      store.changeConversation({ pinned: !store.get('conversation').pinned });
      await keeper.now();
    },
    share: shareOne,
    rename: () => rename(store.get('conversation')),
    remove: () => remove(store.get('conversation')),
    exportAll: () => transfer(async ({ exportAll, save }) => save('sluice.json', 'application/json', await exportAll())),
    exportOne: writeOut,
    copyAnswer: () => copyLast((message) => message.role === 'assistant' && message.text),
    copyCode,
    stop: () => stopEditing() || giveUpWaiting() || chat.stop(),
    previous: () => step(-1),
    next: () => step(1),
  };

  async function transfer(work) {
    await keeper.now();
    return work(await import('./history/transfer.js'));
  }

  /** What is seen, as Markdown: from the page itself, for a browser that keeps nothing. */
  async function written() {
    const { asMarkdown, save } = await import('./history/transfer.js');
    return { words: asMarkdown(store.get('conversation'), store.get('messages'), nameOf, text.you), save };
  }

  async function writeOut() {
    const { words, save } = await written();
    const { title } = store.get('conversation');
    save(`${title.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40) || 'sluice'}.md`, 'text/markdown', words);
  }

  /** As a file, by whatever the system has for that; else it is saved. */
  async function shareOne() {
    const { words } = await written();
    const files = [new File([words], 'conversation.md', { type: 'text/markdown' })];
    const { title } = store.get('conversation');
    if (navigator.canShare?.({ files })) await navigator.share({ files, title }).catch(() => {});
    else writeOut();
  }

  async function open(id) {
    if (id === store.get('conversation').id) return closeSheet();
    await chat.stop();
    stopEditing();
    await crossFade(async () => (await keeper.open(id)) && arrive());
  }

  async function begin() {
    await chat.stop();
    stopEditing();
    store.set('rival', null);
    await crossFade(async () => {
      await keeper.begin();
      arrive();
    });
  }

  /** Changes what is seen, not all of a sudden. */
  function crossFade(change) {
    if (calm.matches || !document.startViewTransition) return change();
    const fade = document.startViewTransition(change);
    fade.ready.catch(() => {}); // a tab that is not seen shows none
    return fade.updateCallbackDone;
  }

  /** Another conversation is seen. */
  function arrive() {
    const { draft } = store.get('conversation');
    composer.draft = store.get('messages').length ? draft : (kept(DRAFT) ?? '');
    closeSheet();
    notify('');
    render();
    follower.engage();
    composer.focus();
  }

  async function rename(conversation) {
    const { askTitle } = await import('./dialogs/conversation.js');
    askTitle(conversation.title, async (title) => {
      if (conversation.id === store.get('conversation').id) {
        store.changeConversation({ title });
        await keeper.now();
      } else {
        const { conversationOf, keepConversation } = await import('./history/database.js');
        await keepConversation({ ...(await conversationOf(conversation.id)), title }, []);
      }
      list.refresh();
    });
  }

  async function remove({ id, title }) {
    const seen = id === store.get('conversation').id;
    if (seen) await begin();
    const undo = await list.remove(id);
    notify(text.removed(title || text.untitled), text.undo, async () => {
      await undo();
      if (seen) open(id);
    });
  }

  async function askParameters() {
    const { askParameters: ask } = await import('./dialogs/conversation.js');
    ask(store.get('conversation'), (facts) => store.changeConversation(facts));
  }

  async function openSettings() {
    const { openSettings: show } = await import('./dialogs/settings.js');
    const { hasKey } = await import('./dialogs/key.js');
    show({
      exportAll: deeds.exportAll,
      signOut: hasKey() ? leave : null,
      importFile: (file) => transfer(({ importAll }) => importFile(file, importAll)),
      async removeAll() {
        await begin();
        await forgetAll();
        list.refresh();
      },
    });
  }

  /** What was said stays: it is this browser's. */
  async function leave() {
    try {
      await (await import('./dialogs/key.js')).giveUpKey();
      notify(text.signedOut);
    } catch {
      notify(text.faults.unreachable());
    }
  }

  async function importFile(file, importAll) {
    try {
      notify(text.imported(await importAll(await file.text())));
      list.refresh();
    } catch {
      notify(text.notImported);
      alertTo(text.notImported);
    }
  }

  /** Opens at once: whoever has pressed the keys is typing already. */
  function openPalette() {
    const commands = ['newChat', 'compare', 'settings', 'parameters', 'rename', 'pin', 'remove', 'share', 'exportOne', 'exportAll', 'help'];
    const names = { help: 'shortcuts' };
    showPalette([
      ...commands.map((name) => ({ words: text[names[name] ?? name], deed: deeds[name] })),
      ...picker.options.map(({ words, detail, value }) => ({ words, detail, deed: () => picker.choose(value) })),
      ...list.all.map(({ id, title }) => ({ words: title, deed: () => open(id) })),
    ]);
  }

  function copyLast(fits) {
    const message = chat.path.findLast(fits);
    if (message) copy(message.text);
  }

  function copyCode() {
    const code = [...document.querySelectorAll('#log .code code')].at(-1);
    if (code) copy(code.textContent);
  }

  /** From message to message. */
  function step(by) {
    const messages = [...document.querySelectorAll('#log article')];
    const at = messages.indexOf(document.activeElement?.closest('article'));
    const to = at < 0 ? messages.length - 1 : at + by;
    messages[Math.max(0, Math.min(messages.length - 1, to))]?.focus();
  }

  function toggleList() {
    if (wide.matches) {
      document.body.classList.toggle('listless');
      keep('sluice.list', document.body.classList.contains('listless') ? 'closed' : 'open');
      byId('list').ariaExpanded = `${!document.body.classList.contains('listless')}`;
    } else {
      nav.togglePopover();
    }
  }

  function closeSheet() {
    if (nav.matches(':popover-open')) nav.hidePopover();
  }

  document.addEventListener('click', ({ target }) => {
    const deed = target.closest('[data-deed]');
    if (!deed || nav.querySelector('ul').contains(deed)) return;
    byId('menu').hidePopover();
    deeds[deed.dataset.deed]?.();
  });
  document.addEventListener('keydown', (event) => {
    const shortcut = shortcutOf(event);
    const busyElsewhere = event.target.closest('dialog') || event.target instanceof HTMLSelectElement;
    if (!shortcut || busyElsewhere) return;
    if (shortcut !== 'stop') event.preventDefault();
    deeds[shortcut]();
  });
  byId('title').addEventListener('click', deeds.rename);
  store.watch('conversation', ({ title }) => showTitle(title));
  store.watch('conversation', ({ id }) => {
    list.current = id;
    keep(OPEN, id, tab);
  });
  watchSettings((name, value) => name === 'theme' && (document.documentElement.dataset.theme = value));
  wide.addEventListener('change', placeList);
  placeList();

  function showTitle(title) {
    byId('title').textContent = title || 'Sluice';
    document.title = title ? `${title} · Sluice` : 'Sluice';
  }

  /** A column beside the conversation where there is room, else a sheet over it. */
  function placeList() {
    closeSheet();
    nav.popover = wide.matches ? null : 'auto';
    const closed = kept('sluice.list') === 'closed';
    document.body.classList.toggle('listless', closed);
    byId('list').ariaExpanded = `${wide.matches && !closed}`;
  }

  nav.addEventListener('toggle', ({ newState }) => (byId('list').ariaExpanded = `${newState === 'open'}`));
  await list.refresh().catch(() => notify(text.notKept));
  const before = kept(OPEN, tab);
  const shared = takeShared();
  if (shared) composer.draft = shared;
  else if (store.get('messages').length === 0) {
    if (!before || !(await keeper.open(before).catch(() => false))) composer.draft ||= kept(DRAFT) ?? '';
    else composer.draft ||= store.get('conversation').draft;
    follower.engage();
  }
  list.current = store.get('conversation').id;
  showTitle(store.get('conversation').title);
  const speech = () => import('./voice.js');
  whenever(() => setting('dictation'), watchSettings, () => speech().then(({ offerDictation }) => offerDictation(composer)));
  whenever(
    () => sees(store.get('choice')),
    (look) => store.watch('choice', look),
    () => import('./attachments.js').then(({ offerAttachments }) => offerAttachments(store, notify)),
  );
  if ('serviceWorker' in navigator) import('./worker.js').then(({ register }) => register(notify));

  return {
    /** Something was written and not sent. */
    drafted(draft) {
      if (store.get('messages').length) store.changeConversation({ draft });
      else keep(DRAFT, draft);
    },
    speak: (words) => speech().then(({ speak }) => speak(words)),
    alone: (work) => alone(store.get('conversation').id, work),
  };
}

/**
 * Does something once, as soon as it is wanted: what few need is fetched by them alone. What fails is done
 * when it is wanted again.
 *
 * @param {() => boolean} wanted
 * @param {(look: () => void) => void} watch calls `look` when it may be wanted now
 * @param {() => Promise<void>} deed
 */
function whenever(wanted, watch, deed) {
  let done = false;
  const look = () => {
    if (done || !wanted()) return;
    done = true;
    deed().catch(() => (done = false));
  };
  watch(look);
  look();
}

/** What another app has shared with this one, as the manifest says; the address forgets it. */
function takeShared() {
  const query = new URLSearchParams(location.search);
  if (query.size) history.replaceState(null, '', location.pathname);
  return ['title', 'text', 'url'].map((name) => query.get(name)).filter(Boolean).join('\n');
}
