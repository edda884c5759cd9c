/** One event of a session's streams. */
export interface StoredEvent {
  readonly sequence: number;
  readonly stream: string;
  readonly text: string;
}

const eventsMax = 256;
const charactersMax = 4 * 1024 * 1024;

/**
 * The last events of one session, at most 256 and 4 Mi characters, so that a client that lost a stream gets what it
 * missed by `Last-Event-ID` (03 G3). Older ones are gone.
 */
export class EventLog {
  #events: StoredEvent[] = [];
  #characters = 0;
  #lastSequence = 0;

  /** Keeps an event, and answers its number; numbers only rise, over all streams of the session. */
  append(stream: string, text: string): number {
    this.#lastSequence += 1;
    this.#events.push({ sequence: this.#lastSequence, stream, text });
    this.#characters += text.length;
    while (this.#events.length > eventsMax || this.#characters > charactersMax) this.#dropOldest();
    return this.#lastSequence;
  }

  /** The events of a stream behind a number, oldest first. */
  after(stream: string, sequence: number): readonly StoredEvent[] {
    return this.#events.filter((event) => event.stream === stream && event.sequence > sequence);
  }

  #dropOldest(): void {
    this.#characters -= this.#events.shift()?.text.length ?? 0;
  }
}

/** The id of an event, as `Last-Event-ID` sends it back. */
export function toEventId(sequence: number, stream: string): string {
  return `${sequence}_${stream}`;
}

/** Reads an id of {@link toEventId}. */
export function parseEventId(id: string): { readonly sequence: number; readonly stream: string } | undefined {
  const [, sequence, stream] = /^([1-9][0-9]{0,14})_([a-z0-9]{1,32})$/.exec(id) ?? [];
  return sequence === undefined || stream === undefined ? undefined : { sequence: Number(sequence), stream };
}
