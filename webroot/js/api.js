/** How long the gateway may take to say how it is, in milliseconds. */
const HEALTH_TIMEOUT = 5_000;

/** The longest wait that is believed, in seconds: a day. */
const LONGEST_WAIT = 86_400;

/**
 * Everything that can go wrong between the page and an answer. `code` is the gateway's, or one of
 * ours: `unreachable`, `interrupted` (the stream ended without its last event), `unexpected` (what
 * came is not what the gateway sends).
 */
export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {{message?: string, status?: number, retryAt?: number, requestId?: string, cause?: unknown}} [facts]
   */
  constructor(code, { message = '', status = 0, retryAt = 0, requestId = '', cause } = {}) {
    super(message, { cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.retryAt = retryAt;
    this.requestId = requestId;
  }
}

/**
 * @returns {Promise<Record<string, unknown>>} providers by name, each with its models
 * @throws {ApiError} with status 401 if the gateway wants a key; then it is not asked, since a browser logs each refusal
 */
export async function getModels() {
  const { stranger } = await health().catch(() => ({ stranger: false }));
  if (stranger) throw new ApiError('invalid_api_key', { status: 401 });
  const response = await request('api/models', {});
  return response.json().catch(rethrowAs('unexpected'));
}

/** Lets the browser keep a key where no script can read it. @param {string} key @throws {ApiError} if it is not good */
export async function signIn(key) {
  await request('api/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key }),
  });
}

export async function signOut() {
  await request('api/session', { method: 'DELETE' });
}

/** @returns {Promise<boolean>} whether all is well; a rejection means that no gateway answered */
export async function getHealth() {
  return (await health()).well;
}

/** Strangers are told the status alone. */
async function health() {
  const signal = AbortSignal.timeout(HEALTH_TIMEOUT);
  // An ailing gateway may say so with a 503: it has answered all the same.
  const response = await fetch('api/health', { signal, cache: 'no-store' });
  const { status, services } = await response.json();
  if (typeof status !== 'string') throw new ApiError('unexpected');
  return { well: status === 'healthy', stranger: services === undefined };
}

/**
 * Asks, and yields the gateway's events up to and including the last, `done`. An `error` event, a
 * refusal and a stream that breaks off are thrown as {@link ApiError}.
 *
 * @param {object} body `{message, provider?, model?, history}`
 * @param {AbortSignal} signal aborting it makes the gateway cancel the model's work
 */
export async function* streamChat(body, signal) {
  const response = await request('api/chat/stream', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    throw new ApiError('unexpected', { status: response.status });
  }
  for await (const event of events(response)) {
    if (event.type === 'error') throw refusal(event, event.error);
    yield event;
    if (event.type === 'done') return;
  }
  throw new ApiError('interrupted');
}

async function* events(response) {
  const { SseParser } = await import('./sse.js').catch(rethrowAs('unreachable'));
  const parser = new SseParser();
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(rethrowAs('interrupted'));
    if (done) return;
    for (const { data } of parser.push(decoder.decode(value, { stream: true }))) yield parse(data);
  }
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw new ApiError('unexpected', { cause });
  }
}

async function request(path, options) {
  const response = await fetch(path, options).catch(rethrowAs('unreachable'));
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  throw refusal(body, body.message, response);
}

/**
 * @param {{code?: string, request_id?: string}} body
 * @param {string | undefined} message
 * @param {Response} [response]
 */
function refusal({ code, request_id: requestId }, message, response) {
  const retryAt = retryTime(response?.headers.get('Retry-After'));
  return new ApiError(code ?? 'unexpected', { message, status: response?.status, retryAt, requestId });
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); 0 if there is none. */
function retryTime(header) {
  if (!header) return 0;
  const now = Date.now();
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return seconds > 0 ? now + 1000 * Math.min(seconds, LONGEST_WAIT) : 0;
}

function rethrowAs(code) {
  return (cause) => {
    throw new ApiError(code, { cause });
  };
}
