import type { JsonRpcId } from './json-rpc.ts';

/** Something that can be cancelled. */
export interface Cancellable {
  cancel(): void;
}

/**
 * Open requests by caller and client id, so that `notifications/cancelled` of a legacy client finds its call (03 P-07).
 * Without a session two connections of one caller may use the same id at once; then each call with that id is kept, and
 * a cancel that could mean several means none.
 */
export class OpenCalls {
  readonly #calls = new Map<string, Cancellable[]>();

  add(key: string, call: Cancellable): void {
    const known = this.#calls.get(key);
    if (known === undefined) this.#calls.set(key, [call]);
    else known.push(call);
  }

  remove(key: string, call: Cancellable): void {
    const rest = this.#calls.get(key)?.filter((other) => other !== call) ?? [];
    if (rest.length === 0) this.#calls.delete(key);
    else this.#calls.set(key, rest);
  }

  /** Cancels the one call under this key. */
  cancel(key: string): boolean {
    const [call, ...others] = this.#calls.get(key) ?? [];
    if (call === undefined || others.length > 0) return false;
    call.cancel();
    return true;
  }
}

/** Key of an open call: who, in which session, and the id with its type. */
export function openCallKey(owner: string, sessionId: string | undefined, id: JsonRpcId): string {
  return `${owner} ${sessionId ?? ''} ${typeof id} ${id}`;
}
