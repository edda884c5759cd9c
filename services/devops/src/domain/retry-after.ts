/** The headers of a refusal that may say when to come back. */
export interface RetryHeaders {
  /** `Retry-After`: seconds or an HTTP date (RFC 9110 §10.2.3). */
  readonly retryAfter?: string | undefined;
  /** `X-RateLimit-Reset`: seconds since 1970, counted only when nothing remains. */
  readonly rateLimitReset?: string | undefined;
}

/** Seconds to wait before the next try, rounded up; `undefined` when the headers do not say. */
export function retryAfterSeconds(headers: RetryHeaders, now: Date): number | undefined {
  return fromRetryAfter(headers.retryAfter, now) ?? fromReset(headers.rateLimitReset, now);
}

function fromRetryAfter(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : secondsUntil(date, now);
}

function fromReset(value: string | undefined, now: Date): number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? secondsUntil(Number(value) * 1_000, now) : undefined;
}

function secondsUntil(timeMs: number, now: Date): number {
  return Math.max(0, Math.ceil((timeMs - now.getTime()) / 1_000));
}
