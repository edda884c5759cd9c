import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '@fairlead/contracts';
import { RequestCancellation } from '../call/cancellation.ts';
import type { RequestScope } from '../call/request-scope.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Span, Tracing } from '../runtime/tracing/span.ts';
import { resolveTrace } from '../runtime/tracing/resolve-trace.ts';
import type { ToolResult } from '../tools/tool-result.ts';
import type { CompiledTool } from '../tools/compiled-tool.ts';
import type { EndpointMetrics } from './endpoint-metrics.ts';
import { HttpAnswer } from './http-answer.ts';
import {
  errorResponse,
  isRecord,
  type JsonRpcErrorBody,
  type JsonRpcParams,
  type JsonRpcRequest,
  type JsonRpcResponse,
} from './json-rpc.ts';
import type { Implementation } from './implementation.ts';
import { envelopeKeys, LEGACY_VERSIONS, MODERN_VERSION, type Era } from './protocol.ts';

/** What every exchange of an endpoint shares. */
export interface ExchangeOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly tracing: Tracing;
  readonly metrics: EndpointMetrics;
  readonly serverInfo: Implementation;
  /** Methods that this server knows; others count as `_unknown` in metrics. */
  readonly knownMethods: ReadonlySet<string>;
}

/** One JSON-RPC request on its way through the endpoint: who, which era, where the answer goes. */
export class Exchange implements RequestScope {
  readonly principal: Principal;
  readonly message: JsonRpcRequest;
  readonly era: Era;
  readonly traceId: string;
  /** The tool that is called, when it is one of ours that the caller may use. */
  readonly tool: CompiledTool | undefined;
  readonly cancellation = new RequestCancellation();
  readonly #answer: HttpAnswer;
  readonly #options: ExchangeOptions;
  readonly #startedMs: number;
  readonly #span: Span;
  #log: Logger | undefined;
  #onDone: (() => void) | undefined;

  constructor(
    options: ExchangeOptions,
    wire: { request: IncomingMessage; response: ServerResponse },
    call: { principal: Principal; message: JsonRpcRequest; era: Era; tool: CompiledTool | undefined },
  ) {
    this.#options = options;
    this.principal = call.principal;
    this.message = call.message;
    this.era = call.era;
    this.#startedMs = options.clock.monotonicMs();
    this.tool = call.tool;
    this.#span = startSpan(options.tracing, wire.request, call);
    this.traceId = this.#span.traceId;
    this.#answer = new HttpAnswer(wire.response, {
      clock: options.clock,
      acceptsStream: acceptsStream(wire.request.headers.accept),
      onOverflow: () => this.cancellation.cancel(),
    });
    wire.response.once('close', () => this.#onClose(wire.response));
  }

  get log(): Logger {
    return (this.#log ??= this.#options.log.child({ traceId: this.traceId }));
  }

  get progressToken(): string | number | undefined {
    const meta = this.message.params?.['_meta'];
    const token = isRecord(meta) ? meta['progressToken'] : undefined;
    return typeof token === 'string' || typeof token === 'number' ? token : undefined;
  }

  /** Runs `action` once when the exchange is over, however it ended. */
  onDone(action: () => void): void {
    const before = this.#onDone;
    this.#onDone = () => {
      before?.();
      action();
    };
  }

  notify(method: string, params: JsonRpcParams): void {
    this.#answer.notify(method, params);
  }

  /** Answers with a tool's result. In the modern era it gets its type and the server's identity (03 P-15). */
  succeed(result: ToolResult, errorType = ''): void {
    const text = this.era === 'modern' ? modernText(result, this.#options.serverInfo) : JSON.stringify(result);
    this.#finish(200, `{"jsonrpc":"2.0","id":${JSON.stringify(this.message.id)},"result":${text}}`, errorType);
  }

  /** Answers with a result that is JSON text already. */
  succeedWithText(result: string): void {
    this.#finish(200, `{"jsonrpc":"2.0","id":${JSON.stringify(this.message.id)},"result":${result}}`, '');
  }

  /** Answers with a JSON-RPC error. */
  fail(status: number, error: JsonRpcErrorBody): void {
    this.#finish(status, JSON.stringify(errorResponse(this.message.id, error)), String(error.code));
  }

  /** Answers with what the SDK's object gave. */
  relay(response: JsonRpcResponse): void {
    if ('error' in response) this.fail(statusOf(response.error.code, this.era), response.error);
    else this.#finish(200, JSON.stringify(response), '');
  }

  /** Ends bookkeeping for an answer that was written elsewhere. */
  handOver(): void {
    this.#answer.abandon();
    this.#settle('');
  }

  #finish(status: number, body: string, errorType: string): void {
    this.#answer.finish(status, body);
    this.#settle(errorType);
  }

  /** A modern client cancels by closing. A legacy client that closes may come back for the answer (03 P-07). */
  #onClose(response: ServerResponse): void {
    if (response.writableFinished) return;
    this.#answer.abandon();
    if (this.era === 'modern') this.cancellation.cancel();
  }

  #settle(errorType: string): void {
    const seconds = (this.#options.clock.monotonicMs() - this.#startedMs) / 1_000;
    const { method } = this.message;
    const version = this.era === 'modern' ? MODERN_VERSION : (LEGACY_VERSIONS[0] ?? '');
    const label = this.#options.knownMethods.has(method) ? method : '_unknown';
    this.#options.metrics.record({ method: label, tool: this.tool?.name ?? '', errorType, version }, seconds);
    if (errorType !== '') this.#span.fail(errorType);
    this.#span.end();
    this.#onDone?.();
    this.#onDone = undefined;
  }
}

/** A result is never empty, so the modern members can be put behind its last one without building a second object. */
function modernText(result: ToolResult, serverInfo: Implementation): string {
  const { content, structuredContent, isError, _meta: meta } = result;
  const shownMeta = JSON.stringify({ ...meta, [envelopeKeys.serverInfo]: serverInfo });
  return `${JSON.stringify({ content, structuredContent, isError }).slice(0, -1)},"resultType":"complete","_meta":${shownMeta}}`;
}

function startSpan(
  tracing: Tracing,
  request: IncomingMessage,
  call: { message: JsonRpcRequest; era: Era; tool: CompiledTool | undefined },
): Span {
  const { message, era, tool } = call;
  const meta = message.params?.['_meta'];
  const trace = resolveTrace({
    header: { traceparent: request.headers['traceparent'], tracestate: request.headers['tracestate'] },
    ...(isRecord(meta) && { meta }),
  });
  return tracing.startSpan(tool === undefined ? message.method : `${message.method} ${tool.name}`, {
    kind: 'server',
    parent: trace.parent,
    link: trace.link,
    attributes: {
      'mcp.method.name': message.method,
      'mcp.protocol.version': era === 'modern' ? MODERN_VERSION : (LEGACY_VERSIONS[0] ?? ''),
      'jsonrpc.request.id': String(message.id).slice(0, 64),
      ...(tool !== undefined && { 'gen_ai.tool.name': tool.name, 'gen_ai.operation.name': 'execute_tool' }),
    },
  });
}

/** Whether a client takes event streams. */
export function acceptsStream(accept: string | undefined): boolean {
  return accept === undefined ? false : accept.includes('text/event-stream') || accept.includes('*/*');
}

/** Statuses of SDK errors that stand for a refused request, not for a failed handler (03 §4). */
function statusOf(code: number, era: Era): number {
  if (era === 'legacy') return 200;
  if (code === -32_601) return 404;
  return code === -32_021 || code === -32_020 || code === -32_022 ? 400 : 200;
}
