import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Server } from 'node:http';
import { rpcCode, type DoorRefusal } from '@fairlead/server-kit/mcp';
import {
  createHostGuard,
  createMetrics,
  nodeHttp,
  startOpsServer,
  type Clock,
  type HealthCheck,
  type HostGuard,
  type Lifecycle,
  type Logger,
  type Metrics,
  type OwnedLifecycle,
} from '@fairlead/server-kit/runtime';
import { BridgeDoor } from './bridge-door.ts';
import { createBridgeMetrics } from './bridge-metrics.ts';
import type { BridgeOptions } from './bridge-options.ts';
import { createChildReports } from './child-reports.ts';
import { sendRefusal } from './send-refusal.ts';
import { SessionTable } from './session-table.ts';
import { SharedServers } from './shared-servers.ts';
import { StdioChild } from './stdio-child.ts';

/** What a bridge is started with, beside its options. */
export interface BridgeParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly lifecycle: OwnedLifecycle;
  readonly version: string;
}

/** Where a bridge listens. */
export interface RunningBridge {
  readonly mcpUrl: string;
  readonly opsUrl: string | undefined;
}

/** How long open calls may go on once the bridge is told to stop. */
const drainMs = 4_000;
const drainPollMs = 20;
const lastAnswersMs = 100;

/**
 * Takes its ports first, then starts the shared server, so that a command that cannot serve is told at once.
 *
 * @throws Error when the server cannot be started or does not speak MCP; Error of Node (`EADDRINUSE`) for a taken port.
 */
export async function startBridge(options: BridgeOptions, parts: BridgeParts): Promise<RunningBridge> {
  const { clock, log, lifecycle, version } = parts;
  const hostGuard = createHostGuard({ ...options, boundHost: options.host });
  const allMetrics = createMetrics({ name: 'bridge' });
  const metrics = createBridgeMetrics(allMetrics);
  const ops = await startOps({ options, parts, hostGuard, metrics: allMetrics });
  const door = await openDoor(options, lifecycle);

  const reports = createChildReports(log, clock, metrics);
  const startChild = (): Promise<StdioChild> => StdioChild.start(options.child);
  const shared = await SharedServers.start({ startChild, clientVersion: version, clock, reports, log, metrics });
  const sessions = new SessionTable({ ...options, startChild, clock, log, metrics, reports });
  lifecycle.onStop('servers', async () => {
    await Promise.all([shared.close(), sessions.close()]);
  });
  lifecycle.onStop('open calls', async () => {
    sessions.endListening();
    await shared.endListening();
    await untilIdle(async () => sessions.openCount + (await shared.openCount()) === 0, clock);
  });

  const { bearerGuard } = options;
  door.serve(new BridgeDoor({ hostGuard, bearerGuard, sessions, shared, draining: lifecycle.draining, log }));
  ops?.ready(healthChecks(shared, sessions));
  return { mcpUrl: door.url, opsUrl: ops?.url };
}

interface OpsParts {
  readonly options: BridgeOptions;
  readonly parts: BridgeParts;
  readonly hostGuard: HostGuard;
  readonly metrics: Metrics;
}

interface Ops {
  readonly url: string;
  /** The start is complete; from now on these are asked. */
  ready(checks: readonly HealthCheck[]): void;
}

async function startOps({ options, parts, hostGuard, metrics }: OpsParts): Promise<Ops | undefined> {
  const { host, opsPort } = options;
  if (opsPort === undefined) return undefined;
  const { clock, log, lifecycle } = parts;
  const health: HealthCheck[] = [];
  const started = new AbortController();
  const { draining } = lifecycle;
  const listening = { host, port: opsPort, hostGuard };
  const ops = await startOpsServer({
    ...listening,
    health,
    metrics,
    draining,
    startedSignal: started.signal,
    log,
    clock,
  });
  lifecycle.onStop('ops server', () => ops.close());
  return {
    url: address(host, ops.port, ''),
    ready(checks) {
      health.push(...checks);
      started.abort();
    },
  };
}

interface Door {
  readonly url: string;
  /** Lets requests in; until then they are told to come again. */
  serve(door: BridgeDoor): void;
}

async function openDoor(options: BridgeOptions, lifecycle: Lifecycle): Promise<Door> {
  let current: BridgeDoor | undefined;
  const server = nodeHttp.createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      if (current === undefined) sendRefusal(response, starting);
      else void current.handle({ request, response });
    },
  );
  const port = await listen(server, options);
  lifecycle.onStop('connections', () => closeConnections(server));
  return { url: address(options.host, port, '/mcp'), serve: (door) => (current = door) };
}

const starting: DoorRefusal = {
  status: 503,
  code: rpcCode.draining,
  message: 'The bridge is starting. Try again.',
  headers: { 'retry-after': '1' },
};

function healthChecks(shared: SharedServers, sessions: SessionTable): readonly HealthCheck[] {
  return [
    {
      part: 'server',
      required: true,
      effect: 'requests without a session are refused, and new sessions may fail',
      check: () => shared.health(),
    },
    {
      part: 'sessions',
      required: false,
      effect: 'no new session can be opened',
      check: async () =>
        sessions.isFull ? { status: 'down', reason: 'as many sessions as allowed are open' } : { status: 'up' },
    },
  ];
}

async function listen(server: Server, { host, port }: BridgeOptions): Promise<number> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening;
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}

async function closeConnections(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Answers that were given a moment ago still leave; what is open after that is a stream that nobody ends.
  await delay(lastAnswersMs);
  server.closeAllConnections();
  await closed;
}

async function untilIdle(isIdle: () => Promise<boolean>, clock: Clock): Promise<void> {
  const endMs = clock.monotonicMs() + drainMs;
  while (clock.monotonicMs() < endMs && !(await isIdle())) {
    await new Promise<void>((resolve) => clock.schedule(drainPollMs, resolve));
  }
}

function address(host: string, port: number, path: string): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
}
