import { pathTo } from '../tree.js';
import { allConversations, conversationOf, keepConversation, messagesOf } from './database.js';

const FORMAT = 'sluice-conversations';
const VERSION = 1;

const STATES = new Set(['done', 'stopped', 'interrupted', 'failed']);

/** Everything, as one JSON document. */
export async function exportAll() {
  const conversations = await allConversations();
  const whole = await Promise.all(
    conversations.map(async (conversation) => ({ ...conversation, messages: await messagesOf(conversation.id) })),
  );
  return JSON.stringify({ format: FORMAT, version: VERSION, conversations: whole }, null, 1);
}

/** What is seen of one conversation, for people. */
export function asMarkdown({ title, leaf, system }, messages, nameOf, you) {
  const parts = pathTo(messages, leaf).map(
    (message) => `## ${message.role === 'user' ? you : nameOf(message)}\n\n${message.text.trim()}\n`,
  );
  return [`# ${title}\n`, ...(system ? [`> ${system.replaceAll('\n', '\n> ')}\n`] : []), ...parts].join('\n');
}

/**
 * Merges what was exported: a conversation that is here already is replaced only by a later one.
 *
 * @param {string} source
 * @returns {Promise<number>} how many conversations were taken
 * @throws {SyntaxError} if it is no export of this page; then nothing is taken
 */
export async function importAll(source) {
  const { format, version, conversations } = JSON.parse(source);
  if (format !== FORMAT || version !== VERSION || !Array.isArray(conversations)) throw new SyntaxError(FORMAT);
  const checked = conversations.map(check);
  let taken = 0;
  for (const { messages, ...conversation } of checked) {
    const here = await conversationOf(conversation.id);
    if (here && !here.deleted && here.updated >= conversation.updated) continue;
    await keepConversation(conversation, messages.map((message, order) => ({ message, order })));
    taken++;
  }
  return taken;
}

function check({ id, title, created, updated, leaf, system, parameters, pinned, messages }) {
  if (!isText(id) || !isText(title) || !Number.isFinite(updated) || !Array.isArray(messages)) {
    throw new SyntaxError('conversation');
  }
  return {
    id,
    title,
    created: Number(created) || updated,
    updated,
    leaf: isText(leaf) ? leaf : null,
    system: isText(system) ? system : '',
    parameters: checkParameters(parameters),
    pinned: pinned === true,
    draft: '',
    messages: messages.map(checkMessage),
  };
}

/** @param {{temperature?: number, max_tokens?: number}} [parameters] */
function checkParameters({ temperature, max_tokens: maxTokens } = {}) {
  return {
    ...(Number.isFinite(temperature) && { temperature }),
    ...(Number.isInteger(maxTokens) && { max_tokens: maxTokens }),
  };
}

function checkMessage(message) {
  const { id, parent, role, text, state } = message;
  if (!isText(id) || !isText(text) || (role !== 'user' && role !== 'assistant')) throw new SyntaxError('message');
  const { code, status, message: words } = message.error ?? {};
  return {
    id,
    parent: isText(parent) ? parent : null,
    role,
    text,
    reasoning: isText(message.reasoning) ? message.reasoning : '',
    state: STATES.has(state) ? state : 'interrupted',
    name: isText(message.name) ? message.name : '',
    model: isText(message.model) ? message.model : '',
    created: Number(message.created) || 0,
    first: Number(message.first) || undefined,
    ended: Number(message.ended) || undefined,
    error: isText(code) ? { code, status: Number(status) || 0, message: isText(words) ? words : '', retryAt: 0, requestId: '' } : null,
    finish: isText(message.finish) ? message.finish : '',
    usage: checkUsage(message.usage),
    attachments: checkAttachments(message.attachments),
  };
}

function checkUsage(usage) {
  if (!usage) return null;
  const { input_tokens: input, output_tokens: output, cost } = usage;
  return { input_tokens: Number(input), output_tokens: Number(output), cost: Number(cost) || undefined };
}

function checkAttachments(attachments) {
  if (!Array.isArray(attachments)) return undefined;
  return attachments.map(({ type, name, url, text }) => {
    const image = type === 'image' && isText(url) && url.startsWith('data:image/');
    if (!isText(name) || !(image || (type === 'text' && isText(text)))) throw new SyntaxError('attachment');
    return image ? { type, name, url } : { type, name, text };
  });
}

function isText(value) {
  return typeof value === 'string';
}

/** Gives a text to the person as a file. */
export function save(name, type, content) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
