import { StringDecoder } from 'node:string_decoder';
import type { SseEvent } from './sse-event.ts';

/** Most UTF-16 units that one event may have (03 C10). */
const SSE_EVENT_UNITS_MAX = 4 * 1024 * 1024;

/** What the parser reports. */
export interface SseListener {
  onEvent(event: SseEvent): void;
  /** A comment line: a keep-alive of the server. */
  onComment(): void;
}

type Fields = { -readonly [Name in keyof SseEvent]: SseEvent[Name] };

/**
 * Reads a stream of server-sent events from chunks that may be split anywhere, also inside a character or between CR
 * and LF. An event without its closing blank line is not an event.
 */
export class SseParser {
  readonly #decoder = new StringDecoder('utf8');
  readonly #listener: SseListener;
  /** Start of a line whose end has not come yet. */
  #rest = '';
  #endedInReturn = false;
  #fields: Fields = {};
  #units = 0;

  constructor(listener: SseListener) {
    this.#listener = listener;
  }

  /** @throws RangeError when one event is larger than `SSE_EVENT_UNITS_MAX`. */
  push(chunk: Buffer): void {
    const text = this.#withLineFeeds(this.#decoder.write(chunk));
    let start = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', start)) {
      this.#line(this.#rest + text.slice(start, at));
      this.#rest = '';
      start = at + 1;
    }
    this.#rest += text.slice(start);
    if (this.#units + this.#rest.length > SSE_EVENT_UNITS_MAX) throw new RangeError('a server-sent event is too large');
  }

  /** Turns CR and CRLF into LF; a CR at the end of a chunk takes the LF that the next one may begin with. */
  #withLineFeeds(decoded: string): string {
    const text = this.#endedInReturn && decoded.startsWith('\n') ? decoded.slice(1) : decoded;
    if (decoded !== '') this.#endedInReturn = text.endsWith('\r');
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch();
    this.#units += line.length;
    const colon = line.indexOf(':');
    if (colon === 0) return this.#listener.onComment();
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    this.#field(name, value);
  }

  #field(name: string, value: string): void {
    const fields = this.#fields;
    if (name === 'data') fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
    else if (name === 'id' && !value.includes('\0')) fields.id = value;
    else if (name === 'event') fields.event = value;
    else if (name === 'retry' && /^[0-9]{1,9}$/.test(value)) fields.retry = Number(value);
  }

  #dispatch(): void {
    const fields = this.#fields;
    this.#fields = {};
    this.#units = 0;
    if (Object.keys(fields).length > 0) this.#listener.onEvent(fields);
  }
}
