import type { Clock } from '@fairlead/server-kit/runtime';
import { objectField, type JsonObject } from '../wire/json-value.ts';
import { MODERN_VERSION, protocolMeta } from '../wire/protocol.ts';
import type { ServerListing } from './server-listing.ts';

/** First and longest wait before a stream that ended is opened again (03 S3). */
const RECONNECT_MS_MIN = 500;
const RECONNECT_MS_MAX = 30_000;

/** A stream of change notices of one server, as the listener needs it. */
export interface OpenChanges {
  (
    request: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
    listener: { onNotice(method: string): void; onEnd(): void },
  ): {
    close(): void;
  };
}

/** What a change listener is made of. */
export interface ChangeListenerOptions {
  readonly open: OpenChanges;
  readonly clientInfo: JsonObject;
  readonly clock: Clock;
  readonly random: () => number;
  /** A list of the server changed, or a change may have been missed. */
  readonly onChange: () => void;
}

/**
 * Keeps one `subscriptions/listen` open to a modern server that announces list changes, so that the catalog follows at
 * once. Without it the catalog is as old as its refresh.
 */
export class ChangeListener {
  readonly #options: ChangeListenerOptions;
  #stream: { close(): void } | undefined;
  #failures = 0;
  #cancelReconnect: () => void = () => {};
  #notifications: JsonObject = {};
  #stopped = false;

  constructor(options: ChangeListenerOptions) {
    this.#options = options;
  }

  /** Begins to listen once a discovery has shown that there is something to hear. */
  follow({ era, capabilities }: ServerListing): void {
    if (era !== 'modern' || this.#stream !== undefined || this.#stopped) return;
    this.#notifications = announced(capabilities);
    if (Object.keys(this.#notifications).length > 0) this.#open();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelReconnect();
    this.#stream?.close();
  }

  #open(): void {
    this.#stream = this.#options.open(listenRequest(this.#notifications, this.#options.clientInfo), {
      onNotice: (method) => this.#onNotice(method),
      onEnd: () => this.#onEnd(),
    });
  }

  #onNotice(method: string): void {
    if (method === 'notifications/subscriptions/acknowledged') {
      // What changed while there was no stream was not announced.
      if (this.#failures > 0) this.#options.onChange();
      this.#failures = 0;
    } else if (method.endsWith('/list_changed')) this.#options.onChange();
  }

  #onEnd(): void {
    this.#failures += 1;
    const fullMs = Math.min(RECONNECT_MS_MAX, RECONNECT_MS_MIN * 2 ** (this.#failures - 1));
    this.#cancelReconnect = this.#options.clock.schedule(fullMs * (0.5 + this.#options.random() / 2), () => {
      if (!this.#stopped) this.#open();
    });
  }
}

/** The notices that a server says it sends. */
function announced(capabilities: JsonObject): JsonObject {
  const flags = [
    ['tools', 'toolsListChanged'],
    ['prompts', 'promptsListChanged'],
    ['resources', 'resourcesListChanged'],
  ] as const;
  return Object.fromEntries(
    flags.filter(([area]) => objectField(capabilities, area)?.['listChanged'] === true).map(([, flag]) => [flag, true]),
  );
}

function listenRequest(
  notifications: JsonObject,
  clientInfo: JsonObject,
): { headers: Record<string, string>; body: string } {
  const method = 'subscriptions/listen';
  const meta = {
    [protocolMeta.version]: MODERN_VERSION,
    [protocolMeta.clientCapabilities]: {},
    [protocolMeta.clientInfo]: clientInfo,
  };
  return {
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': MODERN_VERSION,
      'mcp-method': method,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { _meta: meta, notifications } }),
  };
}
