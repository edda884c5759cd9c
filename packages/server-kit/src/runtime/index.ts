/**
 * Public names of `@fairlead/server-kit/runtime`: what every process needs, without the MCP SDK. Adding a line here is
 * adding API.
 */
export { systemClock, type Clock } from './clock.ts';

// Settings
export { ConfigError } from './config-error.ts';
export { defineConfig, setting, type ConfigDefinition, type ConfigValues, type Setting } from './config.ts';
export { loadConfig, type Environment, type LoadConfigOptions } from './load-config.ts';
export { readNodeOptions } from './read-node-options.ts';
export { readPackageVersion } from './read-package-version.ts';
export { commaList } from './settings/comma-list.ts';
export { describeConfig, type ConfigRow } from './settings/describe-config.ts';
export { flag } from './settings/flag.ts';
export { platformSettings } from './settings/platform-settings.ts';
export { secretKey } from './settings/secret-key.ts';
export { secretUrl } from './settings/secret-url.ts';
export { secret } from './settings/secret.ts';

// Secrets
export { createRedactor, type Redactor } from './redactor.ts';
export { createSealer, type Sealer, type SealerOptions } from './sealer.ts';
export { Secret } from './secret.ts';

// Errors
export { describeError, type ErrorRecord } from './errors/describe-error.ts';
export { coreErrorCodes } from './errors/error-codes.ts';
export { defineErrorCodes, type ErrorCodeEntry, type ErrorCodeTable } from './errors/error-code-table.ts';
export {
  Conflict,
  Internal,
  InvalidInput,
  NotFound,
  PermissionDenied,
  RateLimited,
  Timeout,
  Unauthenticated,
  Unavailable,
} from './errors/errors.ts';
export { ServiceError, type ServiceErrorOptions } from './errors/service-error.ts';
export { toProblem } from './errors/to-problem.ts';

// Logs, metrics, traces
export { createLogger, type Logger, type LoggerOptions, type LogLevel } from './logger.ts';
export { createMetrics, durationBucketsSeconds, type HistogramOptions, type Metrics } from './metrics.ts';
export { createTracing, type TracingOptions } from './tracing/create-tracing.ts';
export { quietTracing } from './tracing/quiet-tracing.ts';
export { resolveTrace, type ResolvedTrace, type TraceCarrier } from './tracing/resolve-trace.ts';
export type { Span, SpanAttributes, SpanOptions, Tracing } from './tracing/span.ts';
export { newSpanId, newTraceId } from './tracing/trace-id.ts';
export { formatTraceparent, parseTraceparent, type TraceParent } from './tracing/trace-parent.ts';

// Health, start and stop
export { createHealthMonitor, type HealthMonitor, type HealthMonitorOptions } from './health-monitor.ts';
export type { HealthCheck, HealthReport, HealthState, PartDown } from './health.ts';
export {
  createHostGuard,
  isLoopback,
  type GuardedHeaders,
  type HostGuard,
  type HostGuardOptions,
  type HostVerdict,
} from './host-guard.ts';
export { createLifecycle, type Lifecycle, type LifecycleOptions, type OwnedLifecycle } from './lifecycle.ts';
export { onSignals, type SignalSource, type StopProcess } from './on-signals.ts';
export { nodeHttp } from './node-http.ts';
export { startOpsServer, type OpsServer, type OpsServerOptions } from './ops-server.ts';

// Text from outside
export { cleanMarkup } from './untrusted/clean-markup.ts';
export { cleanText } from './untrusted/clean-text.ts';
export type { CleanedText } from './untrusted/cleaned-text.ts';
export { fence } from './untrusted/fence.ts';
