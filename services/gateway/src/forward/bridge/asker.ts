import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../wire/json-value.ts';
import type { LiveSession } from '../live-sessions.ts';
import { canBeAsked } from './askable.ts';

/** Puts the questions of one call to the client of its session. */
export class Asker {
  readonly #live: LiveSession;
  readonly #capabilities: JsonObject;
  readonly #open = new Set<() => void>();

  constructor(live: LiveSession, capabilities: JsonObject) {
    this.#live = live;
    this.#capabilities = capabilities;
  }

  /** Whether the client said that it can be asked this. */
  canAsk(method: unknown): boolean {
    return canBeAsked(this.#capabilities, method);
  }

  /** The question as the client gets it, under an id of ours; `take` gets the client's answer. */
  question({ method, params }: JsonObject, take: (answer: JsonObject) => void): JsonObject {
    const id = randomUUID();
    const forget = this.#live.ask(id, (answer) => {
      this.#open.delete(forget);
      take(answer);
    });
    this.#open.add(forget);
    return { jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) };
  }

  /** The call has ended: an answer that comes late is nobody's. */
  close(): void {
    for (const forget of this.#open) forget();
  }
}
