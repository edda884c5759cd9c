import type { Server } from 'node:http';
import type { ToolExecutor } from '../call/tool-executor.ts';
import type { Authenticator } from '../identity/authenticator.ts';
import { createLimiter, type Limiter } from '../resilience/limiter.ts';
import type { Clock } from '../runtime/clock.ts';
import { Unavailable } from '../runtime/errors/errors.ts';
import type { HostGuard } from '../runtime/host-guard.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { nodeHttp } from '../runtime/node-http.ts';
import type { Tracing } from '../runtime/tracing/span.ts';
import { Dispatcher } from './dispatcher.ts';
import { Endpoint } from './endpoint.ts';
import { EndpointMetrics } from './endpoint-metrics.ts';
import { ListenHub, type ChangeEvent } from './listen-hub.ts';
import { SessionRoute } from './session-route.ts';
import { SessionStore } from './session-store.ts';
import { startModernLeg, startStatelessLeg } from './shared-leg.ts';
import type { Surface } from './surface.ts';

/** What an MCP server over HTTP is built from. */
export interface McpServerOptions {
  readonly serviceName: string;
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly hasSessions: boolean;
  readonly bodyBytesMax: number;
  readonly callConcurrency: number;
  readonly callRate: string | undefined;
  readonly drainMs: number;
  readonly draining: AbortSignal;
  readonly surface: Surface;
  readonly executor: ToolExecutor;
  readonly authenticator: Authenticator;
  readonly hostGuard: HostGuard;
  readonly tracing: Tracing;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A listening MCP server. */
export interface HttpMcpServer {
  readonly port: number;
  publish(event: ChangeEvent): void;
  /** Ends subscription streams, lets open calls finish within the drain time, then closes (03 P-20). */
  close(): Promise<void>;
}

const knownMethods: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'resources/subscribe',
  'resources/unsubscribe',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'logging/setLevel',
  'subscriptions/listen',
]);

const DRAIN_POLL_MS = 20;

/** Starts an MCP server over HTTP that serves both eras. */
export async function startMcpServer(options: McpServerOptions): Promise<HttpMcpServer> {
  const { surface, clock, log } = options;
  const endpointMetrics = new EndpointMetrics(options.metrics);
  const leg = { surface, executor: options.executor, clock, log };
  const [modern, stateless] = await Promise.all([startModernLeg(leg), startStatelessLeg(leg)]);
  const listens = new ListenHub({
    clock,
    serverInfo: surface.serverInfo,
    capabilities: surface.capabilities,
    onOpenCount: (count) => endpointMetrics.listens(count),
  });
  const sessions = options.hasSessions ? new SessionStore(leg, (count) => endpointMetrics.sessions(count)) : undefined;
  const dispatcher = new Dispatcher({
    ...leg,
    exchange: {
      clock,
      log,
      tracing: options.tracing,
      metrics: endpointMetrics,
      serverInfo: surface.serverInfo,
      knownMethods,
    },
    limiter: limiterOf(options),
    serviceName: options.serviceName,
    modern,
    stateless,
    listens,
  });
  const endpoint = new Endpoint({
    hostGuard: options.hostGuard,
    authenticator: options.authenticator,
    dispatcher,
    sessions: sessions === undefined ? undefined : new SessionRoute({ sessions, dispatcher, clock, log }),
    bodyBytesMax: options.bodyBytesMax,
    draining: options.draining,
    log,
  });
  const server = nodeHttp.createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      void endpoint.handle(request, response);
    },
  );
  const port = await listen(server, options);
  return {
    port,
    publish(event) {
      if (event.kind !== 'resource') surface.views.clear();
      listens.publish(event);
      sessions?.publish(event);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      listens.closeAll();
      await untilIdle(dispatcher, clock, options.drainMs);
      dispatcher.abortAll();
      await sessions?.closeAll();
      await Promise.all([modern.close(), stateless.close()]);
      server.closeIdleConnections();
      clock.schedule(DRAIN_POLL_MS, () => server.closeAllConnections());
      await closed;
    },
  };
}

/** A limit has a rate by its form; without one set, the rate is one that no process reaches. */
function limiterOf({ callConcurrency, callRate, clock }: McpServerOptions): Limiter {
  return createLimiter({
    clock,
    rules: [{ match: {}, rate: callRate ?? '1000000/s', per: 'principal', concurrency: callConcurrency }],
  });
}

function untilIdle(dispatcher: Dispatcher, clock: Clock, drainMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const endMs = clock.monotonicMs() + drainMs;
  const look = (): void => {
    if (dispatcher.openCount === 0 || clock.monotonicMs() >= endMs) resolve();
    else clock.schedule(DRAIN_POLL_MS, look);
  };
  look();
  return promise;
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? portTaken(port) : error));
  server.listen(port, host, () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : port);
  });
  return promise;
}

function portTaken(port: number): Unavailable {
  return new Unavailable('CONFIG_INVALID', {
    publicMessage: `Port ${port} is in use.`,
    fix: 'Stop the other program, or set PORT to another one (0 takes a free port).',
    retryable: false,
  });
}
