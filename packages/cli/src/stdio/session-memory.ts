import { replaceValues } from '../raw-json/replace-values.ts';
import type { StdioMessage } from './stdio-message.ts';

type Request = Extract<StdioMessage, { kind: 'request' }>;

/** What a client told its session, so that a session that was lost can be told it again. */
export class SessionMemory {
  #level: string | undefined;
  readonly #subscriptions = new Map<unknown, string>();

  /** Remembers a request that changes what the server keeps for the client. */
  note({ method, params, text }: Request): void {
    if (method === 'logging/setLevel') this.#level = text;
    if (method === 'resources/subscribe') this.#subscriptions.set(params['uri'], text);
    if (method === 'resources/unsubscribe') this.#subscriptions.delete(params['uri']);
  }

  /** The requests that bring a new session to where the old one was. Their ids are none of the client's. */
  restoring(): readonly string[] {
    const texts = [...(this.#level === undefined ? [] : [this.#level]), ...this.#subscriptions.values()];
    return texts.map((text, index) => replaceValues(text, [{ path: ['id'], json: `"fairlead-restore-${index}"` }]));
  }
}
