import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '@fairlead/contracts';
import { RpcError, rpcCode } from '../call/rpc-error.ts';
import { RateLimited } from '../runtime/errors/errors.ts';
import { principalKey } from '../identity/principal-key.ts';
import type { Limiter } from '../resilience/limiter.ts';
import type { CompiledTool } from '../tools/compiled-tool.ts';
import { errorResult } from '../tools/error-result.ts';
import { Exchange, type ExchangeOptions } from './exchange.ts';
import { answerInitialize } from './initialize.ts';
import type { JsonRpcNotification, JsonRpcRequest } from './json-rpc.ts';
import { wantedUris, type ListenHub } from './listen-hub.ts';
import { listBytes, type ListBytes } from './list-bytes.ts';
import { OpenCalls, openCallKey } from './open-calls.ts';
import { checkParamHeaders } from './param-headers.ts';
import { MODERN_VERSION, type Era } from './protocol.ts';
import type { LegOptions, SharedLeg } from './shared-leg.ts';

/** What a dispatcher is built from. */
export interface DispatcherOptions extends LegOptions {
  readonly exchange: ExchangeOptions;
  readonly limiter: Limiter;
  readonly serviceName: string;
  readonly modern: SharedLeg;
  readonly stateless: SharedLeg;
  readonly listens: ListenHub;
}

/** One request as it arrived, with its caller. */
export interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly principal: Principal;
}

/**
 * Sends each request where it is served: tool calls and the lists that are ready as bytes past the SDK's object, change
 * subscriptions to the hub, everything else to the SDK's object of the era (03 §2.1).
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #openCalls = new OpenCalls();
  readonly #discover: ListBytes;
  readonly #running = new Set<Exchange>();

  constructor(options: DispatcherOptions) {
    this.#options = options;
    const { capabilities, instructions, serverInfo } = options.surface;
    const { logging: _, ...advertised } = capabilities;
    this.#discover = listBytes(
      { supportedVersions: [MODERN_VERSION], capabilities: advertised, instructions },
      { serverInfo, isFiltered: false },
    );
  }

  /** How many requests wait for their answer. */
  get openCount(): number {
    return this.#running.size;
  }

  /** Cancels every request that still runs: the drain is over. */
  abortAll(): void {
    for (const exchange of this.#running) exchange.cancellation.cancel();
  }

  async modern(arrival: Arrival, message: JsonRpcRequest): Promise<void> {
    const exchange = this.#begin(arrival, { message, era: 'modern' });
    switch (message.method) {
      case 'tools/call':
        return this.#callTool(exchange, arrival, undefined);
      case 'tools/list':
        return this.#listTools(exchange);
      case 'server/discover':
        return exchange.succeedWithText(this.#discover.modern);
      case 'subscriptions/listen':
        return this.#listen(exchange, arrival);
      default:
        return this.#viaSdk(exchange, this.#options.modern);
    }
  }

  async stateless(arrival: Arrival, message: JsonRpcRequest): Promise<void> {
    const exchange = this.#begin(arrival, { message, era: 'legacy' });
    switch (message.method) {
      case 'tools/call':
        return this.#callTool(exchange, arrival, undefined);
      case 'tools/list':
        return this.#listTools(exchange);
      case 'initialize':
        return exchange.relay(answerInitialize(message, this.#options.surface));
      default:
        return this.#viaSdk(exchange, this.#options.stateless);
    }
  }

  /** Whether a request of a session can be served without the session's own SDK object: a tool of ours that never asks. */
  isOwnTool(principal: Principal, message: JsonRpcRequest): boolean {
    return message.method === 'tools/call' && this.#toolOf(principal, message)?.asks === false;
  }

  /** Serves a tool call of a session. */
  async sessionCall(arrival: Arrival, message: JsonRpcRequest, sessionId: string): Promise<void> {
    return this.#callTool(this.#begin(arrival, { message, era: 'legacy' }), arrival, sessionId);
  }

  /** Takes a notification of a legacy client; the only one with an effect here is `cancelled`. */
  notified(principal: Principal, message: JsonRpcNotification, sessionId: string | undefined): void {
    if (message.method !== 'notifications/cancelled') return;
    const id = message.params?.['requestId'];
    if (typeof id === 'string' || typeof id === 'number')
      this.#openCalls.cancel(openCallKey(principalKey(principal), sessionId, id));
  }

  #begin(arrival: Arrival, call: { message: JsonRpcRequest; era: Era }): Exchange {
    const { principal } = arrival;
    const tool = call.message.method === 'tools/call' ? this.#toolOf(principal, call.message) : undefined;
    const exchange = new Exchange(this.#options.exchange, arrival, { principal, tool, ...call });
    this.#running.add(exchange);
    exchange.onDone(() => this.#running.delete(exchange));
    return exchange;
  }

  #toolOf(principal: Principal, message: JsonRpcRequest): CompiledTool | undefined {
    const name = message.params?.['name'];
    return typeof name === 'string' ? this.#options.surface.views.of(principal).tool(name) : undefined;
  }

  async #callTool(exchange: Exchange, arrival: Arrival, sessionId: string | undefined): Promise<void> {
    const { message, principal, tool } = exchange;
    if (tool === undefined) return this.#callRawTool(exchange, arrival);
    const limit = this.#options.limiter.take({ principal, server: this.#options.serviceName, tool: tool.name });
    if (!limit.allowed) return exchange.succeed(errorResult(tooMany(limit)), 'tool_error');
    exchange.onDone(() => limit.release());
    if (tool.asks)
      return this.#viaSdk(exchange, exchange.era === 'modern' ? this.#options.modern : this.#options.stateless);
    if (exchange.era === 'legacy') this.#trackForCancel(exchange, sessionId);
    try {
      const result = await this.#options.executor.execute(tool, message.params?.['arguments'], exchange);
      exchange.succeed(result, result.isError === true ? 'tool_error' : '');
    } catch (error) {
      this.#failWith(exchange, error);
    }
  }

  /** A tool that only the SDK's object knows, or none at all: unknown and hidden get the same answer. */
  async #callRawTool(exchange: Exchange, arrival: Arrival): Promise<void> {
    const { message, era } = exchange;
    const name = message.params?.['name'];
    if (typeof name !== 'string')
      return exchange.fail(200, { code: rpcCode.invalidParams, message: 'Invalid params: tools/call needs a name' });
    const raw = this.#options.surface.raw?.tools().find((tool) => tool.name === name);
    if (raw === undefined) return exchange.fail(200, { code: rpcCode.invalidParams, message: `Unknown tool: ${name}` });
    const mismatch =
      era === 'modern' ? checkParamHeaders(raw, message.params?.['arguments'], arrival.request.headers) : undefined;
    if (mismatch !== undefined) return exchange.fail(400, mismatch);
    return this.#viaSdk(exchange, era === 'modern' ? this.#options.modern : this.#options.stateless);
  }

  #listTools(exchange: Exchange): void {
    if (exchange.message.params?.['cursor'] !== undefined) {
      return exchange.fail(200, {
        code: rpcCode.invalidParams,
        message: 'Invalid cursor. Start again without a cursor.',
      });
    }
    exchange.succeedWithText(this.#options.surface.views.of(exchange.principal).toolList[exchange.era]);
  }

  async #listen(exchange: Exchange, arrival: Arrival): Promise<void> {
    const readableUris = await this.#readable(exchange, wantedUris(exchange.message));
    const caller = { principal: exchange.principal, readableUris };
    const refusal = this.#options.listens.open(exchange.message, caller, arrival.response);
    if (refusal === undefined) exchange.handOver();
    else exchange.fail(200, refusal);
  }

  async #readable(exchange: Exchange, uris: readonly string[]): Promise<readonly string[]> {
    const { surface, executor } = this.#options;
    const { may } = surface.views.of(exchange.principal);
    const signalSource = new AbortController();
    const checks = await Promise.all(
      uris.map(async (uri) => {
        const context = executor.newContext({
          scope: exchange,
          signalSource,
          subject: exchange.message.method,
          input: {},
          uri,
        });
        return surface.resources.isReadable(may, context).catch(() => false);
      }),
    );
    return uris.filter((_uri, index) => checks[index]);
  }

  async #viaSdk(exchange: Exchange, leg: SharedLeg): Promise<void> {
    if (exchange.era === 'legacy') this.#trackForCancel(exchange, undefined);
    const binding = { principal: exchange.principal, traceId: exchange.traceId, log: exchange.log };
    exchange.relay(
      await leg.transport.call(exchange.message, {
        binding,
        cancellation: exchange.cancellation,
        sink: (method, params) => exchange.notify(method, params),
      }),
    );
  }

  #trackForCancel(exchange: Exchange, sessionId: string | undefined): void {
    const key = openCallKey(principalKey(exchange.principal), sessionId, exchange.message.id);
    this.#openCalls.add(key, exchange.cancellation);
    exchange.onDone(() => this.#openCalls.remove(key, exchange.cancellation));
  }

  #failWith(exchange: Exchange, error: unknown): void {
    if (error instanceof RpcError) {
      exchange.fail(200, error);
      return;
    }
    exchange.log.error({ err: error }, 'call.failed');
    exchange.fail(500, {
      code: rpcCode.internalError,
      message: `INTERNAL: the server's log names the cause under the id ${exchange.traceId}.`,
    });
  }
}

function tooMany(limit: { retryAfterMs: number; rule: string; kind: 'rate' | 'concurrency' }): RateLimited {
  const seconds = Math.max(1, Math.ceil(limit.retryAfterMs / 1_000));
  return new RateLimited('LIMIT_RATE', {
    publicMessage: limit.kind === 'rate' ? 'Too many calls in a short time.' : 'Too many of your calls run at once.',
    fix: `Wait ${seconds} s, then call again.`,
    details: { retryAfterMs: limit.retryAfterMs },
  });
}
