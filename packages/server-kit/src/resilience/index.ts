/**
 * Public names of `@fairlead/server-kit/resilience`: limits, breakers, retries and time limits. No MCP SDK, no zod.
 * Adding a line here is adding API.
 */
export { createBreaker, type Breaker, type BreakerFailure, type BreakerOptions, type BreakerState } from './breaker.ts';
export { delay, type DelayOptions } from './delay.ts';
export type { LimitedCall } from './limit-rule.ts';
export { createLimiter, type LimitDecision, type Limiter, type LimiterOptions } from './limiter.ts';
export {
  createOutsideCaller,
  type OutsideCaller,
  type OutsideCallerOptions,
  type OutsideCallOptions,
} from './outside-caller.ts';
export { parseDuration } from './parse-duration.ts';
export { parseRate, type Rate } from './parse-rate.ts';
export { isTransient, retry, type RetryOptions } from './retry.ts';
export { TokenBucket, type BucketRule } from './token-bucket.ts';
export { withTimeout, type WithTimeoutOptions } from './with-timeout.ts';
