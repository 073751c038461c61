/**
 * Reads server-sent events from text that may be cut anywhere (WHATWG HTML, section 9.2.6).
 * Lines end with LF, CR or CRLF; comments are skipped; an event that the input ends in is dropped.
 */
export class SseParser {
  #line = '';
  #endsInCr = false;
  #data = [];
  #type = '';
  #id = '';

  /**
   * @param {string} text the next piece of the stream
   * @returns {{type: string, id: string, data: string}[]} the events it completes
   */
  push(text) {
    if (text === '') return [];
    const start = this.#endsInCr && text.startsWith('\n') ? 1 : 0;
    this.#endsInCr = text.endsWith('\r');
    const lines = (this.#line + text.slice(start)).split(/\r\n|\r|\n/);
    this.#line = lines.pop() ?? '';
    return lines.flatMap((line) => (line === '' ? this.#dispatch() : this.#field(line)));
  }

  #dispatch() {
    const event = { type: this.#type || 'message', id: this.#id, data: this.#data.join('\n') };
    const empty = this.#data.length === 0;
    this.#data = [];
    this.#type = '';
    return empty ? [] : [event];
  }

  #field(line) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#type = value;
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    return [];
  }
}
