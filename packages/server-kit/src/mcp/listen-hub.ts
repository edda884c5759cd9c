import type { ServerResponse } from 'node:http';
import type { Principal } from '@fairlead/contracts';
import type { ServerCapabilities } from '@modelcontextprotocol/server';
import { rpcCode } from '../call/rpc-error.ts';
import { principalKey } from '../identity/principal-key.ts';
import type { Clock } from '../runtime/clock.ts';
import { sseHeaders } from './http-answer.ts';
import type { Implementation } from './implementation.ts';
import { isRecord, type JsonRpcErrorBody, type JsonRpcParams, type JsonRpcRequest } from './json-rpc.ts';
import { envelopeKeys } from './protocol.ts';

const PER_PRINCIPAL_MAX = 8;
const LISTENS_MAX = 16_384;
const KEEP_ALIVE_MS = 15_000;

const URIS_MAX = 100;

/** URIs that a listen asks to hear about: at most 100, the rest is not honoured. */
export function wantedUris(message: JsonRpcRequest): readonly string[] {
  const wanted = message.params?.['notifications'];
  const uris = isRecord(wanted) ? wanted['resourceSubscriptions'] : undefined;
  return Array.isArray(uris) ? uris.slice(0, URIS_MAX).filter((uri) => typeof uri === 'string') : [];
}

/** What a client asked to hear, cut to what this server can tell. */
interface Subset {
  readonly toolsListChanged?: true;
  readonly promptsListChanged?: true;
  readonly resourcesListChanged?: true;
  readonly resourceSubscriptions?: readonly string[];
}

/** Something changed. */
export type ChangeEvent =
  | { readonly kind: 'tools' | 'prompts' | 'resources' }
  | { readonly kind: 'resource'; readonly uri: string };

interface Listen {
  readonly id: string | number;
  readonly owner: string;
  readonly subset: Subset;
  readonly response: ServerResponse;
  cancelKeepAlive: () => void;
}

/** Open `subscriptions/listen` streams of the modern era (03 §1, S1, S2, S4). */
export class ListenHub {
  readonly #open = new Set<Listen>();
  readonly #clock: Clock;
  readonly #serverInfo: Implementation;
  readonly #capabilities: ServerCapabilities;
  readonly #onOpenCount: (count: number) => void;

  constructor(options: {
    clock: Clock;
    serverInfo: Implementation;
    capabilities: ServerCapabilities;
    onOpenCount: (count: number) => void;
  }) {
    this.#clock = options.clock;
    this.#serverInfo = options.serverInfo;
    this.#capabilities = options.capabilities;
    this.#onOpenCount = options.onOpenCount;
  }

  /**
   * Opens a stream: acknowledges the subset that is honoured, then sends changes until the client goes away.
   *
   * @returns an error instead, when the request is malformed or a limit is reached.
   */
  open(
    message: JsonRpcRequest,
    caller: { principal: Principal; readableUris: readonly string[] },
    response: ServerResponse,
  ): JsonRpcErrorBody | undefined {
    const wanted = message.params?.['notifications'];
    if (!isRecord(wanted))
      return {
        code: rpcCode.invalidParams,
        message: "Invalid params: 'notifications' is required and must be an object",
      };
    const owner = principalKey(caller.principal);
    if (this.#open.size >= LISTENS_MAX || this.#countOf(owner) >= PER_PRINCIPAL_MAX)
      return { code: rpcCode.internalError, message: 'Subscription limit reached' };
    const subset = this.#honoured(wanted, caller.readableUris);
    const listen: Listen = { id: message.id, owner, subset, response, cancelKeepAlive: () => undefined };
    response.writeHead(200, sseHeaders);
    write(listen, 'notifications/subscriptions/acknowledged', { notifications: subset });
    if (Object.keys(subset).length === 0) {
      this.#end(listen);
      return undefined;
    }
    this.#add(listen);
    return undefined;
  }

  /** Tells every stream that asked for it. */
  publish(event: ChangeEvent): void {
    for (const listen of this.#open) {
      if (!accepts(listen.subset, event)) continue;
      if (event.kind === 'resource') write(listen, 'notifications/resources/updated', { uri: event.uri });
      else write(listen, `notifications/${event.kind}/list_changed`, {});
    }
  }

  /** Ends every stream with its result (03 P-20). */
  closeAll(): void {
    for (const listen of this.#open) this.#end(listen);
  }

  #add(listen: Listen): void {
    this.#open.add(listen);
    this.#onOpenCount(this.#open.size);
    this.#keepAlive(listen);
    listen.response.once('close', () => {
      listen.cancelKeepAlive();
      if (this.#open.delete(listen)) this.#onOpenCount(this.#open.size);
    });
  }

  #end(listen: Listen): void {
    const meta = { [envelopeKeys.subscriptionId]: listen.id, [envelopeKeys.serverInfo]: this.#serverInfo };
    listen.response.end(
      `event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id: listen.id, result: { resultType: 'complete', _meta: meta } })}\n\n`,
    );
  }

  #keepAlive(listen: Listen): void {
    listen.cancelKeepAlive = this.#clock.schedule(KEEP_ALIVE_MS, () => {
      listen.response.write(': keep-alive\n\n');
      this.#keepAlive(listen);
    });
  }

  #countOf(owner: string): number {
    let count = 0;
    for (const listen of this.#open) if (listen.owner === owner) count += 1;
    return count;
  }

  #honoured(wanted: Readonly<Record<string, unknown>>, readableUris: readonly string[]): Subset {
    const { tools, prompts, resources } = this.#capabilities;
    const uris = resources?.subscribe === true ? readableUris : [];
    return {
      ...(wanted['toolsListChanged'] === true && tools?.listChanged === true && { toolsListChanged: true as const }),
      ...(wanted['promptsListChanged'] === true &&
        prompts?.listChanged === true && { promptsListChanged: true as const }),
      ...(wanted['resourcesListChanged'] === true &&
        resources?.listChanged === true && { resourcesListChanged: true as const }),
      ...(uris.length > 0 && { resourceSubscriptions: uris }),
    };
  }
}

function accepts(subset: Subset, event: ChangeEvent): boolean {
  if (event.kind === 'resource') return subset.resourceSubscriptions?.includes(event.uri) === true;
  return subset[`${event.kind}ListChanged`] === true;
}

function write(listen: Listen, method: string, params: JsonRpcParams): void {
  const stamped = { ...params, _meta: { [envelopeKeys.subscriptionId]: listen.id } };
  listen.response.write(`event: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', method, params: stamped })}\n\n`);
}
