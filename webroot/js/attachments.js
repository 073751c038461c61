import { attachmentItem } from './conversation.js';
import { sees } from './models.js';
import { keep, keptJson, tab } from './settings.js';
import { text } from './text.js';

/** Larger images are made smaller: models see no more of them, and the gateway takes no more. */
const IMAGE_SIDE = 1_024;
const IMAGE_QUALITY = 0.8;

const MOST = 10;
const FILE_CHARS = 50_000;
const ALL_BYTES = 900_000;

/** What is attached and not sent outlives a reload of its tab. */
const KEPT = 'sluice.attached';

const byId = (id) => document.getElementById(id);

/**
 * Takes images and text files by button, by paste and by drop, where the model is not known to be
 * blind.
 *
 * @param {import('./store.js').Store} store
 * @param {(sentence: string) => void} notify
 */
export function offerAttachments(store, notify) {
  const button = byId('attach');
  const list = byId('attachments');
  const welcome = () => sees(store.get('choice'));
  const offer = () => (button.hidden = !welcome());
  const show = (attachments) => {
    list.hidden = attachments.length === 0;
    list.replaceChildren(...attachments.map((attachment) => removable(attachment, store)));
  };

  async function take(files) {
    for (const file of files) {
      try {
        add(file.type.startsWith('image/') ? await image(file) : await textFile(file));
      } catch {
        notify(text.notAttached(file.name));
      }
    }
  }

  function add(attachment) {
    const all = [...store.get('attachments'), attachment];
    if (all.length > MOST || JSON.stringify(all).length > ALL_BYTES) notify(text.tooMuchAttached);
    else store.set('attachments', all);
  }

  store.watch('choice', offer);
  store.watch('attachments', show);
  store.watch('attachments', (attachments) => keep(KEPT, JSON.stringify(attachments), tab));
  button.addEventListener('click', () => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', multiple: true });
    input.addEventListener('change', () => take(input.files));
    input.click();
  });
  byId('message').addEventListener('paste', (event) => {
    if (!welcome() || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });
  addEventListener('dragover', (event) => welcome() && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!welcome() || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  offer();
  if (store.get('attachments').length === 0) store.set('attachments', keptJson(KEPT, [], tab));
}

function removable(attachment, store) {
  const item = attachmentItem(attachment);
  const button = document.createElement('button');
  Object.assign(button, { type: 'button', textContent: '✕', ariaLabel: `${text.remove}: ${attachment.name}` });
  button.addEventListener('click', () => {
    store.set('attachments', store.get('attachments').filter((one) => one !== attachment));
    byId('message').focus();
  });
  item.append(button);
  return item;
}

async function image(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, IMAGE_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return { type: 'image', name: file.name, url: canvas.toDataURL('image/jpeg', IMAGE_QUALITY) };
}

async function textFile(file) {
  const words = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  if (words.length > FILE_CHARS || words.includes('\0')) throw new RangeError(file.name);
  return { type: 'text', name: file.name, text: words };
}
