import type { JsonRpcId } from '../wire/json-rpc.ts';
import type { JsonObject } from '../wire/json-value.ts';

/** Most sessions of which something is kept; beyond it the longest unused one without open work is forgotten. */
const LIVE_MAX = 20_000;

/** What runs in one session on this replica: calls, questions to its client, and the log level that it set. */
export class LiveSession {
  /** Least level of log notices that the client wants; undefined: none. */
  logLevel: string | undefined;
  readonly #running = new Map<string, () => void>();
  readonly #asked = new Map<string, (answer: JsonObject) => void>();

  /** Whether nothing would be lost without this object but the log level. */
  get isQuiet(): boolean {
    return this.#running.size === 0 && this.#asked.size === 0;
  }

  /** A call began that the client may cancel by its id. The returned function says that it has ended. */
  begin(id: JsonRpcId, cancel: () => void): () => void {
    const key = keyOf(id);
    this.#running.set(key, cancel);
    return () => {
      if (this.#running.get(key) === cancel) this.#running.delete(key);
    };
  }

  /** The client gave a call up. One that has ended, or that runs elsewhere, is none of ours. */
  cancel(id: unknown): void {
    this.#running.get(keyOf(id))?.();
  }

  /** A question went to the client; `take` gets its answer. The returned function says that nobody waits any more. */
  ask(id: string, take: (answer: JsonObject) => void): () => void {
    this.#asked.set(keyOf(id), take);
    return () => void this.#asked.delete(keyOf(id));
  }

  /** The client answered something. Returns whether it had been asked here. */
  answer(message: JsonObject): boolean {
    const key = keyOf(message['id']);
    const take = this.#asked.get(key);
    this.#asked.delete(key);
    take?.(message);
    return take !== undefined;
  }

  /** Ends all calls. */
  close(): void {
    for (const cancel of this.#running.values()) cancel();
  }
}

/** The sessions of which this replica has something to keep. The sessions themselves lie sealed in their ids. */
export class LiveSessions {
  readonly #sessions = new Map<string, LiveSession>();

  /** What is kept of a session; new when nothing was. */
  of(id: string): LiveSession {
    const known = this.#sessions.get(id) ?? new LiveSession();
    // The order of the map is the order of the last uses.
    this.#sessions.delete(id);
    this.#sessions.set(id, known);
    if (this.#sessions.size > LIVE_MAX) this.#forgetOne();
    return known;
  }

  end(id: string): void {
    this.#sessions.get(id)?.close();
    this.#sessions.delete(id);
  }

  #forgetOne(): void {
    for (const [id, session] of this.#sessions) {
      if (session.isQuiet) return void this.#sessions.delete(id);
    }
  }
}

/** Ids are kept apart by type: 1 is not "1". */
function keyOf(id: unknown): string {
  return JSON.stringify(id) ?? '';
}
