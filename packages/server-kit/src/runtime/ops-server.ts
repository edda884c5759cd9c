import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { problemMediaType } from '@fairlead/contracts';
import { systemClock, type Clock } from './clock.ts';
import { NotFound, PermissionDenied } from './errors/errors.ts';
import { ServiceError } from './errors/service-error.ts';
import { toProblem } from './errors/to-problem.ts';
import type { HealthCheck } from './health.ts';
import { createHealthMonitor, type HealthMonitor } from './health-monitor.ts';
import { isLoopback, type HostGuard } from './host-guard.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import { nodeHttp } from './node-http.ts';
import { newTraceId } from './tracing/trace-id.ts';

/** What the ops server shows, and where it listens. */
export interface OpsServerOptions {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Parts that `/readyz` asks; read anew each time, so parts may be added while the process starts. */
  readonly health: readonly HealthCheck[];
  readonly metrics: Metrics;
  /** Aborted when the process begins to drain; `/readyz` is 503 from then on. */
  readonly draining: AbortSignal;
  /** Aborted when the start is complete; `/startupz` and `/readyz` are 503 until then. */
  readonly startedSignal: AbortSignal;
  /** Applied on loopback only: probes of a cluster come with the pod's address (03 P-10). */
  readonly hostGuard: HostGuard;
  readonly log: Logger;
  readonly clock?: Clock;
}

/** A listening ops server. */
export interface OpsServer {
  readonly port: number;
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Page = () => Answer | Promise<Answer>;

const allowedMethods = 'GET, HEAD';

/**
 * Starts the port that operators and probes use: `/livez`, `/readyz`, `/startupz` and `/metrics` (01 §4). Nothing on it
 * needs a credential and nothing on it changes anything.
 *
 * @throws Error of Node (`EADDRINUSE`) when the port is taken.
 */
export async function startOpsServer(options: OpsServerOptions): Promise<OpsServer> {
  const { host, port, health, log, clock = systemClock } = options;
  const pages = createPages(options, createHealthMonitor({ checks: health, clock, log }));
  const guard = isLoopback(host) ? options.hostGuard : undefined;
  const server = nodeHttp.createServer(
    { requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      void respond({ request, response, pages, guard, log });
    },
  );
  await listen(server, { host, port });
  return { port: boundPort(server), close: () => closeServer(server) };
}

function createPages(options: OpsServerOptions, monitor: HealthMonitor): ReadonlyMap<string, Page> {
  return new Map<string, Page>([
    ['/livez', () => json(200, { status: 'alive' })],
    [
      '/startupz',
      () => (options.startedSignal.aborted ? json(200, { status: 'started' }) : json(503, { status: 'starting' })),
    ],
    ['/readyz', () => readiness(options, monitor)],
    ['/metrics', () => metricsPage(options.metrics)],
  ]);
}

async function readiness({ draining, startedSignal }: OpsServerOptions, monitor: HealthMonitor): Promise<Answer> {
  if (draining.aborted) return json(503, { status: 'draining' });
  if (!startedSignal.aborted) return json(503, { status: 'starting' });
  const { status, failing, degraded } = await monitor.report();
  if (status === 'unavailable') return json(503, { status, failing, degraded });
  return json(200, { status, degraded });
}

async function metricsPage({ registry }: Metrics): Promise<Answer> {
  return { status: 200, contentType: registry.contentType, body: await registry.metrics() };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pages: ReadonlyMap<string, Page>;
  readonly guard: HostGuard | undefined;
  readonly log: Logger;
}

async function respond(exchange: Exchange): Promise<void> {
  const { status, contentType, body, headers } = await answer(exchange);
  exchange.response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  exchange.response.end(body);
}

async function answer({ request, pages, guard, log }: Exchange): Promise<Answer> {
  const traceId = newTraceId();
  try {
    refuseForeignHost(request, guard);
    const page = pages.get(pathOf(request));
    if (page === undefined)
      throw new NotFound('NOT_FOUND', { publicMessage: `Here are ${[...pages.keys()].join(', ')}.` });
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(traceId);
    return await page();
  } catch (error) {
    if (!ServiceError.is(error)) log.error({ err: error, traceId }, 'page.failed');
    return problemAnswer(error, traceId);
  }
}

function refuseForeignHost(request: IncomingMessage, guard: HostGuard | undefined): void {
  const verdict = guard?.(request.headersDistinct) ?? 'ok';
  if (verdict === 'host')
    throw new PermissionDenied('WIRE_HOST_DENIED', { publicMessage: 'The Host header is not on ALLOWED_HOSTS.' });
  if (verdict === 'origin')
    throw new PermissionDenied('WIRE_ORIGIN_DENIED', { publicMessage: 'The Origin header is not on ALLOWED_ORIGINS.' });
}

function refuseMethod(traceId: string): Answer {
  const error = new ServiceError({ status: 405, retryable: false }, 'WIRE_METHOD', {
    publicMessage: `Use ${allowedMethods}.`,
  });
  return { ...problemAnswer(error, traceId), headers: { allow: allowedMethods } };
}

function problemAnswer(error: unknown, traceId: string): Answer {
  const problem = toProblem(error, traceId);
  return { status: problem.status, contentType: problemMediaType, body: JSON.stringify(problem) };
}

function json(status: number, value: unknown): Answer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

async function listen(server: Server, address: { readonly host: string; readonly port: number }): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(address);
  await listening;
}

function boundPort(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The ops server has no TCP address.');
  return address.port;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
