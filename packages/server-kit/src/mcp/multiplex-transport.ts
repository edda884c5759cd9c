import type {
  JSONRPCMessage,
  JSONRPCNotification,
  JSONRPCRequest,
  JSONRPCResponse,
  Transport,
  TransportSendOptions,
} from '@modelcontextprotocol/server';
import type { Cancellation } from '../call/cancellation.ts';
import { isRecord, type JsonRpcParams, type JsonRpcRequest, type JsonRpcResponse } from './json-rpc.ts';
import type { RequestBinding } from './sdk-server.ts';

/** Takes the notifications of one request on their way to its client. */
export type MessageSink = (method: string, params: JsonRpcParams) => void;

interface OpenRequest {
  readonly binding: RequestBinding;
  readonly sink: MessageSink;
  readonly resolve: (response: JsonRpcResponse) => void;
  readonly ignoreCancel: () => void;
}

/**
 * Lets many clients share one SDK server object. Each request gets a process-wide id on its way in, under which its
 * caller and its stream are kept; on its way out it gets the client's own id back (03 P-01 to P-03).
 */
export class MultiplexTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: NonNullable<Transport['onmessage']>;
  readonly #open = new Map<number, OpenRequest>();
  #lastId = 0;

  /** How many requests wait for their answer. */
  get openCount(): number {
    return this.#open.size;
  }

  async start(): Promise<void> {
    // Nothing to open: messages arrive through `call`.
  }

  /**
   * Gives one request to the SDK's object.
   *
   * @returns the answer under the client's own id. When the request is cancelled, the SDK's handler is cancelled and the answer
   * is a JSON-RPC error, since a cancelled request gets none from the SDK.
   */
  call(
    message: JsonRpcRequest,
    caller: { binding: RequestBinding; sink: MessageSink; cancellation: Cancellation },
  ): Promise<JsonRpcResponse> {
    const id = (this.#lastId += 1);
    const { promise, resolve } = Promise.withResolvers<JsonRpcResponse>();
    const { binding, sink } = caller;
    const withClientId = (response: JsonRpcResponse): void => resolve({ ...response, id: message.id });
    this.#open.set(id, {
      binding,
      sink,
      resolve: withClientId,
      ignoreCancel: caller.cancellation.onCancel(() => this.#cancel(id)),
    });
    this.#deliver({ ...message, id });
    return promise;
  }

  /** The caller of a request that a handler works on, by the process-wide id. */
  bindingOf(id: string | number): RequestBinding {
    const open = typeof id === 'number' ? this.#open.get(id) : undefined;
    if (open === undefined) throw new Error('a handler asked for the caller of a request that has ended');
    return open.binding;
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if ('result' in message || 'error' in message) this.#settle(message);
    else this.#sendToClient(message, options?.relatedRequestId);
  }

  async close(): Promise<void> {
    for (const id of this.#open.keys()) this.#cancel(id);
    this.onclose?.();
  }

  #deliver(message: object): void {
    // The one narrowing of this module: the message was checked at the door, with the SDK's own classifier behind it.
    this.onmessage?.(message as JSONRPCMessage);
  }

  #sendToClient(message: JSONRPCRequest | JSONRPCNotification, relatedId: string | number | undefined): void {
    if ('id' in message) throw new Error('this client cannot be asked anything: it has no session');
    const open = typeof relatedId === 'number' ? this.#open.get(relatedId) : undefined;
    open?.sink(message.method, isRecord(message.params) ? message.params : {});
  }

  #settle(message: JSONRPCResponse): void {
    if (typeof message.id !== 'number') return;
    const open = this.#take(message.id);
    if (open === undefined) return;
    const body = 'result' in message ? { result: message.result } : { error: message.error };
    open.resolve({ jsonrpc: '2.0', id: message.id, ...body });
  }

  #cancel(id: number): void {
    const open = this.#take(id);
    if (open === undefined) return;
    this.#deliver({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: id, reason: 'the client went away or cancelled' },
    });
    open.resolve({ jsonrpc: '2.0', id, error: { code: -32_603, message: 'The request was cancelled.' } });
  }

  #take(id: number): OpenRequest | undefined {
    const open = this.#open.get(id);
    if (open === undefined) return undefined;
    this.#open.delete(id);
    open.ignoreCancel();
    return open;
  }
}
