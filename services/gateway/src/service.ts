import { basename, dirname, resolve } from 'node:path';
import { createHopSigner, loadHopKey } from '@fairlead/server-kit/identity';
import {
  createHostGuard,
  createLifecycle,
  createLogger,
  createMetrics,
  createRedactor,
  createTracing,
  loadConfig,
  onSignals,
  readPackageVersion,
  Secret,
  ServiceError,
  startOpsServer,
  systemClock,
  type Clock,
  type ConfigValues,
  type Environment,
  type HealthCheck,
  type Logger,
  type OwnedLifecycle,
} from '@fairlead/server-kit/runtime';
import { loadAdminApp } from './admin/load-admin-app.ts';
import { createArgsDigest } from './audit/args-digest.ts';
import { AuditLog } from './audit/audit-log.ts';
import { Catalog } from './catalog/catalog.ts';
import { LastKnownLists } from './catalog/last-known-lists.ts';
import { openCatalogStore } from './catalog/open-catalog-store.ts';
import { config as settings } from './config.ts';
import type { DoorDeps } from './deps.ts';
import type { HeldCall } from './forward/held-call.ts';
import { HeldCalls } from './forward/held-calls.ts';
import { LiveSessions } from './forward/live-sessions.ts';
import { OpenStreams } from './forward/open-streams.ts';
import { UpstreamSessions } from './forward/upstream-sessions.ts';
import type { ConfiguredIdentity } from './identity/configure-identity.ts';
import { createSeals } from './identity/create-seals.ts';
import { createCredentials } from './identity/create-credentials.ts';
import { HopTokens } from './identity/hop-tokens.ts';
import { isStillKnown } from './identity/is-still-granted.ts';
import { liveAuthenticator } from './identity/live-authenticator.ts';
import { loadGatewayConfig, parseGatewayConfig } from './load-gateway-config.ts';
import { configHealth } from './reload/config-health.ts';
import { ConfigInForce } from './reload/config-in-force.ts';
import { ConfigReloader } from './reload/config-reloader.ts';
import { recordReload } from './reload/record-reload.ts';
import { createFrontDoor } from './serve/front-door.ts';
import { createGatewayMetrics } from './serve/gateway-metrics.ts';
import { registerGauges } from './serve/gauges.ts';
import { createOtherRoutes } from './serve/other-routes.ts';
import { DoorLimits } from './wire/door-limits.ts';
import { startFailure } from './start-failure.ts';
import { startHttpServer } from './wire/http-server.ts';

/** Values of the gateway's settings. */
export type GatewaySettings = ConfigValues<typeof settings>;

/** What a start needs. */
export interface GatewayOptions {
  readonly settings: GatewaySettings;
  /** Where the config's `from: { env }` look. */
  readonly environment: Environment;
  readonly log: Logger;
  readonly lifecycle: OwnedLifecycle;
  readonly clock?: Clock;
}

/** A gateway that listens. */
export interface RunningGateway {
  readonly url: string;
  readonly opsUrl: string;
  /** Looks at the config file now; what came of it is in the log and in `/readyz`. Never rejects. */
  reload(): Promise<void>;
  /** Drains and stops everything. */
  stop(): Promise<void>;
}

const PORTS = { mcp: 8_080, ops: 9_080 } as const;
const USE_ERROR = 1;
/** Time that the parts get to stop after the calls have had theirs. */
const STOP_EXTRA_MS = 2_000;

/**
 * Runs the gateway as this process. A wrong setting, key or config ends it with exit code 1 and one line per mistake.
 */
export async function runGateway(): Promise<void> {
  try {
    const values = loadConfig(settings, process.env);
    const secrets = Object.values(values).filter((value) => value instanceof Secret);
    const log = createLogger({ name: 'gateway', level: values.LOG_LEVEL, redactor: createRedactor({ secrets }) });
    const lifecycle = createLifecycle({ log, clock: systemClock });
    onSignals((reason, deadlineMs = drainMs(values)) => lifecycle.stop(reason, deadlineMs));
    let running: RunningGateway | undefined;
    // From the first moment on: without a listener the signal would end the process.
    process.on('SIGHUP', () => void running?.reload());
    running = await startOrStop({ settings: values, environment: process.env, log, lifecycle });
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exitCode = USE_ERROR;
    process.disconnect?.();
  }
}

/**
 * Starts the gateway: ops port first, so that probes see the start; then the public port, so that our own services find
 * the hop keys; then the first discovery of all servers.
 *
 * @throws ServiceError that names what to mend; what was started by then is registered with the lifecycle.
 */
export async function startGateway({
  settings: values,
  environment,
  log,
  lifecycle,
  clock = systemClock,
}: GatewayOptions): Promise<RunningGateway> {
  const configFile = resolve(values.CONFIG_FILE);
  const folder = dirname(configFile);
  const sources = { environment, folder };
  const { text, config: file } = loadGatewayConfig(configFile, sources);
  const version = readPackageVersion(new URL('../', import.meta.url));
  const serverInfo = { name: 'fairlead', title: 'Fairlead gateway', version };
  const metrics = createMetrics({ name: 'gateway' });
  const hostGuard = createHostGuard({
    allowedHosts: values.ALLOWED_HOSTS,
    allowedOrigins: values.ALLOWED_ORIGINS,
    boundHost: values.HOST,
  });
  const health: HealthCheck[] = [];
  const started = new AbortController();
  const { draining } = lifecycle;
  const ops = await startOpsServer({
    host: values.HOST,
    port: values.OPS_PORT ?? PORTS.ops,
    startedSignal: started.signal,
    health,
    metrics,
    hostGuard,
    draining,
    log,
    clock,
  });
  lifecycle.onStop('ops server', () => ops.close());
  const tracing = await createTracing({
    serviceName: 'fairlead-gateway',
    endpoint: values.OTEL_EXPORTER_OTLP_ENDPOINT,
    log,
  });
  lifecycle.onStop('tracing', () => tracing.shutdown());
  const audit = await AuditLog.open({ file: resolve(folder, file.audit.file), clock, log });
  lifecycle.onStop('audit log', () => audit.close());
  const streams = new OpenStreams(clock);
  lifecycle.onStop('streams', () => streams.stop());
  const pepper = values.KEY_PEPPER;
  const inForce = new ConfigInForce(
    file,
    {
      identity: { ...(pepper === undefined ? {} : { pepper }), folder, fetch, clock, log, metrics },
      sources,
      clock,
    },
    (identity) => endStreamsOfRevokedKeys(identity, streams),
  );
  lifecycle.onStop('identity', () => inForce.close());
  const authenticator = liveAuthenticator(() => inForce.current.identity.authenticator);
  const signer = createHopSigner({
    privateKey: loadHopKey(values.HOP_KEY.reveal()),
    issuer: values.GATEWAY_ISSUER,
    clock,
  });
  const credentials = createCredentials(new HopTokens(signer, clock));
  credentials.adopt(file.servers, inForce.current.credentials);
  const lists = new LastKnownLists({
    store: openCatalogStore({ url: values.DATABASE_URL, log, lifecycle, clock }),
    clock,
    log,
  });
  lifecycle.onStop('catalog store', () => lists.close());
  const catalog = new Catalog({
    servers: file.servers,
    ownCredential: credentials.own,
    clientInfo: serverInfo,
    lists,
    clock,
    random: Math.random,
    log,
  });
  lifecycle.onStop('catalog', () => catalog.close());
  const upstreamSessions = new UpstreamSessions(clock, serverInfo);
  lifecycle.onStop('upstream sessions', () => upstreamSessions.close());
  const heldCalls = new HeldCalls<HeldCall>(clock);
  lifecycle.onStop('held calls', () => heldCalls.close());
  const gatewayMetrics = createGatewayMetrics(metrics);
  const reloader = await ConfigReloader.start(
    {
      file: configFile,
      folder,
      parse: (changed) => parseGatewayConfig(changed, configFile, sources),
      apply(config) {
        const servers = inForce.apply(config, { catalog, credentials, streams });
        observe();
        return { servers };
      },
      onReport(report) {
        gatewayMetrics.configReload(report.outcome);
        recordReload(audit, report);
      },
      clock,
      log,
    },
    text,
    file,
  );
  lifecycle.onStop('config watch', () => reloader.close());
  function observe(): void {
    health.splice(0, health.length, audit.health, lists.health, configHealth(reloader, inForce), ...catalog.health);
  }
  observe();
  registerGauges(metrics, { catalog, audit, streams, now: () => clock.now() });
  const doorLimits = new DoorLimits(clock);
  const deps: DoorDeps = {
    snapshot: () => catalog.snapshot,
    backend: (server) => catalog.backend(server),
    credential: credentials.forCaller,
    authenticator,
    ...createSeals(Buffer.from(values.MASTER_KEY.reveal()), clock),
    liveSessions: new LiveSessions(),
    upstreamSessions,
    nextCallId: createCounter(),
    heldCalls,
    limits: {
      take: (call) => inForce.current.limits.take(call),
      takeStream: (call) => inForce.current.limits.takeStream(call),
    },
    audit,
    argsDigest: createArgsDigest(Buffer.from(values.AUDIT_KEY.reveal())),
    metrics: gatewayMetrics,
    relay: { clock, random: Math.random, streams, log },
    bodyBytesMax: values.BODY_BYTES_MAX,
    tracing,
    serverInfo,
    hostGuard,
    doorLimits,
    draining,
    clock,
    log,
  };
  const admin = loadAdminApp({
    authenticator,
    snapshot: deps.snapshot,
    keys: () => inForce.current.identity.keys,
    roles: () => new Set(Object.keys(inForce.current.config.roles)),
    config: {
      show: () => ({
        ...inForce.current,
        file: basename(configFile),
        digest: reloader.digest,
        failure: reloader.failure,
      }),
      reload: () => reloader.reload('admin'),
    },
    audit,
    version,
    clock,
    log,
  });
  // Before the first caller: the first list after a restart is whole, whatever state the servers are in (04 G-21).
  await catalog.restore();
  const http = await startHttpServer({
    host: values.HOST,
    port: values.PORT ?? PORTS.mcp,
    handler: createFrontDoor(deps, createOtherRoutes({ jwks: signer.jwks(), admin })),
    doorLimits,
  });
  lifecycle.onStop('http server', () => http.drain(values.DRAIN_SECONDS * 1_000, () => streams.endEndless()));
  log.info({ port: http.port, ops: ops.port, servers: Object.keys(file.servers) }, 'gateway.listening');
  await catalog.discoverAll();
  started.abort();
  log.info({ epoch: catalog.snapshot.epoch }, 'gateway.started');
  return {
    url: origin(values.HOST, http.port),
    opsUrl: origin(values.HOST, ops.port),
    reload: async () => void (await reloader.reload('SIGHUP').catch((error: unknown) => noteReloadBug(log, error))),
    stop: () => lifecycle.stop('stop', drainMs(values)),
  };
}

function createCounter(): () => number {
  let last = 0;
  return () => (last += 1);
}

/** A revoked key loses its open streams at once, not only its next call (03 A7). */
function endStreamsOfRevokedKeys(identity: ConfiguredIdentity, streams: OpenStreams): void {
  identity.keys?.onChange(() => streams.endOf((owner) => owner.via === 'key' && !isStillKnown(identity, owner)));
}

/** A file that is not valid is told of by the reloader; anything else is a bug of ours. */
function noteReloadBug(log: Logger, error: unknown): void {
  if (!ServiceError.is(error)) log.error({ err: error }, 'config.reload_failed');
}

async function startOrStop(options: GatewayOptions): Promise<RunningGateway> {
  try {
    return await startGateway(options);
  } catch (error) {
    await options.lifecycle.stop('start failed', STOP_EXTRA_MS);
    throw error;
  }
}

function drainMs({ DRAIN_SECONDS }: GatewaySettings): number {
  return DRAIN_SECONDS * 1_000 + STOP_EXTRA_MS;
}

function origin(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
