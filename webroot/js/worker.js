import { text } from './text.js';

/**
 * Registers the service worker, which serves the page while there is no gateway, and says when there
 * is a new version: it is taken on a click and never forced.
 *
 * @param {(sentence: string, action: string, deed: () => void) => void} notify
 */
export async function register(notify) {
  const policy = globalThis.trustedTypes?.createPolicy('app', {
    createScriptURL: (url) => (url === 'sw.js' ? url : ''),
  });
  try {
    const registration = await navigator.serviceWorker.register(policy?.createScriptURL('sw.js') ?? 'sw.js');
    const tell = () => registration.waiting && navigator.serviceWorker.controller && offer(registration, notify);
    tell();
    registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', tell));
  } catch {
    // Private windows and plain connections have none: the page works without.
  }
}

function offer(registration, notify) {
  notify(text.newVersion, text.reload, () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    registration.waiting?.postMessage('take over');
  });
}
