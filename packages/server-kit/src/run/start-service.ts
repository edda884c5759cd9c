import { randomBytes } from 'node:crypto';
import { IdempotencyStore } from '../call/idempotency-store.ts';
import { SpentStates } from '../call/spent-states.ts';
import { ToolExecutor } from '../call/tool-executor.ts';
import type { ServiceDefinition } from '../define/service.ts';
import { startMcpServer } from '../mcp/mcp-server.ts';
import type { RawSurface } from '../mcp/raw-surface.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import type { ConfigDefinition, ConfigValues } from '../runtime/config.ts';
import type { HealthCheck } from '../runtime/health.ts';
import { createHostGuard } from '../runtime/host-guard.ts';
import type { OwnedLifecycle } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { startOpsServer } from '../runtime/ops-server.ts';
import { createSealer } from '../runtime/sealer.ts';
import type { platformSettings } from '../runtime/settings/platform-settings.ts';
import { createTracing } from '../runtime/tracing/create-tracing.ts';
import { ChangeRelay } from './change-relay.ts';
import { loadSurface } from './load-surface.ts';
import { createServiceAuthenticator, identityHealth } from './service-authenticator.ts';

/** What a start needs beside the definition. */
export interface StartOptions<Settings extends ConfigDefinition> {
  readonly config: ConfigValues<typeof platformSettings> & ConfigValues<Settings>;
  readonly log: Logger;
  readonly lifecycle: OwnedLifecycle;
  readonly clock?: Clock;
  readonly raw?: RawSurface | undefined;
}

/** A service that listens. */
export interface RunningService {
  readonly mcpUrl: string;
  readonly opsUrl: string;
  /** Drains and stops everything. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a service over HTTP: ops port first, so that probes see the start; then its parts, then the MCP endpoint.
 *
 * @throws the error of the part that could not start; what was started before it is stopped by the lifecycle.
 */
export async function startService<Deps, Settings extends ConfigDefinition>(
  service: ServiceDefinition<Deps, Settings>,
  options: StartOptions<Settings>,
): Promise<RunningService> {
  const { config, log, lifecycle, raw, clock = systemClock } = options;
  const metrics = createMetrics({ name: service.name });
  const hostGuard = createHostGuard({
    allowedHosts: config.ALLOWED_HOSTS,
    allowedOrigins: config.ALLOWED_ORIGINS,
    boundHost: config.HOST,
  });
  const health: HealthCheck[] = [identityHealth(config), sealHealth(config.SEAL_KEY !== undefined)];
  const started = new AbortController();
  const ops = await startOpsServer({
    host: config.HOST,
    port: config.OPS_PORT ?? service.ports.ops,
    health,
    metrics,
    draining: lifecycle.draining,
    startedSignal: started.signal,
    hostGuard,
    log,
    clock,
  });
  lifecycle.onStop('ops server', () => ops.close());
  const tracing = await createTracing({
    serviceName: `fairlead-${service.name}`,
    endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    log,
  });
  lifecycle.onStop('tracing', () => tracing.shutdown());
  const changes = new ChangeRelay();
  const { deps, health: parts = [] } = await service.setup({ config, log, metrics, clock, lifecycle, changes });
  health.push(...parts);
  const surface = await loadSurface(service, { deps, settings: config, raw });
  const sealer = createSealer({ masterKey: sealKeyBytes(config), purpose: 'cursor', clock });
  const executor = new ToolExecutor({
    clock,
    log,
    sealer,
    spent: new SpentStates(clock),
    idempotency: new IdempotencyStore({ clock, serviceName: service.name }),
    textMode: config.FAIRLEAD_TEXT,
  });
  const authenticator = await createServiceAuthenticator({
    serviceName: service.name,
    config,
    clock,
    log,
    metrics,
    lifecycle,
  });
  const mcp = await startMcpServer({
    serviceName: service.name,
    host: config.HOST,
    port: config.PORT ?? service.ports.mcp,
    hasSessions: config.MCP_SESSIONS === 'on',
    bodyBytesMax: config.BODY_BYTES_MAX,
    callConcurrency: config.CALL_CONCURRENCY,
    callRate: config.CALL_RATE,
    drainMs: config.DRAIN_SECONDS * 1_000,
    draining: lifecycle.draining,
    surface,
    executor,
    authenticator,
    hostGuard,
    tracing,
    metrics,
    clock,
    log,
  });
  lifecycle.onStop('mcp server', () => mcp.close());
  changes.attach(mcp);
  started.abort();
  const address = (port: number): string =>
    `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
  log.info({ mcp: mcp.port, ops: ops.port }, 'service.started');
  return {
    mcpUrl: `${address(mcp.port)}/mcp`,
    opsUrl: address(ops.port),
    stop: () => lifecycle.stop('stop', config.DRAIN_SECONDS * 1_000 + 2_000),
  };
}

function sealKeyBytes(config: ConfigValues<typeof platformSettings>): Uint8Array {
  return config.SEAL_KEY === undefined ? randomBytes(32) : Buffer.from(config.SEAL_KEY.reveal());
}

function sealHealth(isSet: boolean): HealthCheck {
  return {
    part: 'seal-key',
    required: false,
    effect: 'cursors of this process are unknown to other replicas and after a restart',
    check: async () => (isSet ? { status: 'up' } : { status: 'down', reason: 'SEAL_KEY_FILE is not set' }),
  };
}
