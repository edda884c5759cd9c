/**
 * Public names of `@fairlead/server-kit/runtime`: what every process needs, without the MCP SDK. Adding a line here is
 * adding API.
 */
export { systemClock, type Clock } from './clock.ts';
export { defineConfig, setting, type ConfigDefinition, type ConfigValues, type Setting } from './config.ts';
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
export type { HealthCheck, HealthState } from './health.ts';
export type { Lifecycle } from './lifecycle.ts';
export type { Logger } from './logger.ts';
export type { Metrics } from './metrics.ts';
